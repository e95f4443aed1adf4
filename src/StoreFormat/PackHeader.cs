using System.Buffers.Binary;
using System.Text;
using Lantai.Words;

namespace Lantai.StoreFormat;

/// <summary>The first 4096 bytes of a pack.</summary>
/// <param name="Store">The store that wrote it.</param>
/// <param name="Pack">Random id of the pack, never used again.</param>
/// <param name="Blind">32 random bytes that stand nowhere else.</param>
/// <param name="Created">Time of creation.</param>
/// <param name="Group">Retention group: 1 to 48 ASCII characters.</param>
/// <remarks>spec/formats/pack.md, "Header".</remarks>
public sealed record PackHeader(Guid Store, Guid Pack, ReadOnlyMemory<byte> Blind, DateTimeOffset Created, string Group)
{
    /// <summary>Length of the header in bytes.</summary>
    public const int Size = 4096;

    private const int MaxGroup = 48;

    private static ReadOnlySpan<byte> Magic => "LANTAI PACK 1\r\n\u001a"u8;

    private const string HowToRead =
        """
        This is a pack of the Lantai preservation store. Its name, once it lies under packs/,
        is the SHA-256 of this whole file: sha256sum checks it.

        After this header of 4096 bytes follow frames at multiples of 16. A frame starts with the
        bytes 89 4C 54 46 0D 0A 1A 0A and has a header of H bytes, all numbers little-endian:
        at 9 kind (1 blob, 2 manifest, 3 record, 4 detail, 5 commit, 8 index), at 10 codec
        (0 raw, 1 LZ4 frame format: the lz4 command decodes it), at 12 u32 H, at 24 u64 stored
        length S, at 32 u64 original length, at 40 SHA-256 of the original bytes. S stored bytes
        follow the header, then zeros; the frame's own length stands in its last 8 bytes.

        The full description lies in the folder spec/ of the store and begins with README.md;
        lantai-read.py beside it reads a store with nothing but Python.
        """;

    /// <summary>Whether a text can name a retention group.</summary>
    public static bool IsGroup(string group) =>
        group.Length is > 0 and <= MaxGroup && group.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    /// <summary>The 4096 bytes.</summary>
    /// <exception cref="ArgumentException">The group is empty, too long or not ASCII, or the blind is not 32 bytes.</exception>
    public byte[] ToBytes()
    {
        if (!IsGroup(Group) || Blind.Length != 32)
        {
            throw new ArgumentException($"'{Group}' is no retention group, or the blind is not 32 bytes.");
        }

        var bytes = HeaderText.Start(Magic, HowToRead);
        _ = Store.TryWriteBytes(bytes.AsSpan(32), bigEndian: true, out _);
        _ = Pack.TryWriteBytes(bytes.AsSpan(48), bigEndian: true, out _);
        Blind.Span.CopyTo(bytes.AsSpan(64));
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(96), Created.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(106), (ushort)Group.Length);
        _ = Encoding.ASCII.GetBytes(Group, bytes.AsSpan(112));
        HeaderText.Finish(bytes);
        return bytes;
    }

    /// <summary>Reads a header: null when it is good, else the code of the first thing that is wrong.</summary>
    public static string? TryRead(ReadOnlySpan<byte> bytes, out PackHeader header)
    {
        header = null!;
        if (!HeaderText.IsWhole(bytes, Magic))
        {
            return Codes.PackHeaderBad;
        }

        var group = BinaryPrimitives.ReadUInt16LittleEndian(bytes[106..]);
        var created = BinaryPrimitives.ReadInt64LittleEndian(bytes[96..]);
        if (group is 0 or > MaxGroup || created is < 0 or > 253402300799999
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[108..]) != 0 || bytes[(112 + group)..160].ContainsAnyExcept((byte)0))
        {
            return Codes.PackHeaderBad;
        }

        var name = Encoding.Latin1.GetString(bytes.Slice(112, group));
        if (!IsGroup(name))
        {
            return Codes.PackHeaderBad;
        }

        if (!HeaderText.AreFeaturesKnown(bytes, BinaryPrimitives.ReadUInt16LittleEndian(bytes[104..])))
        {
            return Codes.PackUnknown;
        }

        header = new PackHeader(
            new Guid(bytes.Slice(32, 16), bigEndian: true), new Guid(bytes.Slice(48, 16), bigEndian: true),
            bytes.Slice(64, 32).ToArray(), DateTimeOffset.FromUnixTimeMilliseconds(created), name);
        return null;
    }
}
