using Lantai.Words;

namespace Lantai.DataManagement;

/// <summary>What has become of the detail of an AIP's last ingestion.</summary>
public enum DetailState
{
    /// <summary>It is there and matches.</summary>
    Present,

    /// <summary>It was destroyed, and an event says so: what it named is gone, the rest stays.</summary>
    Erased,

    /// <summary>It is missing or damaged without such an event.</summary>
    Damaged,
}

/// <summary>One AIP as the catalogue lists it.</summary>
/// <param name="Id">Place in the catalogue, from 1, in order of first ingestion.</param>
/// <param name="Aip">AIP id.</param>
/// <param name="Source">Who submitted it; empty when its details are gone.</param>
/// <param name="Submission">The submission's id within its source; empty when its details are gone.</param>
/// <param name="Name">Name of what was submitted.</param>
/// <param name="Form">Form of the last submission, such as <c>folder</c>.</param>
/// <param name="Retention">Retention code, or null while unscheduled.</param>
/// <param name="Completed">Completion date, <c>yyyy-MM-dd</c>, or null.</param>
/// <param name="Version">The latest version.</param>
/// <param name="Versions">Number of versions.</param>
/// <param name="Manifest">Digest of the latest version's manifest root.</param>
/// <param name="Bytes">Sum of the lengths of the latest version's files.</param>
/// <param name="Files">Number of the latest version's files.</param>
/// <param name="FirstTime">Time of the first ingestion.</param>
/// <param name="LastTime">Time of the last ingestion.</param>
/// <param name="Sequence">Sequence of the last ingestion.</param>
/// <param name="Detail">State of the last ingestion's detail.</param>
public sealed record AipEntry(
    long Id, Guid Aip, string Source, string Submission, string Name, string Form, string? Retention, string? Completed,
    long Version, long Versions, Digest Manifest, long Bytes, long Files, DateTimeOffset FirstTime, DateTimeOffset LastTime,
    long Sequence, DetailState Detail);

/// <summary>One version of an AIP.</summary>
/// <param name="Aip">AIP id.</param>
/// <param name="Version">Version, from 1.</param>
/// <param name="Sequence">Sequence of its ingestion.</param>
/// <param name="Manifest">Digest of its manifest root.</param>
/// <param name="Time">Time of its ingestion.</param>
/// <param name="Bytes">Sum of the lengths of its files.</param>
/// <param name="Files">Number of its files.</param>
public sealed record AipVersion(Guid Aip, long Version, long Sequence, Digest Manifest, DateTimeOffset Time, long Bytes, long Files);

/// <summary>An ingestion whose record is missing or damaged, so that the catalogue cannot list what it kept.</summary>
/// <param name="Sequence">Sequence of the event.</param>
/// <param name="Subject">The leaf's subject: the AIP id.</param>
/// <param name="Codes">Codes of what was found.</param>
public sealed record UnreadableIngestion(long Sequence, string Subject, IReadOnlyList<string> Codes);

/// <summary>What the whole catalogue holds.</summary>
/// <param name="Aips">AIPs.</param>
/// <param name="Versions">Versions of all AIPs.</param>
/// <param name="Bytes">Sum of the lengths of the files of all latest versions.</param>
/// <param name="Files">Number of the files of all latest versions.</param>
/// <param name="Unreadable">Ingestions that could not be listed.</param>
public sealed record CatalogueTotals(long Aips, long Versions, long Bytes, long Files, long Unreadable);

/// <summary>Answer to a search for one AIP.</summary>
public abstract record AipSearch
{
    private AipSearch()
    {
    }

    /// <summary>Exactly one AIP fits.</summary>
    /// <param name="Entry">The AIP.</param>
    public sealed record Found(AipEntry Entry) : AipSearch;

    /// <summary>Several fit.</summary>
    /// <param name="Some">The first few of them.</param>
    public sealed record Ambiguous(IReadOnlyList<AipEntry> Some) : AipSearch;

    /// <summary>None fits.</summary>
    public sealed record NotFound : AipSearch;
}
