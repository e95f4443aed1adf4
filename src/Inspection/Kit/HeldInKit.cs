using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Lantai.DataManagement;

namespace Lantai.Inspection;

/// <summary>Codes that archived cases have, in a kit: those of its own source by its view of cases, those of others by salted hashes.</summary>
/// <remarks>spec/formats/inspection-kit.md.</remarks>
internal sealed class HeldInKit(byte[] salt, IReadOnlySet<ulong> hashes) : IHeldCodes
{
    /// <summary>How the holder is called: a kit does not say which case of another source it is.</summary>
    public const string AnotherSource = "-";

    private static readonly HeldInStore Own = new();

    public string? HolderOf(IDocumentReader views, string code, string source, string number) =>
        Own.HolderOf(views, code, source, number) ?? (hashes.Contains(HashOf(salt, code)) ? AnotherSource : null);

    /// <summary>The first eight bytes of HMAC-SHA-256 of a code, big-endian.</summary>
    public static ulong HashOf(byte[] salt, string code)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        _ = HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes(code), hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }
}
