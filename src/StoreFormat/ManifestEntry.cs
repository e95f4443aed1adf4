using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using Lantai.Words;

namespace Lantai.StoreFormat;

/// <summary>What a manifest entry stands for.</summary>
public enum EntryKind
{
    /// <summary>A file.</summary>
    File = 1,

    /// <summary>An empty folder.</summary>
    Folder = 2,
}

/// <summary>One file or empty folder of an AIP version.</summary>
/// <param name="Kind">File or folder.</param>
/// <param name="Name">Path inside the package, as bytes.</param>
/// <param name="Salt">16 random bytes in hex; they hide the entry under the tree hash.</param>
/// <param name="Length">Length of the file in bytes; 0 for a folder.</param>
/// <param name="Content">SHA-256 of the file; null for a folder.</param>
/// <param name="Digests">Further digests of the content, declared and verified or computed beside SHA-256: algorithm → hex.</param>
/// <param name="Format">Identified format, when known.</param>
/// <param name="Modified">Time of last change as declared, when known.</param>
/// <remarks>spec/formats/manifest.md, "Entry".</remarks>
public sealed record ManifestEntry(
    EntryKind Kind, EntryName Name, string Salt, long Length, Digest? Content,
    IReadOnlyDictionary<string, string> Digests, string? Format, DateTimeOffset? Modified)
{
    /// <summary>What was found by looking at the file, in the form of spec/formats/characterization.md; null when nobody looked.</summary>
    public JsonMap? Characterization { get; init; }

    /// <summary>
    /// What the archive added it as beside what was submitted, such as <see cref="Inspection"/>; null for what was submitted. An entry with
    /// a role is none of the submission: neither its content digest nor the order of its container knows it.
    /// </summary>
    public string? Role { get; init; }

    /// <summary>The role of the report of an inspection, and of its signature.</summary>
    public const string Inspection = "inspection";

    private static readonly System.Buffers.SearchValues<char> Hexadecimal = System.Buffers.SearchValues.Create("0123456789abcdef");

    /// <summary>The canonical bytes, without the newline: what is hashed and what a proof discloses.</summary>
    public byte[] ToBytes()
    {
        var output = new ArrayBufferWriter<byte>(384);
        WriteTo(output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Writes the canonical bytes. Members stand in canonical order here, so that no map is made for each of a million entries.</summary>
    internal void WriteTo(ArrayBufferWriter<byte> output)
    {
        var members = new CanonicalMembers(output);
        if (!Name.IsUtf8)
        {
            members.Text("basis"u8, Name.Basis switch { NameBasis.Declared => "declared", NameBasis.Guessed => "guessed", _ => "escaped" });
        }

        members.Map("characterization"u8, Kind == EntryKind.File ? Characterization : null);
        if (Kind == EntryKind.File && Digests.Count > 0)
        {
            members.Texts("digests"u8, Digests);
        }

        members.Text("display"u8, Name.IsUtf8 ? null : Name.Display);
        members.Text("format"u8, Format);
        members.Text("kind"u8, Kind == EntryKind.File ? "file" : "folder");
        members.Number("length"u8, Kind == EntryKind.File ? Length : null);
        members.Text("mtime"u8, Modified is { } time ? StoreTime.Write(time) : null);
        members.Text("path"u8, Name.IsUtf8 ? Name.Display : null);
        members.Text("pathBytes"u8, Name.IsUtf8 ? null : Convert.ToBase64String(Name.Bytes.Span));
        members.Text("role"u8, Kind == EntryKind.File ? Role : null);
        members.Text("salt"u8, Salt);
        members.Hexadecimal("sha256"u8, Kind == EntryKind.File ? Content : null);
        members.End();
    }

    /// <summary>Reads an entry; false when the bytes are not canonical or lack a member.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out ManifestEntry entry)
    {
        entry = null!;
        if (!CanonicalJson.TryRead(bytes, out var map) || ReadName(map) is not { } name
            || map.Text("salt") is not { Length: 32 } salt || salt.AsSpan().ContainsAnyExcept(Hexadecimal) || map.Text("kind") is not ("file" or "folder"))
        {
            return false;
        }

        var modified = map.Time("mtime");
        if (modified is null && map.Members.ContainsKey("mtime"))
        {
            return false;
        }

        if ((map.Map("characterization") is null && map.Members.ContainsKey("characterization")) || (map.Map("digests") is null && map.Members.ContainsKey("digests")))
        {
            return false;
        }

        var isFile = map.Text("kind") == "file";
        var content = map.Digest("sha256");
        var length = map.Number("length");
        if (isFile != content.HasValue || isFile != length.HasValue || length < 0)
        {
            return false;
        }

        var digests = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (algorithm, hex) in map.Map("digests")?.Members ?? new Dictionary<string, object>())
        {
            if (hex is not string text)
            {
                return false;
            }

            digests.Add(algorithm, text);
        }

        entry = new ManifestEntry(isFile ? EntryKind.File : EntryKind.Folder, name, salt, length ?? 0, content, digests, map.Text("format"), modified)
        {
            Characterization = map.Map("characterization"),
            Role = isFile ? map.Text("role") : null,
        };
        return true;
    }

    /// <summary>Sets the members that name an entry.</summary>
    internal static void SetName(JsonMap map, EntryName name)
    {
        if (name.IsUtf8)
        {
            _ = map.Set("path", name.Display);
            return;
        }

        _ = map.Set("pathBytes", Convert.ToBase64String(name.Bytes.Span))
            .Set("display", name.Display)
            .Set("basis", name.Basis switch { NameBasis.Declared => "declared", NameBasis.Guessed => "guessed", _ => "escaped" });
    }

    /// <summary>Reads the members that name an entry; null when they have not the form.</summary>
    internal static EntryName? ReadName(JsonMap map)
    {
        if (map.Text("path") is { Length: > 0 } path)
        {
            return map.Text("pathBytes") is null ? EntryName.OfText(path) : null;
        }

        if (map.Text("pathBytes") is not { } base64 || map.Text("display") is not { } display)
        {
            return null;
        }

        var bytes = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64, bytes, out var length) || length == 0
            || Convert.ToBase64String(bytes.AsSpan(0, length)) != base64)
        {
            return null;
        }

        NameBasis? basis = map.Text("basis") switch { "declared" => NameBasis.Declared, "guessed" => NameBasis.Guessed, "escaped" => NameBasis.Escaped, _ => null };
        return basis is { } known && !EntryName.OfBytes(bytes.AsSpan(0, length)).IsUtf8
            ? EntryName.OfStored(bytes.AsSpan(0, length), display, known)
            : null;
    }

    /// <summary>Whether the two say the same but for their salts.</summary>
    public bool SaysTheSameAs(ManifestEntry other) =>
        Kind == other.Kind && Name == other.Name && Length == other.Length && Content == other.Content && Format == other.Format && Role == other.Role
        && SaySame(Characterization, other.Characterization) && Modified == other.Modified && Digests.Count == other.Digests.Count
        && Digests.All(d => other.Digests.GetValueOrDefault(d.Key) == d.Value);

    private static bool SaySame(JsonMap? one, JsonMap? other) =>
        one is null || other is null ? one is null && other is null : CanonicalJson.Write(one).AsSpan().SequenceEqual(CanonicalJson.Write(other));
}

/// <summary>Computes a contentDigest: the answer to "the same submission?".</summary>
/// <remarks>spec/formats/manifest.md, "contentDigest". Entries come in order of their path bytes. Not safe for concurrent use.</remarks>
public sealed class ContentDigest : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Takes in the next entry; one that has a role is none of the submission.</summary>
    public void Add(ManifestEntry entry)
    {
        if (entry.Role is not null)
        {
            return;
        }

        Span<byte> part = stackalloc byte[41];
        part[0] = (byte)entry.Kind;
        BinaryPrimitives.WriteInt32LittleEndian(part[1..], entry.Name.Bytes.Length);
        _hash.AppendData(part[..5]);
        _hash.AppendData(entry.Name.Bytes.Span);
        part.Clear();
        BinaryPrimitives.WriteInt64LittleEndian(part, entry.Length);
        entry.Content?.CopyTo(part[8..]);
        _hash.AppendData(part[..40]);
    }

    /// <summary>The digest over all entries so far.</summary>
    public Digest Result()
    {
        Span<byte> hash = stackalloc byte[32];
        _ = _hash.GetCurrentHash(hash);
        return new Digest(hash);
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();
}
