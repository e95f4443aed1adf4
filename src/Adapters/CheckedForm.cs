using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Lantai.DataManagement;

namespace Lantai.Adapters;

/// <summary>
/// A document as one run of bytes in a store that has no checksums of its own: eight bytes of SHA-256 over collection,
/// id and canonical bytes, then the canonical bytes.
/// </summary>
/// <remarks>Without the check a flipped bit would be shown as the truth, and so would a document under another's id. Pure.</remarks>
internal static class CheckedForm
{
    private const int CheckSize = 8;

    public static byte[] Write(string collection, long id, Document document)
    {
        var whole = new byte[CheckSize + document.Bytes.Length];
        document.Bytes.CopyTo(whole.AsSpan(CheckSize));
        Sum(collection, id, document.Bytes, whole.AsSpan(0, CheckSize));
        return whole;
    }

    /// <summary>Reads a document; null when it is not what was written.</summary>
    public static Document? Read(string collection, long id, ReadOnlySpan<byte> whole)
    {
        Span<byte> check = stackalloc byte[CheckSize];
        if (whole.Length < CheckSize)
        {
            return null;
        }

        Sum(collection, id, whole[CheckSize..], check);
        return check.SequenceEqual(whole[..CheckSize]) ? Document.Read(whole[CheckSize..]) : null;
    }

    /// <summary>As <see cref="Write(string, long, Document)"/>, for what is kept under a name alone.</summary>
    public static byte[] Write(string name, Document document) => Write(name, 0, document);

    /// <summary>As <see cref="Read(string, long, ReadOnlySpan{byte})"/>, for what is kept under a name alone.</summary>
    public static Document? Read(string name, ReadOnlySpan<byte> whole) => Read(name, 0, whole);

    private static void Sum(string collection, long id, ReadOnlySpan<byte> bytes, Span<byte> check)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(collection.Length) + 9 + bytes.Length);
        var length = Encoding.UTF8.GetBytes(collection, buffer);
        buffer[length++] = (byte)'\n';
        BinaryPrimitives.WriteInt64LittleEndian(buffer.AsSpan(length), id);
        bytes.CopyTo(buffer.AsSpan(length + 8));
        Span<byte> whole = stackalloc byte[SHA256.HashSizeInBytes];
        _ = SHA256.HashData(buffer.AsSpan(0, length + 8 + bytes.Length), whole);
        ArrayPool<byte>.Shared.Return(buffer);
        whole[..CheckSize].CopyTo(check);
    }
}
