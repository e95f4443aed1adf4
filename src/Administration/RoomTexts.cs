using System.Reflection;
using Lantai.Words;

namespace Lantai.Administration;

/// <summary>The texts of all rooms whose findings can stand in a report that the store keeps.</summary>
/// <remarks>Immutable, safe for concurrent use.</remarks>
internal static class RoomTexts
{
    private static readonly string[] Rooms =
    [
        "Lantai.Characterization", "Lantai.Containers", "Lantai.Evidence", "Lantai.Forms", "Lantai.StoreFormat", "Lantai.InformationPackages", "Lantai.ArchivalStorage",
        "Lantai.DataManagement", "Lantai.RecordsManagement", "Lantai.Inspection", "Lantai.Ingest", "Lantai.Adapters",
    ];

    private static readonly Lazy<Phrases> Loaded = new(() => new Phrases([.. Rooms.Select(r => Assembly.Load(new AssemblyName(r)))]));

    public static Phrases All => Loaded.Value;
}
