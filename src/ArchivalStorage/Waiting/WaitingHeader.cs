using System.Buffers.Binary;
using System.Security.Cryptography;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>The head of a file in which a package waits: how long it may, how long it is, and its key under the key of the room.</summary>
/// <param name="Since">When it was put there, in milliseconds.</param>
/// <param name="Until">When its waiting ends, in milliseconds.</param>
/// <param name="ClearLength">How many bytes are encrypted.</param>
/// <remarks>Immutable. spec/formats/waiting.md.</remarks>
internal sealed record WaitingHeader(DateTimeOffset Since, DateTimeOffset Until, long ClearLength)
{
    public const int Size = 112;
    public const int ChunkSize = 1 << 16;
    public const int TagSize = 16;
    public const int KeySize = 32;

    /// <summary>Where nonce, key and tag stand: what is zeroed to destroy the package.</summary>
    public const int BoxOffset = 48;

    private const int NonceSize = 12;
    private const int KeyOffset = 64;
    private const int TagOffset = KeyOffset + KeySize;

    private static ReadOnlySpan<byte> Magic => "LANTAI WAIT 1\r\n\u001a"u8;

    /// <summary>Number of chunks; an empty one where there is nothing to encrypt.</summary>
    public long Chunks => Math.Max(1, (ClearLength + ChunkSize - 1) / ChunkSize);

    /// <summary>Length of the whole file.</summary>
    public long FileLength => Size + ClearLength + (Chunks * TagSize);

    /// <summary>The nonce of a chunk. No key encrypts two files, so a number is enough.</summary>
    public static void NonceOf(long chunk, Span<byte> nonce)
    {
        nonce.Clear();
        BinaryPrimitives.WriteInt64LittleEndian(nonce, chunk);
    }

    /// <summary>Writes the header with the package's key wrapped by the room's.</summary>
    /// <param name="roomKey">The room's key for wrapping.</param>
    /// <param name="name">The file's name, which the wrapping vouches for too.</param>
    /// <param name="key">The package's key.</param>
    /// <param name="wrapNonce">12 bytes that the room's key has never met.</param>
    public byte[] Write(ReadOnlySpan<byte> roomKey, Digest name, ReadOnlySpan<byte> key, ReadOnlySpan<byte> wrapNonce)
    {
        var bytes = new byte[Size];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), Size);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(20), ChunkSize);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(24), Since.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(32), Until.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(40), ClearLength);
        wrapNonce.CopyTo(bytes.AsSpan(BoxOffset, NonceSize));
        using var cipher = new AesGcm(roomKey, TagSize);
        cipher.Encrypt(wrapNonce, key, bytes.AsSpan(KeyOffset, KeySize), bytes.AsSpan(TagOffset, TagSize), Bound(bytes, name));
        return bytes;
    }

    /// <summary>Reads what a header says in clear; null when it is none. It is not trusted before the key came out of it.</summary>
    public static WaitingHeader? TryRead(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Size || !bytes.StartsWith(Magic)
            || BinaryPrimitives.ReadInt32LittleEndian(bytes[16..]) != Size || BinaryPrimitives.ReadInt32LittleEndian(bytes[20..]) != ChunkSize)
        {
            return null;
        }

        var (since, until, length) = (
            BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[32..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[40..]));
        return IsTime(since) && IsTime(until) && length is >= 0 and < 1L << 50
            ? new WaitingHeader(DateTimeOffset.FromUnixTimeMilliseconds(since), DateTimeOffset.FromUnixTimeMilliseconds(until), length)
            : null;
    }

    /// <summary>Whether the key in a header was destroyed, or a crash cut its destruction off: no nonce is zero.</summary>
    public static bool IsDestroyed(ReadOnlySpan<byte> bytes) => bytes.Length >= Size && !bytes.Slice(BoxOffset, NonceSize).ContainsAnyExcept((byte)0);

    /// <summary>The package's key, which the caller wipes; null when header, name or the room's key is another.</summary>
    public static byte[]? Unwrap(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> roomKey, Digest name)
    {
        var key = new byte[KeySize];
        using var cipher = new AesGcm(roomKey, TagSize);
        try
        {
            cipher.Decrypt(bytes.Slice(BoxOffset, NonceSize), bytes.Slice(KeyOffset, KeySize), bytes.Slice(TagOffset, TagSize), key, Bound(bytes, name));
            return key;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static bool IsTime(long milliseconds) => milliseconds is >= 0 and < 253_402_300_800_000; // to the end of the year 9999

    private static byte[] Bound(ReadOnlySpan<byte> header, Digest name) => [.. header[..KeyOffset], .. Convert.FromHexString(name.ToString())];
}
