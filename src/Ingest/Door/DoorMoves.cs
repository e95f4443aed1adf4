using Lantai.ArchivalStorage;
using Lantai.Inspection;
using Lantai.RecordsManagement;
using Lantai.Words;

namespace Lantai.Ingest;

/// <summary>Moves the cases of a batch along the arrows of the life cycle: all in one event where that can be, one by one where one of them is refused.</summary>
internal sealed class DoorMoves(CaseRegister cases, Actor actor)
{
    /// <summary>Tells of the cases that no notice told of: their packages say what their source system did not.</summary>
    public void Notify(IReadOnlyList<CaseAtDoor> batch)
    {
        foreach (var some in batch.Where(at => at.IsOpen && at.Case is null && at.Notice() is not null).GroupBy(at => at.Source))
        {
            var outcome = cases.Notify(some.Key, [.. some.Select(at => (at.Name, at.Notice()!))], actor);
            foreach (var at in some)
            {
                at.Case = cases.Find(at.Source, at.Number!);
                if (at.Case is null)
                {
                    at.NotTold = [.. outcome.Findings.Where(f => f.Severity == Severity.Error && (f.Subject == at.Name || f.Subject == at.Source || some.Count() == 1))];
                }
            }
        }
    }

    /// <summary>Brings each to be checked, from where it stands: also from where a crash left it.</summary>
    public void BeginChecking(IReadOnlyList<CaseAtDoor> batch)
    {
        // A run before was cut off before it was registered: it is inspected again, so that nobody gets one in by calling it passed.
        Move(batch.Where(at => Stands(at, CaseState.Passed)), CaseState.Checking, "taken up again 重新检测");

        // Another package of it is being checked, or waits: that one is sent back, and this one begins.
        Move(batch.Where(at => Stands(at, CaseState.Checking, CaseState.Manual) && at.Case!.Digest != at.Digest), CaseState.Returned, "another package in its place 另有信息包");
        Move(batch.Where(at => Stands(at, CaseState.Awaiting, CaseState.Returned)), CaseState.Collecting, "package received 收到归档信息包");
        Move(batch.Where(at => Stands(at, CaseState.Collecting)), CaseState.Checking, "inspection 四性检测", at => at.Digest);
    }

    /// <summary>Goes where the judgement leads those that may not pass.</summary>
    public void Conclude(IReadOnlyList<CaseAtDoor> batch)
    {
        Move(Those<DoorOutcome.Returned>(batch, CaseState.Returned).Where(at => at.Report.Outcome == InspectionOutcome.Failed), CaseState.Returned, "inspection failed 检测不合格");
        Move(Those<DoorOutcome.Returned>(batch, CaseState.Returned).Where(at => at.Report.Outcome != InspectionOutcome.Failed), CaseState.Returned, "not fit to be archived 不符合归档条件");
        Move(Those<DoorOutcome.Waiting>(batch, CaseState.Manual), CaseState.Manual, "open items 待人工");
        Move(Those<DoorOutcome.RefusedAsSecret>(batch, CaseState.RefusedAsSecret), CaseState.RefusedAsSecret, "article 15 涉密拒收");
    }

    /// <summary>Lets those pass that are kept.</summary>
    public void Pass(IReadOnlyList<CaseAtDoor> batch) => Move(batch.Where(at => Stands(at, CaseState.Checking, CaseState.Manual)), CaseState.Passed, "inspection passed 检测合格");

    /// <summary>Sends those back that were to pass and could not be kept or registered.</summary>
    public void GiveBack(IReadOnlyList<CaseAtDoor> batch) => Move(Those<DoorOutcome.Refused>(batch, CaseState.Returned), CaseState.Returned, "could not be registered 未能登记入库");

    /// <summary>Those of an outcome whose case can go there: an archived one stays what it is, whatever else is sent for it.</summary>
    private static IEnumerable<CaseAtDoor> Those<T>(IReadOnlyList<CaseAtDoor> batch, CaseState to)
        where T : DoorOutcome =>
        batch.Where(at => at.Outcome is T && at is { IsAddition: false, Case: { } c } && Lifecycle.Arrow(c.State, to) is not null);

    private static bool Stands(CaseAtDoor at, params ReadOnlySpan<CaseState> states) => at is { IsOpen: true, IsAddition: false, Case: { } c } && states.Contains(c.State);

    private void Move(IEnumerable<CaseAtDoor> which, CaseState to, string reason, Func<CaseAtDoor, Digest?>? digest = null)
    {
        List<CaseAtDoor> some = [.. which];
        if (some.Count == 0)
        {
            return;
        }

        if (cases.Move([.. some.Select(MoveOf)], to, reason, null, actor).IsRefused)
        {
            foreach (var at in some)
            {
                var alone = cases.Move([MoveOf(at)], to, reason, null, actor);
                if (alone.IsRefused && (at.Outcome is null or DoorOutcome.Returned or DoorOutcome.Waiting))
                {
                    at.Refuse(alone.Findings); // never in the place of a refusal, which stays what it is
                }
            }
        }

        some.ForEach(at => at.Case = cases.At(at.Case!.Place));

        CaseMove MoveOf(CaseAtDoor at) => new(at.Source, at.Number!, digest?.Invoke(at)) { Report = to == CaseState.Collecting || to == CaseState.Checking ? null : at.ReportNumber };
    }
}
