using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Lantai.StoreFormat;

/// <summary>
/// What the 4096-byte headers of packs and large objects share: magic, length, feature words,
/// extensions at 160, a text for people at 1024, and a digest at 4064.
/// </summary>
/// <remarks>spec/formats/pack.md and spec/formats/large-object.md, "Header".</remarks>
internal static class HeaderText
{
    private const int Size = 4096;
    private const int ExtensionStart = 160;
    private const int TextStart = 1024;
    private const int DigestStart = 4064;

    public static byte[] Start(ReadOnlySpan<byte> magic, string text)
    {
        var bytes = new byte[Size];
        magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), Size);
        bytes.AsSpan(TextStart, DigestStart - TextStart).Fill((byte)' ');
        _ = Encoding.ASCII.GetBytes(text, bytes.AsSpan(TextStart));
        bytes[DigestStart - 1] = (byte)'\n';
        return bytes;
    }

    public static void Finish(Span<byte> bytes) => SHA256.HashData(bytes[..DigestStart], bytes[DigestStart..]);

    public static bool IsWhole(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> magic)
    {
        if (bytes.Length != Size || !bytes.StartsWith(magic) || BinaryPrimitives.ReadInt32LittleEndian(bytes[16..]) != Size)
        {
            return false;
        }

        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(bytes[..DigestStart], digest);
        return digest.SequenceEqual(bytes[DigestStart..]);
    }

    public static bool AreFeaturesKnown(ReadOnlySpan<byte> bytes, int extensionLength) =>
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[28..]) == 0
        && extensionLength <= TextStart - ExtensionStart
        && Extensions.AreKnown(bytes.Slice(ExtensionStart, extensionLength));
}
