using System.Text;
using Lantai.Evidence.Signatures;
using Lantai.Words;

namespace Lantai.Evidence.Certificates;

/// <summary>Reads certificates from a file as people keep them: one in DER, any number in PEM, or a message that holds only them (.p7b), in DER or PEM.</summary>
/// <remarks>Source: RFC 7468 sections 2, 5 and 8, RFC 5652 section 5.1. Pure functions, safe for concurrent use.</remarks>
public static class CertificateFile
{
    /// <summary>The greatest number of certificates that is read from one file.</summary>
    public const int MaxCertificates = SignedMessage.MaxCertificates;

    private const string Begin = "-----BEGIN ";
    private const string Dashes = "-----";
    private const string End = "-----END ";

    /// <summary>Reads a file. What is no certificate is told (SIG-001), and the others are given all the same. Takes time linear in its length.</summary>
    /// <param name="file">The whole file; it is not trusted.</param>
    /// <param name="subject">What it is, as a user knows it.</param>
    /// <param name="findings">What could not be read; a file without any certificate is a finding too.</param>
    public static IReadOnlyList<Certificate> Read(ReadOnlyMemory<byte> file, string subject, out IReadOnlyList<Finding> findings)
    {
        var found = new Found(subject);
        if (Certificate.TryParse(file, out var single))
        {
            found.Add(single);
        }
        else if (SignedMessage.TryParse(file, subject, out var message, out _))
        {
            found.Add(message);
        }
        else
        {
            ReadText(Encoding.Latin1.GetString(file.Span), found);
        }

        if (found.Certificates.Count == 0 && found.Findings.Count == 0)
        {
            found.TellNone(file.Length);
        }

        findings = found.Findings;
        return found.Certificates;
    }

    /// <summary>Base64 has no dashes: behind a beginning the next ones are those of its end, or there is none.</summary>
    private static void ReadText(ReadOnlySpan<char> text, Found found)
    {
        for (int begin; (begin = text.IndexOf(Begin)) >= 0;)
        {
            text = text[(begin + Begin.Length)..];
            var close = text.IndexOf(Dashes);
            var label = close < 0 ? default : text[..close];
            var isMessage = label is "PKCS7" or "CMS";
            if (!isMessage && label is not "CERTIFICATE")
            {
                continue;
            }

            text = text[(close + Dashes.Length)..];
            var next = text.IndexOf(Dashes);
            var data = next < 0 ? text : text[..next];
            text = text[data.Length..];
            var isEnded = text.StartsWith(End) && text[End.Length..].StartsWith(label) && text[(End.Length + label.Length)..].StartsWith(Dashes);
            var bytes = new byte[data.Length];
            if (!isEnded || !Convert.TryFromBase64Chars(data, bytes, out var length))
            {
                found.TellNone(data.Length);
            }
            else if (isMessage && SignedMessage.TryParse(bytes.AsMemory(0, length), found.Subject, out var message, out _))
            {
                found.Add(message);
            }
            else if (!isMessage && Certificate.TryParse(bytes.AsMemory(0, length), out var one))
            {
                found.Add(one);
            }
            else
            {
                found.TellNone(length);
            }
        }
    }

    private sealed class Found(string subject)
    {
        private readonly List<Certificate> _certificates = [];
        private readonly List<Finding> _findings = [];

        public string Subject => subject;

        public IReadOnlyList<Certificate> Certificates => _certificates;

        public IReadOnlyList<Finding> Findings => _findings;

        public void Add(SignedMessage message)
        {
            foreach (var certificate in message.Certificates)
            {
                Add(certificate);
            }

            // That nobody signed is what such a file is like.
            _findings.AddRange(message.Findings.Where(f => f.Code == SignatureCodes.TooMany && !_findings.Contains(f)));
        }

        public void Add(Certificate certificate)
        {
            if (_certificates.Count < MaxCertificates)
            {
                _certificates.Add(certificate);
            }
            else if (!_findings.Exists(f => f.Code == SignatureCodes.TooMany))
            {
                _findings.Add(Finding.Warning(SignatureCodes.TooMany, subject, ("piece", "certificate"), ("most", MaxCertificates)));
            }
        }

        public void TellNone(int length) => _findings.Add(Finding.Error(SignatureCodes.Malformed, subject, ("piece", "certificate"), ("length", length)));
    }
}
