using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>Whether a case may be archived in electronic form alone, with a reason for each condition that it does not meet.</summary>
/// <param name="IsSourceReliable">来源可靠.</param>
/// <param name="IsProcedureSound">程序规范.</param>
/// <param name="AreElementsComplete">要素合规.</param>
/// <param name="Findings">The reasons, all of them; ARC-020 when paper is demanded and nobody says where it lies.</param>
/// <remarks>国办发〔2023〕26号, article 4; R4-1 and R4-2 of the requirements. Immutable, safe for concurrent use.</remarks>
public sealed record SingleSetEligibility(bool IsSourceReliable, bool IsProcedureSound, bool AreElementsComplete, IReadOnlyList<Finding> Findings)
{
    /// <summary>Whether all three conditions hold. Where paper is demanded, it is kept beside it (双套), so this alone is no permission.</summary>
    public bool MeetsConditions => IsSourceReliable && IsProcedureSound && AreElementsComplete;

    /// <summary>Whether it may be archived in electronic form alone.</summary>
    public bool IsEligible { get; private init; }

    /// <summary>Judges a case by its evidence.</summary>
    /// <param name="subject">How findings call the case.</param>
    /// <param name="evidence">What is known of it.</param>
    public static SingleSetEligibility Of(string subject, CaseEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        var source = Source(subject, evidence).ToList();
        var procedure = Procedure(subject, evidence).ToList();
        var elements = Elements(subject, evidence).ToList();
        var paper = evidence.PaperCitation is not null && string.IsNullOrWhiteSpace(evidence.PaperLocator)
            ? [Finding.Error("ARC-020", subject, ("citation", evidence.PaperCitation))]
            : Array.Empty<Finding>();
        return new SingleSetEligibility(source.Count == 0, procedure.Count == 0, elements.Count == 0, [.. source, .. procedure, .. elements, .. paper])
        {
            IsEligible = source.Count + procedure.Count + elements.Count == 0 && evidence.PaperCitation is null,
        };
    }

    private static IEnumerable<Finding> Source(string subject, CaseEvidence evidence)
    {
        if (evidence.SourceFindings is null)
        {
            yield return Reason("CAS-030", subject, "register");
        }

        foreach (var finding in (evidence.SourceFindings ?? []).Where(f => f.Severity == Severity.Error))
        {
            yield return finding;
        }

        // A signature that was verified and is bad is never made good by the channel.
        if (evidence.HasValidSignature == false)
        {
            yield return Reason("CAS-030", subject, "signature");
        }
        else if (evidence.HasValidSignature is null && evidence.IsChannelAuthenticated != true)
        {
            yield return Reason("CAS-030", subject, "origin");
        }
    }

    private static IEnumerable<Finding> Procedure(string subject, CaseEvidence evidence)
    {
        if (evidence.Steps is not { Count: > 0 } steps)
        {
            yield return Reason("CAS-031", subject, "nosteps");
            steps = [];
        }

        if (evidence.RequiredSteps is null)
        {
            yield return Reason("CAS-031", subject, "nodemand");
        }

        foreach (var missing in (evidence.RequiredSteps ?? []).Except(steps.Select(s => s.Code)))
        {
            yield return Reason("CAS-031", subject, "missing", missing);
        }

        foreach (var step in steps)
        {
            if (!step.HasOperator)
            {
                yield return Reason("CAS-031", subject, "operator", step.Code);
            }

            if (step.Time is null)
            {
                yield return Reason("CAS-031", subject, "time", step.Code);
            }
        }

        if (evidence.AreOperationsLogged != true)
        {
            yield return Reason("CAS-031", subject, "log");
        }
    }

    private static IEnumerable<Finding> Elements(string subject, CaseEvidence evidence)
    {
        foreach (var (name, isSound) in new[] { ("content", evidence.IsContentSound), ("structure", evidence.IsStructureSound), ("context", evidence.IsContextSound) })
        {
            if (isSound != true)
            {
                yield return Finding.Error("CAS-032", subject, ("element", name), ("verdict", isSound is null ? "notjudged" : "failed"));
            }
        }
    }

    private static Finding Reason(string code, string subject, string why, string step = "") => Finding.Error(code, subject, ("condition", why), ("step", step));
}
