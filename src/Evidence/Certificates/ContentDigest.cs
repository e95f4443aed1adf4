using System.Formats.Asn1;
using Lantai.Evidence.Asn1;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;

namespace Lantai.Evidence.Certificates;

/// <summary>A digest that is known by its object identifier, over content that comes piece by piece.</summary>
/// <remarks>
/// MD5 and SHA-1 are known because received records carry them; nothing here makes any. Not safe for concurrent use; the static
/// functions are.
/// </remarks>
internal sealed class ContentDigest
{
    private readonly IDigest _digest;

    private ContentDigest(IDigest digest) => _digest = digest;

    public int Size => _digest.GetDigestSize();

    /// <summary>Begins a digest; null when the algorithm is not known.</summary>
    public static ContentDigest? Begin(string oid) => oid switch
    {
        Oids.Md5 => new ContentDigest(new MD5Digest()),
        Oids.Sha1 => new ContentDigest(new Sha1Digest()),
        Oids.Sha224 => new ContentDigest(new Sha224Digest()),
        Oids.Sha256 => new ContentDigest(new Sha256Digest()),
        Oids.Sha384 => new ContentDigest(new Sha384Digest()),
        Oids.Sha512 => new ContentDigest(new Sha512Digest()),
        Oids.Sm3 => new ContentDigest(new SM3Digest()),
        _ => null,
    };

    /// <summary>Whether two contents with one digest can be made by now.</summary>
    public static bool IsWeak(string oid) => oid is Oids.Md5 or Oids.Sha1;

    public static byte[]? Of(string oid, ReadOnlySpan<byte> content)
    {
        var digest = Begin(oid);
        digest?.Append(content);
        return digest?.Finish();
    }

    public void Append(ReadOnlySpan<byte> piece) => _digest.BlockUpdate(piece);

    public byte[] Finish()
    {
        var hash = new byte[Size];
        _digest.DoFinal(hash);
        return hash;
    }

    /// <summary>RFC 8017 section 9.2: the structure that an RSA signature of PKCS #1 1.5 holds, with parameters NULL or without.</summary>
    public static byte[] Described(string oid, ReadOnlySpan<byte> hash, bool withNull)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(oid);
                if (withNull)
                {
                    writer.WriteNull();
                }
            }

            writer.WriteOctetString(hash);
        }

        return writer.Encode();
    }
}
