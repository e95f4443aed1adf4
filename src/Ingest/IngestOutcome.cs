using Lantai.Words;

namespace Lantai.Ingest;

/// <summary>What became of a submission.</summary>
public abstract record IngestOutcome
{
    private IngestOutcome(string source, string submissionId, string name, IReadOnlyList<Finding> findings)
    {
        Source = source;
        SubmissionId = submissionId;
        Name = name;
        Findings = findings;
    }

    /// <summary>Who submitted.</summary>
    public string Source { get; }

    /// <summary>Its id within the source.</summary>
    public string SubmissionId { get; }

    /// <summary>Name of the folder or file.</summary>
    public string Name { get; }

    /// <summary>What was found: warnings when it was kept, at least one error when it was refused.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>It is kept; what was acknowledged is on disk.</summary>
    public sealed record Kept : IngestOutcome
    {
        internal Kept(string source, string submissionId, string name, IReadOnlyList<Finding> findings, Guid aip, long version, long sequence, long files, long bytes, bool wasHeld)
            : base(source, submissionId, name, findings) =>
            (Aip, Version, Sequence, Files, Bytes, WasHeld) = (aip, version, sequence, files, bytes, wasHeld);

        /// <summary>AIP id.</summary>
        public Guid Aip { get; }

        /// <summary>AIP version.</summary>
        public long Version { get; }

        /// <summary>Sequence of the ingestion event.</summary>
        public long Sequence { get; }

        /// <summary>Number of files.</summary>
        public long Files { get; }

        /// <summary>Sum of their lengths in bytes.</summary>
        public long Bytes { get; }

        /// <summary>Whether this very submission was kept before: nothing was stored, the earlier event counts.</summary>
        public bool WasHeld { get; }
    }

    /// <summary>It was refused and nothing of it was kept but the refusal.</summary>
    public sealed record Refused : IngestOutcome
    {
        internal Refused(string source, string submissionId, string name, IReadOnlyList<Finding> findings, long? sequence)
            : base(source, submissionId, name, findings) => Sequence = sequence;

        /// <summary>Sequence of the refusal event; null when none was written, as under a records profile, where no name of what was not inspected is written down.</summary>
        public long? Sequence { get; }
    }
}
