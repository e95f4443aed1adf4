using System.Security.Cryptography;
using System.Text;
using Lantai.Evidence.Signatures;
using Lantai.Words;

namespace Lantai.Evidence.Certificates;

/// <summary>Reads certificates from a file as people keep them: one in DER, any number in PEM, or a message that holds only them (.p7b).</summary>
/// <remarks>Source: RFC 7468 sections 2 and 5, RFC 5652 section 5.1. Pure functions, safe for concurrent use.</remarks>
public static class CertificateFile
{
    /// <summary>The greatest number of certificates that is read from one file.</summary>
    public const int MaxCertificates = SignedMessage.MaxCertificates;

    private const string Label = "CERTIFICATE";

    /// <summary>Reads a file. What is no certificate is told (SIG-001), and the others are given all the same.</summary>
    /// <param name="file">The whole file; it is not trusted.</param>
    /// <param name="subject">What it is, as a user knows it.</param>
    /// <param name="findings">What could not be read; a file without any certificate is a finding too.</param>
    public static IReadOnlyList<Certificate> Read(ReadOnlyMemory<byte> file, string subject, out IReadOnlyList<Finding> findings)
    {
        var problems = new List<Finding>();
        findings = problems;
        if (Certificate.TryParse(file, out var single))
        {
            return [single];
        }

        if (SignedMessage.TryParse(file, subject, out var message, out _))
        {
            return message.Certificates;
        }

        var certificates = new List<Certificate>();
        var text = Encoding.Latin1.GetString(file.Span).AsSpan();
        while (PemEncoding.TryFind(text, out var fields))
        {
            if (text[fields.Label].SequenceEqual(Label))
            {
                Add(text[fields.Base64Data]);
            }

            text = text[fields.Location.End..];
        }

        if (certificates.Count == 0 && problems.Count == 0)
        {
            problems.Add(Finding.Error(SignatureCodes.Malformed, subject, ("piece", "certificate"), ("length", file.Length)));
        }

        return certificates;

        void Add(ReadOnlySpan<char> base64)
        {
            var bytes = new byte[base64.Length];
            var isBytes = Convert.TryFromBase64Chars(base64, bytes, out var length);
            if (certificates.Count == MaxCertificates)
            {
                if (!problems.Exists(p => p.Code == SignatureCodes.TooMany))
                {
                    problems.Add(Finding.Warning(SignatureCodes.TooMany, subject, ("piece", "certificate"), ("most", MaxCertificates)));
                }
            }
            else if (isBytes && Certificate.TryParse(bytes.AsMemory(0, length), out var one))
            {
                certificates.Add(one);
            }
            else
            {
                problems.Add(Finding.Error(SignatureCodes.Malformed, subject, ("piece", "certificate"), ("length", length)));
            }
        }
    }
}
