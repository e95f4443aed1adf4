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

    /// <summary>What is kept of it; null when it was registered by hand.</summary>
    public HeldContent? Held { get; init; }

    /// <summary>Where its paper lies, when law demands paper beside it (双套); null for nowhere.</summary>
    public string? PaperLocator { get; init; }
}

/// <summary>Why a case has a further version of its content.</summary>
public enum ContentAct
{
    /// <summary>归档: it is the content that was archived.</summary>
    Archiving,

    /// <summary>补正: something was added, and all that was there is there unchanged.</summary>
    Supplement,

    /// <summary>变更: it was changed on a legal basis.</summary>
    Change,
}

/// <summary>What is kept of a case: a version of an AIP, and by which report it came in.</summary>
/// <param name="Aip">The AIP.</param>
/// <param name="Version">The version.</param>
/// <param name="Sequence">Sequence of the ingestion event.</param>
/// <param name="Report">Number of the report of the inspection.</param>
public sealed record HeldContent(Guid Aip, long Version, long Sequence, string Report);

/// <summary>A version of the content of an archived case. The first is what was archived; no version is ever replaced.</summary>
/// <param name="Package">Digest of the package that it came as.</param>
/// <param name="Held">What is kept of it.</param>
/// <param name="At">When it was registered.</param>
/// <param name="Act">Why it is there.</param>
/// <param name="Reason">The reason of a supplement or change; null for what was archived.</param>
public sealed record CaseVersion(Digest Package, HeldContent Held, DateTimeOffset At, ContentAct Act, string? Reason);

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
