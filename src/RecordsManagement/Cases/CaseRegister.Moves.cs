using Lantai.ArchivalStorage;
using Lantai.DataManagement;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>A case that is to move.</summary>
/// <param name="Source">Source system.</param>
/// <param name="Number">Number of the case.</param>
/// <param name="Digest">Digest of its content as a whole (its package or manifest, never one file) after the move; null when that was told before, or there is none.</param>
public sealed record CaseMove(string Source, string Number, Digest? Digest = null)
{
    /// <summary>Number of the report of the inspection that it follows from; null for none.</summary>
    public string? Report { get; init; }
}

/// <content>Moves along the arrows of the life cycle, and legal holds.</content>
public sealed partial class CaseRegister
{
    /// <summary>Moves cases along an arrow: all of them, or none.</summary>
    /// <param name="moves">At most <see cref="Most"/>.</param>
    /// <param name="to">Where to.</param>
    /// <param name="reason">Why.</param>
    /// <param name="basis">Its legal basis; null when none is given.</param>
    /// <param name="actor">Who acts. Who may is asked where accounts have roles.</param>
    /// <remarks>
    /// The time of a move is that of its event: nobody can state another, so a late archiving is never repaired by a date. A case
    /// that passed is registered by <see cref="Archive"/>.
    /// </remarks>
    /// <exception cref="ArgumentException">There are none, or too many.</exception>
    public DecisionOutcome Move(IReadOnlyList<CaseMove> moves, CaseState to, string reason, string? basis, Actor actor) => Move(moves, to, reason, basis, actor, isLawful: true);

