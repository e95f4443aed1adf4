using Lantai.Evidence;
using Lantai.Words;

namespace Lantai.Access;

/// <summary>What the archive says of an archived record that leaves as an evidence copy (凭证利用).</summary>
/// <remarks>Immutable. R4-3; spec/formats/certificate.md.</remarks>
public sealed record CertificateFacts
{
    /// <summary>The reference code (档号).</summary>
    public required string ReferenceCode { get; init; }

    /// <summary>Who keeps the record: the archive that issues the copy.</summary>
    public required string Archive { get; init; }

    /// <summary>Who issues the copy, as the archive's accounts name them.</summary>
    public required string IssuedBy { get; init; }

    /// <summary>The agency that archived it.</summary>
    public string? Agency { get; init; }

    /// <summary>The fonds (全宗号).</summary>
    public string? Fonds { get; init; }

    /// <summary>The electronic record code (电子文件号).</summary>
    public string? RecordCode { get; init; }

    /// <summary>The source system and the business serial number (业务流水号).</summary>
    public string? Case { get; init; }

    /// <summary>The title.</summary>
    public string? Title { get; init; }

    /// <summary>The code of its classification (密级), as its package says.</summary>
    public string? Classification { get; init; }

    /// <summary>The code of its retention period.</summary>
    public string? Retention { get; init; }

    /// <summary>The day of archiving, <c>yyyy-MM-dd</c> at UTC+08:00.</summary>
    public string? ArchivedOn { get; init; }

    /// <summary>For what the copy is given out; null when nobody was asked.</summary>
    public string? Reason { get; init; }
}

/// <summary>That a certificate goes into a package, and by whose keys it is signed.</summary>
/// <param name="Facts">What it says.</param>
/// <param name="Sign">Signs a text by the keys of the store.</param>
public sealed record CertificateOrder(CertificateFacts Facts, Func<string, SignedNote> Sign);
