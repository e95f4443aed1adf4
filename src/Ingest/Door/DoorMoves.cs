using Lantai.ArchivalStorage;
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
        // Another package of it is being checked, or waits: that one is sent back, and this one begins.
        Move(batch.Where(at => Stands(at, CaseState.Checking, CaseState.Manual) && at.Case!.Digest != at.Digest), CaseState.Returned, "another package in its place 另有信息包");
        Move(batch.Where(at => Stands(at, CaseState.Awaiting, CaseState.Returned)), CaseState.Collecting, "package received 收到归档信息包");
        Move(batch.Where(at => Stands(at, CaseState.Collecting)), CaseState.Checking, "inspection 四性检测", at => at.Digest);
    }

    /// <summary>Goes where the judgement leads.</summary>
    public void Conclude(IReadOnlyList<CaseAtDoor> batch)
    {
        Conclude<DoorOutcome.Returned>(batch, CaseState.Returned, "inspection failed 检测不合格");
        Conclude<DoorOutcome.Waiting>(batch, CaseState.Manual, "open items 待人工");
        Conclude<DoorOutcome.RefusedAsSecret>(batch, CaseState.RefusedAsSecret, "article 15 涉密拒收");
        Move(batch.Where(at => Stands(at, CaseState.Checking, CaseState.Manual)), CaseState.Passed, "inspection passed 检测合格");
    }

    private void Conclude<T>(IReadOnlyList<CaseAtDoor> batch, CaseState to, string reason)
        where T : DoorOutcome =>
        Move(batch.Where(at => at.Outcome is T && at is { IsAddition: false, Case: { } c } && c.State != to), to, reason);

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
                if (alone.IsRefused)
                {
                    at.Refuse(alone.Findings);
                }
            }
        }

        some.ForEach(at => at.Case = cases.At(at.Case!.Place));

        CaseMove MoveOf(CaseAtDoor at) => new(at.Source, at.Number!, digest?.Invoke(at)) { Report = to == CaseState.Collecting || to == CaseState.Checking ? null : at.ReportNumber };
    }
}