    /// <summary>As the other; with <paramref name="isLawful"/> false nothing but the life cycle is asked, also on arrows that have an act of their own.</summary>
    internal DecisionOutcome Move(IReadOnlyList<CaseMove> moves, CaseState to, string reason, string? basis, Actor actor, bool isLawful)
    {
        ArgumentOutOfRangeException.ThrowIfZero(moves.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(moves.Count, Most);
        return _journal.Decide(
            views =>
            {
                var findings = new List<Finding>();
                var moved = new List<MovedCase>();
                var places = new HashSet<long>();
                Guid? only = null;
                Add(findings, NoticeRules.Reason("", reason));
                foreach (var move in moves)
                {
                    if (Known(views, move.Source, move.Number, findings) is not { } c)
                    {
                        continue;
                    }

                    if (!places.Add(c.Place))
                    {
                        findings.Add(Finding.Error(CaseCodes.Twice, c.Name));
                        continue;
                    }

                    findings.AddRange(MoveRules.Check(views, c, to, move.Digest));
                    if (isLawful && (ActOf(c.State, to) ?? (to == CaseState.Passed && _journal.HasRecordsProfile && move.Report is null ? CaseCodes.ByHand : null)) is { } act)
                    {
                        findings.Add(Finding.Error(act, c.Name));
                    }

                    moved.Add(new MovedCase(c.Place, c.State, c.Digest, move.Digest ?? c.Digest) { Report = move.Report });
                    only = moves.Count == 1 ? c.Case : null;
                }

                return findings.Any(f => f.Severity == Severity.Error)
                    ? Decision.Only(findings)
                    : new Decision(findings, [CaseBodies.Moved(to, reason, moved, basis, only)]);
            },
            actor);
    }

    /// <summary>Why a mere move must not go along an arrow that has an act of its own: the state would say what nobody did.</summary>
    private static string? ActOf(CaseState from, CaseState to) => (from, to) switch
    {
        (CaseState.Passed, CaseState.Registered) => CaseCodes.NotArchived,
        (_, CaseState.Destroyed) => CaseCodes.NotDestroyed,
        _ => null,
    };

    /// <summary>Archives cases that passed (归档, 登记入库): all of them, or none.</summary>
    /// <param name="cases">At most <see cref="Most"/>.</param>
    /// <param name="reason">Why.</param>
    /// <param name="actor">Who acts.</param>
    /// <remarks>
    /// Each follows the schedule of its agency in force today, has the retention that it sets or a longer one with an approval, and
    /// a reference code that was assigned, is in use and names no other case.
    /// </remarks>
    /// <exception cref="ArgumentException">There are none, or too many.</exception>
    public DecisionOutcome Archive(IReadOnlyList<CaseArchiving> cases, string reason, Actor actor)
    {
        ArgumentOutOfRangeException.ThrowIfZero(cases.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cases.Count, Most);
        return _journal.Decide(
            views =>
            {
                var findings = new List<Finding>();
                var moved = new List<MovedCase>();
                var places = new HashSet<long>();
                var taken = new TakenCodes(views, code => _journal.FirstWith(ArchivingRules.Register, code) is not null);
                Guid? only = null;
                var day = LegalTime.DayOf(_journal.Time.GetUtcNow());
                Add(findings, NoticeRules.Reason("", reason));
                foreach (var archiving in cases)
                {
                    if (Known(views, archiving.Source, archiving.Number, findings) is not { } c)
                    {
                        continue;
                    }

                    if (!places.Add(c.Place))
                    {
                        findings.Add(Finding.Error(CaseCodes.Twice, c.Name));
                        continue;
                    }

                    findings.AddRange(MoveRules.Check(views, c, CaseState.Registered, archiving.Digest));
                    if (archiving.Held is null && _journal.HasRecordsProfile)
                    {
                        findings.Add(Finding.Error(CaseCodes.ByHand, c.Name));
                    }

                    var (wrong, archived) = ArchivingRules.Check(views, c, archiving, day, taken, code => _codes.Parse(code, null, []));
                    findings.AddRange(wrong);
                    moved.Add(new MovedCase(c.Place, c.State, c.Digest, archiving.Digest ?? c.Digest) { As = archived, Held = archiving.Held });
                    only = cases.Count == 1 ? c.Case : null;
                }

                return findings.Any(f => f.Severity == Severity.Error)
                    ? Decision.Only(findings)
                    : new Decision(findings, [CaseBodies.Moved(CaseState.Registered, reason, moved, null, only)]);
            },
            actor);
    }

    /// <summary>That another case which is archived with it has its electronic record code.</summary>
    public static Finding RecordCodeTaken(ServiceCase c, string code)
    {
        ArgumentNullException.ThrowIfNull(c);
        return Finding.Error(CaseCodes.RecordTaken, c.Name, ("code", Entry.Shown(code)));
    }

    /// <summary>
    /// What would forbid that a case gets a reference code: its form, that it was used, and what it says of the case. Of the code that the
    /// case has already, what it says of the case alone.
    /// </summary>
    /// <param name="rule">Name of the rule that it follows.</param>
    /// <param name="c">The case.</param>
    /// <param name="archiving">What its package says, with the code.</param>
    public IReadOnlyList<Finding> MayHaveCode(string rule, ServiceCase c, CaseArchiving archiving)
    {
        ArgumentNullException.ThrowIfNull(c);
        ArgumentNullException.ThrowIfNull(archiving);
        if (_codes.Find(archiving.ReferenceCode) is { State: CodeState.Current } known && known.Thing == c.Case.ToString("D"))
        {
            return [.. ArchivingRules.CheckSegments(c, archiving, _codes.Parse(archiving.ReferenceCode, null, []))];
        }

        var (parts, findings) = _codes.MayAssign(rule, archiving.ReferenceCode, c.Case);
        return [.. findings, .. ArchivingRules.CheckSegments(c, archiving, parts)];
    }

    /// <summary>Places a legal hold (法律保留) on a case: until it is lifted, the case is neither destroyed nor prepared for it.</summary>
    /// <param name="source">Source system.</param>
    /// <param name="number">Number of the case.</param>
    /// <param name="reason">Why.</param>
    /// <param name="basis">Its legal basis; null when none is given.</param>
    /// <param name="actor">Who acts.</param>
    /// <param name="hold">The hold's id, for lifting it; null when it was refused.</param>
    public DecisionOutcome PlaceHold(string source, string number, string reason, string? basis, Actor actor, out Guid? hold)
    {
        var id = Guid.NewGuid();
        var outcome = _journal.Decide(
            views =>
            {
                var findings = new List<Finding>();
                if (Known(views, source, number, findings) is not { } c)
                {
                    return Decision.Only(findings);
                }

                Add(findings, NoticeRules.Reason(c.Name, reason));
                if (Lifecycle.Of(c.State).Content == ContentRule.Gone)
                {
                    findings.Add(MoveRules.Undeclared(c, "hold"));
                }

                return findings.Count > 0 ? Decision.Only(findings) : Decision.Of(HoldEntries.Place(c, id, reason, basis));
            },
            actor);
        hold = outcome.IsRefused ? null : id;
        return outcome;
    }

    /// <summary>Lifts a hold.</summary>
    /// <param name="hold">Its id.</param>
    /// <param name="reason">Why.</param>
    /// <param name="actor">Who acts.</param>
    public DecisionOutcome LiftHold(Guid hold, string reason, Actor actor) => _journal.Decide(
        views =>
        {
            var findings = new List<Finding>();
            Add(findings, NoticeRules.Reason(hold.ToString("D"), reason));
            if (HoldEntries.Find(views, hold) is not { Lifted: null } held)
            {
                findings.Add(Finding.Error(CaseCodes.NoHold, hold.ToString("D")));
                return Decision.Only(findings);
            }

            return findings.Count > 0 ? Decision.Only(findings) : Decision.Of(HoldEntries.Lift(held, reason));
        },
        actor);
}
