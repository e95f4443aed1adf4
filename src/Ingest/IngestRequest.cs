using System.Globalization;
using Lantai.ArchivalStorage;
using Lantai.Characterization;
using Lantai.InformationPackages;

namespace Lantai.Ingest;

/// <summary>How long a submission is kept, as decided before it enters.</summary>
/// <param name="Code">Retention code: <c>Y</c> (for ever), <c>D30</c> or <c>D10</c> (years).</param>
/// <param name="Completed">The day on which the case was completed.</param>
public sealed record RetentionDecision(string Code, DateOnly Completed)
{
    /// <summary>The retention group that packs are kept apart by.</summary>
    public string Group => string.Create(CultureInfo.InvariantCulture, $"{Code}-{Completed.Year:D4}");

    /// <summary>Reads a code and a date <c>yyyy-MM-dd</c>; false when either is not one.</summary>
    public static bool TryParse(string code, string completed, out RetentionDecision? decision)
    {
        decision = code is "Y" or "D30" or "D10" && DateOnly.TryParseExact(completed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? new RetentionDecision(code, day)
            : null;
        return decision is not null;
    }
}

/// <summary>A submission that asks to be kept.</summary>
/// <param name="Submission">Where it lies and in what form.</param>
/// <param name="Source">Who submits; <c>local</c> unless said.</param>
/// <param name="Id">Its id within the source; null takes the one that the submission itself names.</param>
/// <param name="Retention">How long it is kept; null while that is not decided.</param>
public sealed record IngestRequest(SubmissionSource Submission, string Source = "local", string? Id = null, RetentionDecision? Retention = null)
{
    /// <summary>Submissions that are read at the same time, to compute digests with; null for this one alone.</summary>
    public DigestGroup? Together { get; init; }

    /// <summary>Whether entries hold the SM3 of their content, also in a store that does not ask for it.</summary>
    public bool WithSm3 { get; init; }

    /// <summary>How the files are looked at; null when they are not.</summary>
    public CharacterizationPlan? Characterization { get; init; }

    /// <summary>The leave to come in, which the door of a store with a records profile gives; null for none.</summary>
    public Admission? Admission { get; init; }

    /// <summary>The retention group.</summary>
    public string Group => Retention?.Group ?? Vault.UnscheduledGroup;
}

/// <summary>How far an ingest has come.</summary>
/// <param name="Files">Files read.</param>
/// <param name="Bytes">Bytes read.</param>
/// <param name="TotalFiles">Files in the submission.</param>
/// <param name="TotalBytes">Bytes in the submission.</param>
/// <param name="Current">The file that is being read.</param>
public sealed record IngestProgress(long Files, long Bytes, long TotalFiles, long TotalBytes, string Current);
