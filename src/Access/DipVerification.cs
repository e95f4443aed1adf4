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
    /// <summary>Checks a package; of a bag also that it is a valid bag.</summary>
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
        return report with { Findings = [.. findings, .. report.Findings] };
    }

    private static ProofReport VerifyFolder(string path, VerifierKey? expected, Action<long, long>? progress, CancellationToken cancellation)
    {
        using var package = new FolderPackage(path);
        var report = ProofVerification.Verify(package, path, expected, progress, cancellation);
        var bag = File.Exists(Path.Combine(path, "bagit.txt"))
            ? BagValidation.Validate(new SubmissionSource(path, SubmissionForm.Folder, ContainerLimits.Default))
            : [];
        return report with { Findings = [.. report.Findings, .. package.Strangers, .. bag] };
    }
}
