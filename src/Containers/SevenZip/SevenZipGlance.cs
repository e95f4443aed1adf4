using System.Buffers.Binary;
using SharpCompress.Compressors.LZMA;

namespace Lantai.Containers;

/// <summary>What the header of a 7z tells of encryption and of the memory that unpacking needs.</summary>
/// <param name="Fault">What is wrong with the header as a stable word; null when it was read. <c>too-large</c> says nothing against the file: its header holds more than is read here.</param>
/// <param name="IsHeaderEncrypted">Whether the list of names is encrypted, and all else with it.</param>
/// <param name="IsContentEncrypted">Whether contents are encrypted.</param>
/// <param name="Memory">The greatest dictionary or model that a coder asks for, in bytes.</param>
public sealed record SevenZipGlance(string? Fault, bool IsHeaderEncrypted, bool IsContentEncrypted, long Memory)
{
    /// <summary>Bytes before the first packed stream.</summary>
    internal const int StartSize = 32;

    private const string TooLarge = "too-large";
    private const int MostHeader = 8 << 20;
    private const int MostHeaderMemory = 64 << 20;
    private const int MostLayers = 4;

    /// <summary>Reads the header; at most 8 MiB of it are held.</summary>
    /// <param name="seekable">The file; stays the caller's.</param>
    /// <exception cref="IOException">The source failed.</exception>
    public static SevenZipGlance Read(Stream seekable)
    {
        var start = ReadAt(seekable, 0, StartSize);
        if (start.Length < StartSize || Crc32.Of(start.AsSpan(12, 20)) != BinaryPrimitives.ReadUInt32LittleEndian(start.AsSpan(8)))
        {
            return Bad("bad-header");
        }

        var offset = BinaryPrimitives.ReadUInt64LittleEndian(start.AsSpan(12));
        var length = BinaryPrimitives.ReadUInt64LittleEndian(start.AsSpan(20));
        if (length == 0)
        {
            return new SevenZipGlance(null, false, false, 0);
        }

        if (length > (ulong)seekable.Length || offset > (ulong)seekable.Length || offset + length > (ulong)Math.Max(0, seekable.Length - StartSize))
        {
            return Bad("cut-off");
        }

        if (length > MostHeader)
        {
            return Bad(TooLarge);
        }

        var header = ReadAt(seekable, StartSize + (long)offset, (int)length);
        return Crc32.Of(header) == BinaryPrimitives.ReadUInt32LittleEndian(start.AsSpan(28)) ? Unfold(seekable, header) : Bad("check-value");
    }

    // A header may be packed, and that packed again; nobody does it more than once, so a few layers are enough.
    private static SevenZipGlance Unfold(Stream seekable, byte[] header)
    {
        for (var layer = 0; layer < MostLayers; layer++)
        {
            var numbers = new SevenZipNumbers(header);
            var kind = numbers.TakeByte();
            if (SevenZipStreams.Read(ref numbers, isEncoded: kind == SevenZipStreams.EncodedHeader) is not { } streams)
            {
                return Bad("bad-header");
            }

            if (streams.IsTooLarge)
            {
                return Bad(TooLarge);
            }

            if (kind != SevenZipStreams.EncodedHeader)
            {
                return kind == SevenZipStreams.Header ? new SevenZipGlance(null, false, streams.IsEncrypted, streams.Memory) : Bad("bad-header");
            }

            if (streams.IsEncrypted)
            {
                return new SevenZipGlance(null, true, true, streams.Memory);
            }

            if (streams.Unpacked > MostHeader)
            {
                return Bad(TooLarge);
            }

            if (Unpack(seekable, streams) is not { } inner)
            {
                return Bad("packed");
            }

            header = inner;
        }

        return Bad("bad-header");
    }

    private static byte[]? Unpack(Stream seekable, SevenZipStreams streams)
    {
        if (streams.Unpacked is not (> 0 and <= MostHeader) || streams.Packed is not (> 0 and <= MostHeader) || streams.PackedStart < 0
            || streams.PackedStart > seekable.Length - StartSize - streams.Packed || streams.Memory > MostHeaderMemory)
        {
            return null;
        }

        var packed = ReadAt(seekable, StartSize + streams.PackedStart, (int)streams.Packed);
        if (streams.LzmaProperties is not { } properties)
        {
            return streams.IsCopied ? packed : null;
        }

        var header = new byte[streams.Unpacked];
        try
        {
            using var source = new MemoryStream(packed);
            using var content = LzmaStream.Create(properties, source, packed.Length, header.Length, leaveOpen: true);
            content.ReadExactly(header);
            return header;
        }
        catch (Exception bad) when (PackedContents.IsBadContent(bad))
        {
            return null;
        }
    }

    private static SevenZipGlance Bad(string fault) => new(fault, false, false, 0);

    private static byte[] ReadAt(Stream stream, long start, int length)
    {
        var bytes = new byte[length];
        stream.Position = start;
        var count = stream.ReadAtLeast(bytes, length, throwOnEndOfStream: false);
        return count == length ? bytes : bytes[..count];
    }
}
