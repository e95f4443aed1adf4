using Lantai.Access.Certificates;
using Lantai.Access.Verification;
using Lantai.Containers;
using Lantai.Evidence;
using Lantai.InformationPackages;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Access;

/// <summary>Checks a dissemination package without any store: a folder, a zip file or a bag.</summary>
/// <remarks>spec/formats/proof.md.</remarks>
public static class DipVerification
{
    /// <summary>Checks a package and the certificate in it; of a bag also that it is a valid bag.</summary>
    /// <param name="path">The folder or zip file; not trusted.</param>
    /// <param name="expected">The key that came from outside; null when none did, which is remarked.</param>
    /// <param name="progress">Told of files and bytes checked so far; may be null.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="IOException">The package could not be read and its content is not to blame.</exception>
    public static ProofReport Verify(string path, VerifierKey? expected, Action<long, long>? progress, CancellationToken cancellation)
    {
        if (Directory.Exists(path))
        {
            return VerifyFolder(path, expected, progress, cancellation);
        }

        if (!File.Exists(path))
        {
            return new ProofReport(null, null, null, 0, 0, [Finding.Error(AccessCodes.NoPackage, path)]);
        }

        var findings = new List<Finding>();
        using var package = ZipPackage.TryOpen(path, findings);
        if (package is null)
        {
            return new ProofReport(null, null, null, 0, 0, findings);
        }

        var report = ProofVerification.Verify(package, path, expected, progress, cancellation);
        return report with { Findings = [.. findings, .. report.Findings, .. CertificateCheck.Run(package, report, expected)] };
    }

    /// <summary>The certificate of a package and its verification code, as they stand there: verify before they are believed.</summary>
    /// <param name="path">The folder or zip file; not trusted.</param>
    /// <returns>Null when there is none that can be read.</returns>
    /// <exception cref="IOException">The package could not be read and its content is not to blame.</exception>
    public static (UseCertificate Certificate, string Code)? CertificateOf(string path)
    {
        if (Directory.Exists(path))
        {
            using var folder = new FolderPackage(path);
            return Coded(CertificateCheck.Read(folder));
        }

        using var zip = File.Exists(path) ? ZipPackage.TryOpen(path, []) : null;
        return zip is null ? null : Coded(CertificateCheck.Read(zip));

        static (UseCertificate, string)? Coded((UseCertificate Certificate, byte[] Bytes)? read) => read is { } there ? (there.Certificate, UseCertificate.CodeOf(there.Bytes)) : null;
    }

    private static ProofReport VerifyFolder(string path, VerifierKey? expected, Action<long, long>? progress, CancellationToken cancellation)
    {
        using var package = new FolderPackage(path);
        var report = ProofVerification.Verify(package, path, expected, progress, cancellation);
        var bag = File.Exists(Path.Combine(path, "bagit.txt"))
            ? BagValidation.Validate(new SubmissionSource(path, SubmissionForm.Folder, ContainerLimits.Default))
            : [];
        return report with { Findings = [.. report.Findings, .. CertificateCheck.Run(package, report, expected), .. package.Strangers, .. bag] };
    }
}
