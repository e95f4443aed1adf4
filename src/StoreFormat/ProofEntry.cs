using System.Globalization;
using System.Text;
using Lantai.Words;

namespace Lantai.StoreFormat;

/// <summary>A line of <c>proof/entries.jsonl</c> when only some entries are disclosed.</summary>
/// <param name="Entry">The entry's canonical bytes.</param>
/// <param name="Index">Its place in the manifest, from 0.</param>
/// <param name="Path">Audit path to <c>entriesRoot</c>, from leaf to root.</param>
/// <remarks>spec/formats/proof.md.</remarks>
public sealed record ProofEntry(byte[] Entry, long Index, IReadOnlyList<Digest> Path)
{
    /// <summary>The most bytes of a line that a reader holds, newline included: 1 MiB.</summary>
    public const int MaxLine = 1 << 20;

    /// <summary>The canonical bytes, without the newline.</summary>
    public byte[] ToBytes() => CanonicalJson.Write(new JsonMap()
        .Set("entry", Encoding.UTF8.GetString(Entry)).Set("index", Index).Set("path", LedgerEvidence.WritePath(Path)));

    /// <summary>Reads a line; false when it has not the form.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, out ProofEntry entry)
    {
        entry = null!;
        if (!CanonicalJson.TryRead(line, out var map) || map.Text("entry") is not { } text
            || map.Number("index") is not ({ } index and >= 0) || LedgerEvidence.ReadPath(map, "path") is not { } path)
        {
            return false;
        }

        entry = new ProofEntry(Encoding.UTF8.GetBytes(text), index, path);
        return true;
    }
}

/// <summary>A line of <c>proof/names.jsonl</c>: where a file lies whose name could not be used.</summary>
/// <param name="Stored">The path below <c>data/</c> that was used.</param>
/// <param name="Name">The true name.</param>
/// <remarks>spec/formats/proof.md.</remarks>
public sealed record StoredName(string Stored, EntryName Name)
{
    /// <summary>The folder below <c>data/</c> that such files lie in.</summary>
    public const string Folder = ".lantai-names";

    private const string Prefix = Folder + "/";
    private const int Digits = 8;

    /// <summary>The path below <c>data/</c> for the entry at a place in the manifest.</summary>
    public static string For(long index) => Prefix + index.ToString("D" + Digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>
    /// Whether a name may be used as a path below <c>data/</c> at all: not absolute, no segment that is empty,
    /// <c>.</c> or <c>..</c>, no zero byte, and not in the folder that stored names have for themselves.
    /// </summary>
    public static bool IsUsable(ReadOnlySpan<byte> path)
    {
        if (path.IsEmpty || path.Contains((byte)0))
        {
            return false;
        }

        var first = true;
        foreach (var range in path.Split((byte)'/'))
        {
            var segment = path[range];
            if (segment.IsEmpty || segment.SequenceEqual("."u8) || segment.SequenceEqual(".."u8)
                || (first && segment.SequenceEqual(".lantai-names"u8)))
            {
                return false;
            }

            first = false;
        }

        return true;
    }

    /// <summary>The canonical bytes, without the newline.</summary>
    public byte[] ToBytes()
    {
        var map = new JsonMap().Set("stored", Stored);
        return CanonicalJson.Write(Name.IsUtf8 ? map.Set("path", Name.Display) : map.Set("pathBytes", Convert.ToBase64String(Name.Bytes.Span)));
    }

    /// <summary>Reads a line; false when it has not the form or the stored path is not one of this folder.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, out StoredName name)
    {
        name = null!;
        if (!CanonicalJson.TryRead(line, out var map) || map.Text("stored") is not { } stored || !IsStored(stored)
            || (map.Text("path") is null) == (map.Text("pathBytes") is null))
        {
            return false;
        }

        if (map.Text("path") is { } path)
        {
            name = new StoredName(stored, EntryName.OfText(path));
            return path.Length > 0;
        }

        var base64 = map.Text("pathBytes")!;
        var bytes = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64, bytes, out var length) || length == 0)
        {
            return false;
        }

        name = new StoredName(stored, EntryName.OfBytes(bytes.AsSpan(0, length)));
        return true;
    }

    private static bool IsStored(string path) =>
        path.StartsWith(Prefix, StringComparison.Ordinal) && path.Length is >= 22 and <= 32 && path.AsSpan(Prefix.Length).ContainsAnyExceptInRange('0', '9') is false;
}
