using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>A case that passed its inspection and is to be archived: registered in the agency's archive (登记入库).</summary>
/// <param name="Source">Source system.</param>
/// <param name="Number">Number of the case.</param>
/// <param name="Retention">The retention that its package declares (保管期限).</param>
/// <param name="ReferenceCode">The reference code that was assigned to it (档号).</param>
public sealed record CaseArchiving(string Source, string Number, RetentionPeriod Retention, string ReferenceCode)
{
    /// <summary>The electronic record code (电子文件号) that its package states; null when nobody said.</summary>
    public string? RecordCode { get; init; }

    /// <summary>Digest of its content as a whole; null when that was told before.</summary>
    public Digest? Digest { get; init; }

    /// <summary>Number of the schedule that its package names; null for the one in force.</summary>
    public string? Schedule { get; init; }

    /// <summary>Number or text of the approval by which it is kept longer than the schedule says; null for none.</summary>
    public string? Approval { get; init; }

    /// <summary>Where its paper lies, when law demands paper beside it (双套); null for nowhere.</summary>
    public string? PaperLocator { get; init; }
}

/// <summary>What a case was archived as.</summary>
/// <param name="Retention">How long it is kept.</param>
/// <param name="ReferenceCode">Its reference code.</param>
/// <param name="Schedule">Number of the schedule that it follows.</param>
/// <param name="Approval">By what it is kept longer than the schedule says; null when it is not.</param>
/// <param name="PaperLocator">Where its paper lies; null when there is none.</param>
public sealed record ArchivedAs(RetentionPeriod Retention, string ReferenceCode, string Schedule, string? Approval, string? PaperLocator)
{
    /// <summary>The electronic record code (电子文件号) of its package; null when nobody said.</summary>
    public string? RecordCode { get; init; }
}
