using Lantai.Evidence.Certificates;
using Lantai.Inspection;
using Lantai.RecordsManagement;
using Lantai.Words;

namespace Lantai.Ingest;

/// <summary>Whether a case may be archived in electronic form alone (单套归档), judged by what its inspection observed.</summary>
/// <remarks>国办发〔2023〕26号, article 4; R4-1. Pure.</remarks>
internal static class CaseEvidenceAtDoor
{
    // The groups of DA/T 70-2018 that speak of content, of structure, and of context with its metadata.
    private static readonly string[] Content = ["1-3", "2-3", "3-2"];
    private static readonly string[] Structure = ["1-4", "1-5", "2-1", "2-4", "3-4"];
    private static readonly string[] Context = ["1-1", "1-2", "2-2", "3-1"];

    /// <summary>Why it may not be archived so; nothing when it may, or when its paper is kept beside it.</summary>
    public static IReadOnlyList<Finding> Against(CaseAtDoor at)
    {
        var eligibility = SingleSetEligibility.Of(at.Name, Of(at));
        return eligibility.IsEligible || !string.IsNullOrWhiteSpace(at.Request.PaperLocator) ? [] : eligibility.Findings;
    }

    public static CaseEvidence Of(CaseAtDoor at)
    {
        var facts = at.Facts!;
        return new CaseEvidence
        {
            SourceFindings = facts.Terms?.Source,
            HasValidSignature = Signature(facts.Package),
            IsChannelAuthenticated = facts.Channel.IsAuthenticated,
            RequiredSteps = facts.Terms?.Item?.Steps,
            Steps = facts.Package.Case is { } package
                ? [.. package.Steps.Select(s => new CaseStep(s.Code("step_code") ?? "", s["step_person"] is { Length: > 0 }, s.Time("step_end") ?? s.Time("step_start")))]
                : null,
            AreOperationsLogged = true, // every act of this store is an event of its ledger, this one among them
            IsContentSound = Sound(at.Report, Content),
            IsStructureSound = Sound(at.Report, Structure),
            IsContextSound = Sound(at.Report, Context),
            PaperCitation = facts.Terms?.Item?.PaperCitation,
            PaperLocator = at.Request.PaperLocator,
        };
    }

    private static bool? Signature(InspectedPackage package) =>
        package.Signatures.Any(s => s.Verdict == EvidenceVerdict.Wrong) ? false
        : package.Signatures.Any(s => s.Verdict is EvidenceVerdict.Valid or EvidenceVerdict.ValidAtTime) ? true
        : null;

    /// <summary>Whether the rules of some groups let it pass; null when one of them is open, or none was asked.</summary>
    private static bool? Sound(InspectionReport report, string[] groups)
    {
        var results = report.Results.Where(r => groups.Contains(r.Rule.Group)).ToList();
        return results.Any(r => r.IsBlocking) ? false
            : results.Count == 0 || results.Any(r => r.IsOpen) ? null
            : true;
    }
}
