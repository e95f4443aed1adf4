using Lantai.ArchivalStorage;
using Lantai.DataManagement;
using Lantai.StoreFormat;

namespace Lantai.RecordsManagement;

/// <summary>The details of this room's events, as its views meet them.</summary>
internal static class RecordsBody
{
    /// <summary>Name of the member that holds the keys which the event makes its own.</summary>
    public const string Keys = "keys";

    /// <summary>The members of the detail; null when record or detail is missing, malformed or not that of its leaf.</summary>
    public static JsonMap? Of(StoredEvent e) => EventCases.HasSoundRecord(e) && !EventCases.HasDamagedDetail(e) ? e.Detail?.Body : null;

    /// <summary>A key for the member <see cref="Keys"/>: the register it belongs to and its parts.</summary>
    public static object Key(string register, params ReadOnlySpan<string> parts)
    {
        List<object> key = [register];
        foreach (var part in parts)
        {
            key.Add(part);
        }

        return key;
    }
}
