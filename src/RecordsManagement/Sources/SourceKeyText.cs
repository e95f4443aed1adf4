using System.Security.Cryptography;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>Reads what was given as the key of a source system, as far as is needed to tell it from another.</summary>
internal static class SourceKeyText
{
    /// <summary>The most characters of a PEM text.</summary>
    private const int Most = 64 * 1024;

    /// <summary>Reads a PEM text with one certificate or public key; null and a finding (SRC-006) when it is none.</summary>
    public static SourceKey? Read(string subject, string pem, ICollection<Finding> findings)
    {
        if (pem.Length <= Most && PemEncoding.TryFind(pem, out var fields) && pem.AsSpan(0, fields.Location.Start.Value).IsWhiteSpace()
            && pem.AsSpan(fields.Location.End.Value).IsWhiteSpace() && Form(pem[fields.Label]) is { } form && IsDer(pem[fields.Base64Data], out var der))
        {
            return new SourceKey(form, pem[fields.Location], Digest.Of(der).ToString());
        }

        findings.Add(Finding.Error("SRC-006", subject));
        return null;
    }

    // A private key is refused with all else: it must not come to lie in the ledger.
    private static string? Form(string label) => label switch
    {
        "CERTIFICATE" => "certificate",
        "PUBLIC KEY" => "public-key",
        _ => null,
    };

    // One sequence and nothing behind it; what stands in it is for those who verify with it.
    private static bool IsDer(string base64, out byte[] der)
    {
        der = Convert.FromBase64String(base64);
        try
        {
            var reader = new System.Formats.Asn1.AsnReader(der, System.Formats.Asn1.AsnEncodingRules.DER);
            _ = reader.ReadSequence();
            return !reader.HasData;
        }
        catch (System.Formats.Asn1.AsnContentException)
        {
            return false;
        }
    }
}
