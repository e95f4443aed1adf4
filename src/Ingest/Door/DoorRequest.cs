using Lantai.Inspection;
using Lantai.RecordsManagement;

namespace Lantai.Ingest;

/// <summary>That a package is a further version of an archived case, said by whoever sends it.</summary>
/// <param name="Act">Supplement (补正) or change (变更).</param>
/// <param name="Reason">Why.</param>
/// <param name="Basis">The legal basis; a change has one.</param>
public sealed record ContentDeclaration(ContentAct Act, string Reason, string? Basis = null);

/// <summary>A package that asks to be archived as a case.</summary>
/// <param name="Submitted">The package, and how it came.</param>
/// <remarks>Immutable.</remarks>
public sealed record DoorRequest(SubmittedPackage Submitted)
{
    /// <summary>The number under which its sender announced it; null when only the package says. Known even when the package may not be read.</summary>
    public string? Announced { get; init; }

    /// <summary>That it is a supplement to, or a change of, what is archived; null for neither.</summary>
    public ContentDeclaration? Declaration { get; init; }

    /// <summary>Where its paper lies (双套); null for nowhere.</summary>
    public string? PaperLocator { get; init; }

    /// <summary>Approval of a longer retention; null for none.</summary>
    public string? Approval { get; init; }

    /// <summary>Number of the schedule that it names; null for the one in force.</summary>
    public string? Schedule { get; init; }

    /// <summary>The reference code (档号) that it shall get; null for the next one of the rule for its fonds and category.</summary>
    public string? ReferenceCode { get; init; }

    /// <summary>Who presented it, when it is let out of the waiting room; null when whoever acts does. It stays theirs: the reviewer who lets it out did not run its inspection.</summary>
    internal string? Presenter { get; init; }

    /// <summary>The package as it is inspected: that it is a further version, and by which approval, belongs to how it came.</summary>
    internal SubmittedPackage Declared =>
        Submitted with { Channel = Submitted.Channel with { IsFurtherVersion = Declaration is not null, Approval = Approval ?? Submitted.Channel.Approval } };
}

/// <summary>The receipt of an archived case (归档回执): the same whenever the same package is presented again.</summary>
/// <param name="Source">Source system.</param>
/// <param name="Number">Business serial number (业务流水号).</param>
/// <param name="RecordCode">Electronic record code (电子文件号); null when the package states none.</param>
/// <param name="ReferenceCode">Reference code (档号).</param>
/// <param name="Package">SHA-256 of the package as a whole.</param>
/// <param name="At">When it was registered.</param>
/// <param name="Report">Number of the report by which it came in.</param>
/// <param name="Aip">The AIP.</param>
/// <param name="Version">Its version.</param>
/// <param name="Sequence">Sequence of the ingestion event, for the proof.</param>
/// <remarks>Immutable. R6-2, R6-3.</remarks>
public sealed record CaseReceipt(
    string Source, string Number, string? RecordCode, string ReferenceCode, Words.Digest Package, DateTimeOffset At, string Report, Guid Aip, long Version, long Sequence)
{
    /// <summary>The receipt of a version of an archived case; null when it was registered by hand.</summary>
    /// <param name="c">The case.</param>
    /// <param name="version">One of its versions; null for the newest.</param>
    public static CaseReceipt? Of(ServiceCase c, CaseVersion? version = null)
    {
        ArgumentNullException.ThrowIfNull(c);
        version ??= c.Versions.Count > 0 ? c.Versions[^1] : null;
        return version is null || c is not { Number: { } number, As: { } archived }
            ? null
            : new CaseReceipt(
                c.Source, number, archived.RecordCode, archived.ReferenceCode, version.Package, version.At, version.Held.Report,
                version.Held.Aip, version.Held.Version, version.Held.Sequence);
    }
}
