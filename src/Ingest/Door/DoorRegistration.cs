using Lantai.ArchivalStorage;
using Lantai.Inspection;
using Lantai.RecordsManagement;
using Lantai.Words;

namespace Lantai.Ingest;

/// <summary>Registers what is kept: a reference code for each, and the event by which it is archived. Until then it is not acknowledged.</summary>
internal sealed class DoorRegistration(RecordsOffice office, Actor actor)
{
    public void Register(IReadOnlyList<CaseAtDoor> batch)
    {
        List<CaseAtDoor> kept = [.. batch.Where(at => at is { IsOpen: true, Kept: not null })];
        AddContent([.. kept.Where(at => at.IsAddition)]);
        List<CaseAtDoor> first = [.. kept.Where(at => !at.IsAddition)];
        Number(first);
        Archive([.. first.Where(at => at.IsOpen)]);
        kept.ForEach(Acknowledge);
    }

    /// <summary>Gives each a reference code: the one that it got before a crash, the one that was stated, or the next one of its rule.</summary>
    private void Number(IReadOnlyList<CaseAtDoor> kept)
    {
        foreach (var at in kept)
        {
            at.Code = office.Codes.CurrentOf(at.Case!.Case);
        }

        foreach (var some in kept.Where(at => at.Code is null).GroupBy(at => (at.Case!.Fonds, at.Category)))
        {
            if (office.Codes.Rules.For(some.Key.Fonds, some.Key.Category) is not { } rule)
            {
                continue; // told where it was judged; a rule that went away since leaves it to the next run
            }

            List<CaseAtDoor> next = [];
            foreach (var at in some)
            {
                if (at.Request.ReferenceCode is { } stated)
                {
                    Take(at, office.Codes.Assign(rule.Name, stated, at.Case!.Case, actor));
                }
                else
                {
                    next.Add(at);
                }
            }

            Next(rule.Name, next);
        }
    }

    private void Next(string rule, List<CaseAtDoor> some)
    {
        var outcome = some.Count == 0 ? null : office.Codes.Next(rule, [.. some.Select(Request)], actor);
        for (var i = 0; i < some.Count; i++)
        {
            if (outcome!.IsRefused)
            {
                Take(some[i], office.Codes.Next(rule, [Request(some[i])], actor));
            }
            else
            {
                some[i].Code = outcome.Codes[i];
            }
        }

        static CodeRequest Request(CaseAtDoor at) => new(at.CodeFields(), at.Case!.Case);
    }

    private static void Take(CaseAtDoor at, CodeOutcome outcome)
    {
        if (outcome.IsRefused)
        {
            at.Refuse(outcome.Findings);
        }
        else
        {
            at.Code = outcome.Codes[0];
        }
    }

    private void Archive(IReadOnlyList<CaseAtDoor> kept)
    {
        const string Reason = "archived 归档";
        if (kept.Count == 0 || !office.Cases.Archive([.. kept.Select(at => at.Archiving)], Reason, actor).IsRefused)
        {
            return;
        }

        foreach (var at in kept)
        {
            var alone = office.Cases.Archive([at.Archiving], Reason, actor);
            if (alone.IsRefused)
            {
                at.Refuse(alone.Findings);
            }
        }
    }

    private void AddContent(IReadOnlyList<CaseAtDoor> kept)
    {
        if (kept.Count == 0 || !office.Cases.AddContent([.. kept.Select(Addition)], actor).IsRefused)
        {
            return;
        }

        foreach (var at in kept)
        {
            var alone = office.Cases.AddContent([Addition(at)], actor);
            if (alone.IsRefused)
            {
                at.Refuse(alone.Findings);
            }
        }

        static CaseAddition Addition(CaseAtDoor at) =>
            new(at.Source, at.Number!, at.Request.Declaration!.Act, at.Request.Declaration.Reason, at.Digest!.Value, at.Held) { Basis = at.Request.Declaration.Basis };
    }

    private void Acknowledge(CaseAtDoor at)
    {
        if (!at.IsOpen)
        {
            return;
        }

        var remarks = at.Sealed!.Report.Results.Where(r => r.Verdict == RuleVerdict.Warning).SelectMany(r => r.Answer.Findings).Distinct().ToList();
        at.Case = office.Cases.At(at.Case!.Place);
        var version = at.Case!.Versions.Last(v => v.Package == at.Digest); // the decision was taken, so it is there
        at.Outcome = new DoorOutcome.Archived(at.Request, at.Sealed!.Report, CaseReceipt.Of(at.Case, version)!, remarks);
    }
}
