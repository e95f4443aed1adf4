using Lantai.Words;

namespace Lantai.StoreFormat;

/// <summary>Where things lie below a store's root. Paths are relative, divided by '/'.</summary>
/// <remarks>spec/formats/layout.md.</remarks>
public static class StoreLayout
{
#pragma warning disable CS1591 // the page's table says what each path is
    public const string Descriptor = "lantai.json";
    public const string VerifierKey = "log.vkey";
    public const string Sm2VerifierKey = "sm2.vkey";
    public const string Specification = "spec";
    public const string Reader = "lantai-read.py";
    public const string Readme = "README.txt";
    public const string Packs = "packs";
    public const string OpenPacks = "open";
    public const string LargeObjects = "large";
    public const string Ledger = "ledger";
    public const string OpenSegment = "ledger/open.ledger";
    public const string SealedSegments = "ledger/sealed";
    public const string Checkpoint = "ledger/checkpoint";
    public const string Tiles = "ledger/tile";
    public const string Indexes = "index";
    public const string Catalogue = "catalogue";
    public const string Audit = "audit";
    public const string Staging = "staging";
    public const string Waiting = "waiting";
    public const string Quarantine = "quarantine";
    public const string Run = "run";
    public const string Reserve = "reserve";
#pragma warning restore CS1591

    /// <summary>Everything that may stand at the top of a root.</summary>
    public static IReadOnlyList<string> TopLevel { get; } =
        [Descriptor, VerifierKey, Sm2VerifierKey, Specification, Reader, Readme, Packs, OpenPacks, LargeObjects, Ledger, Indexes, Catalogue, Audit, Staging, Waiting, Quarantine, Run, Reserve];

    /// <summary>Path of a sealed pack.</summary>
    public static string Pack(Digest name) => ByDigest(Packs, name, ".pack");

    /// <summary>Path of an open pack.</summary>
    public static string OpenPack(Guid pack) => $"{OpenPacks}/{pack:N}.pack";

    /// <summary>Path of a large object.</summary>
    public static string LargeObject(Digest content) => ByDigest(LargeObjects, content, ".large");

    /// <summary>Path of the file in which a package waits for a decision.</summary>
    /// <param name="name">Its salted name.</param>
    public static string WaitingFile(Digest name) => $"{Waiting}/{name}.waiting";

    private static string ByDigest(string folder, Digest name, string ending)
    {
        var text = name.ToString();
        return $"{folder}/{text[..2]}/{text[2..4]}/{text}{ending}";
    }
}
