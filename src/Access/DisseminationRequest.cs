using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Access;

/// <summary>The form of a dissemination package.</summary>
public enum DisseminationForm
{
    /// <summary>A folder with <c>data/</c> and <c>proof/</c>.</summary>
    Folder,

    /// <summary>A zip file with <c>data/</c> and <c>proof/</c>.</summary>
    Zip,

    /// <summary>A BagIt 1.0 bag: a folder whose payload is <c>data/</c>, with <c>proof/</c> as tag files.</summary>
    Bag,
}

/// <summary>What is asked to leave the archive.</summary>
/// <param name="Manifest">Digest of the version's manifest root, as its ingestion records it.</param>
/// <param name="Evidence">What shows that ingestion to be in the ledger.</param>
/// <param name="Origin">The log's name.</param>
/// <param name="Form">The form of the package.</param>
/// <param name="Patterns">
/// Which entries, by their shown path: <c>*</c> is any text within a segment, <c>?</c> one character of it, <c>**</c> any
/// text; a pattern that ends in <c>/</c> means all below that folder. Several add up; none means all.
/// </param>
/// <param name="OutPath">Where the package is to lie; nothing may be there yet, the folder above must be.</param>
public sealed record DisseminationRequest(
    Digest Manifest, LedgerEvidence Evidence, string Origin, DisseminationForm Form, IReadOnlyList<string> Patterns, string OutPath)
{
    /// <summary>The certificate that makes it an evidence copy; null for none.</summary>
    public CertificateOrder? Certificate { get; init; }
}

/// <summary>What came of a dissemination.</summary>
/// <param name="Path">The package; null when none was made, and then nothing lies there.</param>
/// <param name="Scope">Whether the package holds all entries of the version.</param>
/// <param name="Aip">AIP id; null when the manifest could not be read.</param>
/// <param name="Version">AIP version; 0 when the manifest could not be read.</param>
/// <param name="Files">Number of files in it.</param>
/// <param name="Folders">Number of empty folders in it.</param>
/// <param name="Bytes">Length of its files.</param>
/// <param name="Findings">Why none was made, or what is worth knowing.</param>
public sealed record DisseminationOutcome(
    string? Path, ProofScope Scope, Guid? Aip, long Version, long Files, long Folders, long Bytes, IReadOnlyList<Finding> Findings)
{
    /// <summary>Whether the package was made.</summary>
    public bool IsMade => Path is not null;

    /// <summary>The verification code of its certificate; null when it has none.</summary>
    public string? CertificateCode { get; init; }
}

/// <summary>The codes of what Access finds; each stands in <c>spec/codes/access.md</c>.</summary>
internal static class AccessCodes
{
    public const string TargetExists = "DIP-001";
    public const string NothingChosen = "DIP-002";
    public const string PatternUnmatched = "DIP-003";
    public const string NoSpace = "DIP-004";
    public const string NoParent = "DIP-005";
    public const string NoPackage = "DIP-006";
    public const string ContentDiffers = "DIP-007";
    public const string NamesReplaced = "DIP-008";
    public const string NameTwice = "DIP-009";
    public const string NotRestored = "DIP-010";
    public const string Unreadable = "DIP-011";
    public const string CertificateForm = "DIP-012";
    public const string CertificateSignature = "DIP-013";
    public const string CertificateDiffers = "DIP-014";
    public const string CertificateOfOther = "DIP-015";
}
