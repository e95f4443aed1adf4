using Lantai.Words;

namespace Lantai.StoreFormat;

/// <summary>A package whose proof is to be checked: a folder, a zip file, or whatever else holds files by name.</summary>
/// <remarks>Nothing in it is trusted. Called by one thread; at most two streams are open at a time.</remarks>
public interface IProofPackage
{
    /// <summary>
    /// The paths below <c>data/</c> of everything there that is not a folder, as bytes, in any order; a path that the
    /// package holds twice comes twice. Links and devices count: they are no disclosed file.
    /// </summary>
    IEnumerable<ReadOnlyMemory<byte>> DataFiles();

    /// <summary>Opens a regular file below <c>data/</c>; null when there is none of that name. Never follows a link.</summary>
    /// <param name="path">Path below <c>data/</c>: no segment in it is empty, <c>.</c> or <c>..</c>.</param>
    Stream? OpenData(ReadOnlyMemory<byte> path);

    /// <summary>Opens a regular file by its path in the package, such as <see cref="ProofFile.Path"/>; null when there is none.</summary>
    Stream? OpenProof(string path);

    /// <summary>What an exception from opening or reading a stream says of the content; null when the content is not to blame.</summary>
    Finding? Judge(IOException problem);
}

/// <summary>What came of checking a proof.</summary>
/// <param name="Proof">The proof; null when it could not be read.</param>
/// <param name="Manifest">The manifest root in it.</param>
/// <param name="Record">The event record in it.</param>
/// <param name="Files">Number of files that were read and are as disclosed.</param>
/// <param name="Bytes">Their length in bytes.</param>
/// <param name="Findings">What is wrong, at most <see cref="ProofVerification.MaxFindings"/>; a remark when no key came from outside.</param>
public sealed record ProofReport(ProofFile? Proof, Manifest? Manifest, EventRecord? Record, long Files, long Bytes, IReadOnlyList<Finding> Findings)
{
    /// <summary>Whether everything was checked and nothing is wrong.</summary>
    public bool IsProven => Proof is not null && Findings.All(finding => finding.Severity != Severity.Error);
}
