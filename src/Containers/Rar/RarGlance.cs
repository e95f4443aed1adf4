using System.Buffers.Binary;

namespace Lantai.Containers;

/// <summary>What the headers of a RAR, version 4 or 5, tell of encryption and of the memory that unpacking needs.</summary>
/// <param name="Version">4 or 5.</param>
/// <param name="Fault">What is wrong with the headers as a stable word; null when they were read to their end.</param>
/// <param name="IsHeaderEncrypted">Whether the headers themselves are encrypted.</param>
/// <param name="Encrypted">Names of encrypted entries, the first 64.</param>
/// <param name="Entries">How many files are listed.</param>
/// <param name="Memory">The greatest dictionary that an entry asks for, in bytes.</param>
/// <param name="IsPart">Whether it is one of several volumes.</param>
public sealed record RarGlance(int Version, string? Fault, bool IsHeaderEncrypted, IReadOnlyList<string> Encrypted, long Entries, long Memory, bool IsPart)
{
    /// <summary>Walks the headers; contents are passed over. At most 100,000 headers are read.</summary>
    /// <param name="seekable">The file; stays the caller's.</param>
    /// <exception cref="IOException">The source failed.</exception>
    public static RarGlance Read(Stream seekable)
    {
        var start = new byte[8];
        seekable.Position = 0;
        var count = seekable.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return count == 8 && start[6] == 1 ? new Rar5Headers(seekable).Read() : new Rar4Headers(seekable).Read();
    }
}

/// <summary>What a walk over RAR headers collects, the same for both versions.</summary>
internal sealed class RarWalk(Stream stream, int version)
{
    private const int MostHeaders = 100_000;
    private const int MostNames = 64;

    private readonly List<string> _encrypted = [];
    private int _headers;

    public string? Fault { get; set; }

    public bool IsHeaderEncrypted { get; set; }

    public long Entries { get; set; }

    public long Memory { get; set; }

    public bool IsPart { get; set; }

    /// <summary>The length of the file.</summary>
    public long Length => stream.Length;

    /// <summary>Whether another header may be read; their number is bounded.</summary>
    public bool MayGoOn() => Fault is null && !IsHeaderEncrypted && ++_headers <= MostHeaders;

    /// <summary>Bytes at a place, fewer at the end of the file.</summary>
    public byte[] Read(long at, int length)
    {
        var bytes = new byte[(int)Math.Clamp(stream.Length - at, 0, length)];
        stream.Position = Math.Min(at, stream.Length);
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>An entry is encrypted.</summary>
    public void AddEncrypted(ReadOnlySpan<byte> name)
    {
        if (_encrypted.Count < MostNames)
        {
            _encrypted.Add(Words.EntryName.OfBytes(name[..Math.Min(name.Length, 1000)]).Display);
        }
    }

    public RarGlance ToGlance() => new(version, Fault, IsHeaderEncrypted, _encrypted, Entries, Memory, IsPart);
}
