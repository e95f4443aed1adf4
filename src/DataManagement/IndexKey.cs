using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Lantai.Words;

namespace Lantai.DataManagement;

/// <summary>Keys of the key index: SHA-256 over a kind byte and, for each part, its length and its UTF-8 bytes.</summary>
/// <remarks>spec/formats/index.md, "Key index". Lengths keep parts apart, so no two lists of parts have one input.</remarks>
internal static class IndexKey
{
    public static Digest Submission(string source, string submission) => Of(1, source, submission);

    public static Digest Same(string source, string submission, Digest contentDigest) => Of(2, source, submission, contentDigest.ToString());

    public static Digest Account(string name) => Of(3, name);

    /// <summary>A key that a detail names: the register it belongs to, and its parts.</summary>
    public static Digest Named(params ReadOnlySpan<string> parts) => Of(4, parts);

    public static Digest ReferenceCode(string code) => Of(5, code);

    private static Digest Of(byte kind, params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([kind]);
        Span<byte> length = stackalloc byte[4];
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return new Digest(hash.GetHashAndReset());
    }
}
