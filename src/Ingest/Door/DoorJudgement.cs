using Lantai.Inspection;
using Lantai.RecordsManagement;
using Lantai.Words;

namespace Lantai.Ingest;

/// <summary>Judges packages at the door by their reports and by what the register knows of their cases. It changes nothing but what it says.</summary>
/// <param name="registers">The registers: those of the store, or those of a kit.</param>
/// <param name="archived">Gives the files of a version that is archived, by their paths.</param>
/// <remarks>Made for one batch, since cases of a batch are judged against each other too. Not safe for concurrent use.</remarks>
internal sealed class DoorJudgement(DoorRegisters registers, Func<CaseVersion, IReadOnlyDictionary<string, Digest>> archived)
{
    private readonly HashSet<string> _records = new(StringComparer.Ordinal);

    /// <summary>Whether the case was at the door before: with this package, with another, or to be refused for ever.</summary>
    public void Recognise(CaseAtDoor at)
    {
        at.Case = at.Number is { } number ? registers.Find(at.Source, number) : null;
        at.Replaced = at.Case is { State: CaseState.Checking or CaseState.Manual, Digest: { } other } && other != at.Digest ? other : null;
        if (at.Facts is null)
        {
            return; // a secret: what else is known of the case does not matter
        }

        if (at.Case is not { } c)
        {
            if (at.Request.Declaration is not null)
            {
                at.Refuse(Finding.Error(DoorCodes.NothingToChange, at.Name));
            }

            return;
        }

        if (at.Digest is { } digest && c.Versions.FirstOrDefault(v => v.Package == digest) is { } held && CaseReceipt.Of(c, held) is { } receipt)
        {
            at.Outcome = new DoorOutcome.AlreadyHeld(at.Request, receipt);
        }
        else if (c.State == CaseState.RefusedAsSecret)
        {
            at.RefuseUnread(Finding.Error(DoorCodes.WasRefused, at.Name));
        }
        else if (Lifecycle.Of(c.State).Content is ContentRule.Fixed or ContentRule.Gone)
        {
            RecogniseAddition(at, c);
        }
        else if (at.Request.Declaration is not null)
        {
            at.Refuse(Finding.Error(DoorCodes.NothingToChange, at.Name));
        }
    }

    /// <summary>Gives each open one the outcome that its report and the register lead to; one that may pass stays open.</summary>
    public void Judge(CaseAtDoor at)
    {
        if (!at.IsOpen)
        {
            return;
        }

        if (at.Facts is null)
        {
            at.Outcome = new DoorOutcome.RefusedAsSecret(at.Request, at.Report, FindingsOf(at.Report, r => r.IsBlocking));
        }
        else if (at.Report.Outcome == InspectionOutcome.Failed)
        {
            Return(at, FindingsOf(at.Report, r => r.IsBlocking));
        }
        else if (at.Package is null || at.Number is null || at.Digest is null)
        {
            Return(at, [Finding.Error(DoorCodes.NoCase, at.Facts.Package.Name, ("profile", at.Facts.Package.Profile))]);
        }
        else if (at.Case is null)
        {
            Return(at, at.NotTold is { Count: > 0 } why ? why : [Finding.Error(DoorCodes.NoCase, at.Facts.Package.Name, ("profile", at.Facts.Package.Profile))]);
        }
        else if (at.Request.Announced is { } announced && announced != at.Number)
        {
            Return(at, [Finding.Error(DoorCodes.OtherCase, at.Name, ("expected", announced), ("found", at.Number))]);
        }
        else if (at.Report.Outcome == InspectionOutcome.Waiting)
        {
            at.Outcome = new DoorOutcome.Waiting(at.Request, at.Report, FindingsOf(at.Report, r => r.IsOpen));
        }
        else
        {
            JudgePassed(at);
        }
    }

