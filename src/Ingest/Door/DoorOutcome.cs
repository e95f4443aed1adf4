using Lantai.ArchivalStorage;
using Lantai.Inspection;
using Lantai.Words;

namespace Lantai.Ingest;

/// <summary>What became of a package at the door.</summary>
/// <remarks>Immutable. A package of which nothing is kept leaves its report and nothing else.</remarks>
public abstract record DoorOutcome
{
    private DoorOutcome(DoorRequest request, InspectionReport? report, IReadOnlyList<Finding> findings) => (Request, Report, Findings) = (request, report, findings);

    /// <summary>The package.</summary>
    public DoorRequest Request { get; }

    /// <summary>The report of its inspection; null when it was refused without one, was archived before, or waited too long.</summary>
    public InspectionReport? Report { get; }

    /// <summary>What it rests on: the reasons of a refusal or return, remarks of what was archived.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>Whether not even the name of its file may be repeated: the name may be the secret.</summary>
    public bool IsUnnamed => this is RefusedAsSecret or Refused { Report: null };

    /// <summary>It is archived (登记入库): kept, registered, with a reference code.</summary>
    public sealed record Archived : DoorOutcome
    {
        internal Archived(DoorRequest request, InspectionReport report, CaseReceipt receipt, IReadOnlyList<Finding> findings)
            : base(request, report, findings) => Receipt = receipt;

        /// <summary>The receipt.</summary>
        public CaseReceipt Receipt { get; }
    }

    /// <summary>This very package was archived before: nothing was done.</summary>
    public sealed record AlreadyHeld : DoorOutcome
    {
        internal AlreadyHeld(DoorRequest request, CaseReceipt receipt)
            : base(request, null, []) => Receipt = receipt;

        /// <summary>The receipt that was given then.</summary>
        public CaseReceipt Receipt { get; }
    }

    /// <summary>A person must decide, or a check could not run. Nothing is kept in the archive; the package is held, encrypted, until that is done.</summary>
    public sealed record Waiting : DoorOutcome
    {
        internal Waiting(DoorRequest request, InspectionReport report, IReadOnlyList<Finding> findings)
            : base(request, report, findings)
        {
        }

        /// <summary>What is open.</summary>
        public IReadOnlyList<RuleResult> Open => [.. Report!.Results.Where(r => r.IsOpen)];

        /// <summary>How long it is held; null when it is not, which a finding explains.</summary>
        public WaitingStay? Stay { get; internal init; }
    }

    /// <summary>It was sent back (退回), item by item.</summary>
    public sealed record Returned : DoorOutcome
    {
        internal Returned(DoorRequest request, InspectionReport? report, IReadOnlyList<Finding> findings, DateOnly? due)
            : base(request, report, findings) => Due = due;

        /// <summary>The last day on which archiving it is in time; null when its day of completion is not known.</summary>
        public DateOnly? Due { get; }
    }

    /// <summary>A state secret is marked in it (article 15): the report holds rule and place.</summary>
    public sealed record RefusedAsSecret : DoorOutcome
    {
        internal RefusedAsSecret(DoorRequest request, InspectionReport report, IReadOnlyList<Finding> findings)
            : base(request, report, findings)
        {
        }
    }

    /// <summary>It cannot be taken, whatever its inspection says.</summary>
    public sealed record Refused : DoorOutcome
    {
        internal Refused(DoorRequest request, InspectionReport? report, IReadOnlyList<Finding> findings)
            : base(request, report, findings)
        {
        }
    }

    /// <summary>A dry run found nothing against archiving it. Nothing was kept, and nothing written.</summary>
    public sealed record WouldArchive : DoorOutcome
    {
        internal WouldArchive(DoorRequest request, InspectionReport report, IReadOnlyList<Finding> findings)
            : base(request, report, findings)
        {
        }
    }
}
