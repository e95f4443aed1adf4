using System.Buffers.Binary;
using System.Security.Cryptography;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>What the file of a package that waits says without any key. It is not trusted: it tells what waits, and decides nothing.</summary>
/// <param name="Name">The file's salted name.</param>
/// <param name="Since">When it was put there.</param>
/// <param name="Until">When its waiting ends.</param>
/// <param name="Bytes">Length of the file in bytes.</param>
/// <param name="IsDestroyed">Whether its key was destroyed, so that nobody can read it any more.</param>
/// <remarks>Immutable.</remarks>
public sealed record WaitingStay(Digest Name, DateTimeOffset Since, DateTimeOffset Until, long Bytes, bool IsDestroyed);

/// <summary>A package that waits, open: what was said of it, and its bytes.</summary>
/// <remarks>Safe for concurrent use until it is disposed, which wipes its key. spec/formats/waiting.md.</remarks>
public sealed class WaitingPackage : IDisposable
{
    /// <summary>The most bytes that what is said of a package may have.</summary>
    public const int MostAbout = 64 << 20;

    private readonly IDisk _disk;
    private readonly WaitingHeader _header;
    private readonly byte[] _key;
    private readonly long _begin;

    internal WaitingPackage(IDisk disk, WaitingStay stay, WaitingHeader header, byte[] key)
    {
        (_disk, Stay, _header, _key) = (disk, stay, header, key);
        Span<byte> length = stackalloc byte[4];
        using var clear = Open(0, header.ClearLength);
        var about = clear.ReadAtLeast(length, 4, throwOnEndOfStream: false) == 4 ? BinaryPrimitives.ReadInt32LittleEndian(length) : -1;
        if (about is < 0 or > MostAbout || about > header.ClearLength - 4)
        {
            throw WaitingRoom.Damaged(stay.Name, "about", 0);
        }

        var bytes = new byte[about];
        clear.ReadExactly(bytes);
        About = CanonicalJson.TryRead(bytes, out var map) ? map : throw WaitingRoom.Damaged(stay.Name, "about", 0);
        _begin = 4 + about;
    }

    /// <summary>How long it waits.</summary>
    public WaitingStay Stay { get; }

    /// <summary>What was said of it when it was put there.</summary>
    public JsonMap About { get; }

    /// <summary>How many bytes of content there are.</summary>
    public long Length => _header.ClearLength - _begin;

    /// <summary>Opens a part of its bytes, which can be read at any place.</summary>
    /// <param name="offset">Where it begins.</param>
    /// <param name="length">Its length.</param>
    /// <exception cref="StorageException">By reading: Damaged (STO-020), or the disk failed.</exception>
    public Stream OpenRead(long offset, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return length <= Length - offset ? Open(_begin + offset, length) : throw WaitingRoom.Damaged(Stay.Name, "about", 0);
    }

    /// <summary>Reads it to its end: what is wrong with it is found before anything is done with it.</summary>
    /// <exception cref="StorageException">Damaged (STO-020), or the disk failed.</exception>
    public void Check(CancellationToken stop)
    {
        using var all = Open(0, _header.ClearLength);
        var buffer = new byte[WaitingHeader.ChunkSize];
        while (all.Read(buffer) > 0)
        {
            stop.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Wipes the key.</summary>
    public void Dispose() => CryptographicOperations.ZeroMemory(_key);

    private WaitingStream Open(long start, long length) => new(_disk, Stay.Name, _header, _key, start, length);
}