    /// <summary>Says what would become of it: a case that no notice told of is judged by what its package says.</summary>
    public void JudgeDry(CaseAtDoor at)
    {
        if (at is { IsOpen: true, Facts: not null, Case: null } && at.Notice() is { } notice)
        {
            at.NotTold = [.. registers.MayNotify(at.Source, at.Name, notice).Where(f => f.Severity == Severity.Error)];
            at.Case = at.NotTold.Count > 0 ? null : new ServiceCase(0, Guid.Empty, at.Source, notice.Number, notice.Agency, notice.Item, notice.Completed, CaseState.Checking, at.Facts.Now) { Fonds = notice.Fonds };
        }

        Judge(at);
        at.Outcome ??= new DoorOutcome.WouldArchive(at.Request, at.Report, FindingsOf(at.Report, r => r.Verdict == RuleVerdict.Warning));
    }

    private void RecogniseAddition(CaseAtDoor at, ServiceCase c)
    {
        if (at.Request.Declaration is not { } declaration)
        {
            at.Refuse(OtherAccepted(at, c));
            return;
        }

        var findings = CaseRegister.MayAdd(c, declaration.Act, declaration.Reason, declaration.Basis).ToList();
        if (findings.Count == 0 && c.Versions.Count == 0)
        {
            findings.Add(Finding.Error(DoorCodes.NothingToChange, at.Name));
        }

        if (findings.Count == 0 && declaration.Act == ContentAct.Supplement)
        {
            findings.AddRange(SupplementRules.Check(at, archived(c.Versions[^1])));
        }

        at.IsAddition = true;
        if (findings.Count > 0)
        {
            at.Refuse(findings);
        }
    }

    /// <summary>Article 4, the schedule, and a reference code: what must hold before anything is kept.</summary>
    private void JudgePassed(CaseAtDoor at)
    {
        List<Finding> reasons = [.. CaseEvidenceAtDoor.Against(at)];
        if (!at.IsAddition)
        {
            reasons.AddRange(registers.MayArchive(at.Case!, at.Archiving).Where(f => f.Severity == Severity.Error && !reasons.Contains(f)));
            if (reasons.Count == 0 && at.Archiving.RecordCode is { } record && !_records.Add(record))
            {
                reasons.Add(CaseRegister.RecordCodeTaken(at.Case!, record)); // by one that passed before it in the batch
            }
        }

        if (reasons.Count > 0)
        {
            Return(at, reasons);
        }
        else if (!at.IsAddition)
        {
            CheckCode(at);
        }
    }

    /// <summary>That it can get its reference code: the one that it has, the one that somebody chose for it, or the next one of its rule.</summary>
    private void CheckCode(CaseAtDoor at)
    {
        var findings = new List<Finding>();
        var (stated, has) = (at.Request.ReferenceCode, registers.CodeOf(at.Case!));
        if (stated is not null && has is not null && stated != has)
        {
            at.Refuse(Finding.Error(DoorCodes.HasCode, at.Name, ("expected", has), ("found", stated)));
        }
        else if (registers.CodeRule(at.Case!.Fonds, at.Category) is not { } rule)
        {
            at.Refuse(Finding.Error(DoorCodes.NoCodeRule, at.Name, ("fonds", at.Case.Fonds ?? "-"), ("category", at.Category ?? "-")));
        }
        else if ((has ?? stated) is { } code)
        {
            findings.AddRange(registers.MayHaveCode(rule.Name, at.Case, at.Archiving with { ReferenceCode = code }));
            if (findings.Count > 0)
            {
                at.Refuse(findings);
            }
        }
        else if (rule.Compose(at.CodeFields(), 1, at.Name, findings) is null)
        {
            at.Refuse(findings);
        }
    }

    private void Return(CaseAtDoor at, IReadOnlyList<Finding> findings)
    {
        DateOnly? due = at.Case is { } c ? registers.Due(c) : null;
        at.Outcome = new DoorOutcome.Returned(at.Request, at.Report, findings, due);
    }

    private static Finding OtherAccepted(CaseAtDoor at, ServiceCase c) => Finding.Error(
        DoorCodes.OtherAccepted, at.Name, ("found", at.Digest?.ToString() ?? "-"), ("known", c.Digest?.ToString() ?? "-"), ("code", c.As?.ReferenceCode ?? "-"));

    private static List<Finding> FindingsOf(InspectionReport report, Func<RuleResult, bool> which) => [.. report.Results.Where(which).SelectMany(r => r.Answer.Findings).Distinct()];
}
