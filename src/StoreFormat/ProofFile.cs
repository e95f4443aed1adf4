using Lantai.Words;

namespace Lantai.StoreFormat;

/// <summary>Whether a package holds all entries of a version or some.</summary>
public enum ProofScope
{
    /// <summary>All: the verifier computes the tree hash.</summary>
    Complete,

    /// <summary>Some: each carries its audit path.</summary>
    Partial,
}

/// <summary>The value of <c>proof/proof.json</c>.</summary>
/// <param name="Scope">All entries of the version, or some.</param>
/// <param name="Origin">The log's name, for information: it is what the checkpoint says.</param>
/// <param name="Manifest">The manifest root's bytes.</param>
/// <param name="Evidence">What shows the version's event to be in the ledger.</param>
/// <param name="Issued">When the package was made.</param>
/// <param name="Entries">Number of disclosed entries.</param>
/// <remarks>spec/formats/proof.md. Immutable, safe for concurrent use.</remarks>
public sealed record ProofFile(ProofScope Scope, string Origin, byte[] Manifest, LedgerEvidence Evidence, DateTimeOffset Issued, long Entries)
{
    /// <summary>The most bytes of the file that a reader holds: enough for 400 million entries.</summary>
    public const int MaxLength = 16 << 20;

    /// <summary>Path of the file in the package.</summary>
    public const string Path = "proof/proof.json";

    /// <summary>Path of the disclosed entries in the package.</summary>
    public const string EntriesPath = "proof/entries.jsonl";

    /// <summary>Path of the names that could not be used in the package.</summary>
    public const string NamesPath = "proof/names.jsonl";

    /// <summary>Path of the page for people in the package.</summary>
    public const string PagePath = "proof/index.html";

    /// <summary>Where the files lie in the package.</summary>
    public const string DataFolder = "data/";

    /// <summary>The canonical bytes and a newline.</summary>
    public byte[] ToBytes()
    {
        var map = new JsonMap()
            .Set("format", "lantai-proof/1").Set("scope", Scope == ProofScope.Complete ? "complete" : "partial")
            .Set("origin", Origin).Set("vkey", Evidence.VerifierKey).Set("manifest", Convert.ToBase64String(Manifest))
            .Set("treeSize", Evidence.TreeSize).Set("issued", Issued).Set("entries", Entries)
            .Set("rotations", Evidence.Rotations.Count == 0 ? null : Evidence.Rotations.Select(text => (object)text));
        Evidence.Write(map);
        return [.. CanonicalJson.Write(map), (byte)'\n'];
    }

    /// <summary>Reads the file; false when it has not the form.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out ProofFile proof)
    {
        proof = null!;
        if (bytes.Length > MaxLength || bytes.IsEmpty || bytes[^1] != '\n' || !CanonicalJson.TryRead(bytes[..^1], out var map)
            || map.Text("format") != "lantai-proof/1" || map.Text("scope") is not ("complete" or "partial")
            || map.Text("origin") is not { } origin || map.Text("vkey") is not { } key || map.Text("manifest") is not { } base64
            || map.Number("treeSize") is not { } size || map.Time("issued") is not { } issued || map.Number("entries") is not ({ } entries and >= 0)
            || LedgerEvidence.Read(map) is not { } evidence || ReadRotations(map) is not { } rotations)
        {
            return false;
        }

        var manifest = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64, manifest, out var length) || Convert.ToBase64String(manifest.AsSpan(0, length)) != base64)
        {
            return false;
        }

        proof = new ProofFile(
            map.Text("scope") == "complete" ? ProofScope.Complete : ProofScope.Partial, origin, manifest[..length],
            evidence with { TreeSize = size, VerifierKey = key, Rotations = rotations }, issued, entries);
        return true;
    }

    private static List<string>? ReadRotations(JsonMap map)
    {
        if (!map.Members.TryGetValue("rotations", out var member))
        {
            return [];
        }

        return member is IReadOnlyList<object> { Count: > 0 and <= KeyHistory.MaxRotations } list && list.All(item => item is string)
            ? [.. list.Cast<string>()]
            : null;
    }
}
