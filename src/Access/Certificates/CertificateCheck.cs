using Lantai.Evidence;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Access.Certificates;

/// <summary>Checks the certificate of a package offline, and says of each file whether it is as it was signed.</summary>
/// <remarks>spec/formats/certificate.md. A package without a certificate is no evidence copy, and nothing is found.</remarks>
internal static class CertificateCheck
{
    /// <summary>What is wrong with the certificate.</summary>
    /// <param name="package">The package; not trusted.</param>
    /// <param name="report">What came of its proof.</param>
    /// <param name="expected">The key that came from outside; null when none did.</param>
    public static IReadOnlyList<Finding> Run(IProofPackage package, ProofReport report, VerifierKey? expected)
    {
        List<(string Path, byte[]? Bytes)> files = [.. CertificateNote.Paths.Append(UseCertificate.NotePath).Select(p => (p, Bytes(package, p)))];
        if (files.All(f => f.Bytes is null) || report.Proof is not { } proof)
        {
            return [];
        }

        List<Finding> findings = [.. files.Where(f => f.Bytes is null).Select(f => Finding.Error(AccessCodes.CertificateForm, f.Path))];
        if (files[^1].Bytes is not { } note || !SignedNote.TryParse(note, out var signed) || CertificateNote.Read(signed.Text) is not { } said)
        {
            return files[^1].Bytes is null ? findings : [.. findings, Finding.Error(AccessCodes.CertificateForm, UseCertificate.NotePath)];
        }

        if (said.Origin != proof.Origin || !KeyHistory.AnyVerifies(Keys(proof, expected), signed))
        {
            findings.Add(Finding.Error(AccessCodes.CertificateSignature, UseCertificate.NotePath));
        }

        findings.AddRange(files.Zip(said.Digests).Where(f => f.First.Bytes is { } bytes && Digest.Of(bytes) != f.Second).Select(f => Finding.Error(AccessCodes.CertificateDiffers, f.First.Path)));
        if (files[0].Bytes is { } content && !(UseCertificate.TryRead(content, out var certificate) && IsOf(certificate, proof, report, package)))
        {
            findings.Add(Finding.Error(AccessCodes.CertificateOfOther, UseCertificate.Path));
        }

        return findings;
    }

    /// <summary>The certificate with its bytes; null when there is none that can be read.</summary>
    public static (UseCertificate Certificate, byte[] Bytes)? Read(IProofPackage package) =>
        Bytes(package, UseCertificate.Path) is { } bytes && UseCertificate.TryRead(bytes, out var certificate) ? (certificate, bytes) : null;

    private static bool IsOf(UseCertificate certificate, ProofFile proof, ProofReport report, IProofPackage package) =>
        certificate.Origin == proof.Origin && certificate.Issued == proof.Issued && certificate.Manifest == Digest.Of(proof.Manifest)
        && certificate.Aip == report.Manifest?.Aip && certificate.Version == report.Manifest.Version && EntriesOf(package) == certificate.Entries;

    private static IReadOnlyList<VerifierKey> Keys(ProofFile proof, VerifierKey? expected) =>
        expected is not null ? KeyHistory.Leads(expected, proof.Origin, KeyHistory.Read(proof.Evidence.Rotations))
        : VerifierKey.TryParse(proof.Evidence.VerifierKey, out var own) ? [own]
        : [];

    private static Digest? EntriesOf(IProofPackage package)
    {
        using var stream = package.OpenProof(ProofFile.EntriesPath);
        return stream is null ? null : new Digest(System.Security.Cryptography.SHA256.HashData(stream));
    }

    private static byte[]? Bytes(IProofPackage package, string path)
    {
        using var stream = package.OpenProof(path);
        if (stream is null)
        {
            return null;
        }

        using var whole = new MemoryStream();
        var block = new byte[1 << 14];
        int read;
        while (whole.Length <= UseCertificate.MaxLength && (read = stream.Read(block)) > 0)
        {
            whole.Write(block, 0, read);
        }

        return whole.Length <= UseCertificate.MaxLength ? whole.ToArray() : [];
    }
}
