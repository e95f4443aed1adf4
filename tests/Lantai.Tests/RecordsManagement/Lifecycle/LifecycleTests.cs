using Lantai.RecordsManagement;

namespace Lantai.Tests.RecordsManagement;

public sealed class LifecycleTests
{
    public static TheoryData<CaseState> States => [.. Enum.GetValues<CaseState>()];

    [Fact]
    public void Every_state_stands_in_the_table_at_its_place_with_a_code_of_its_own()
    {
        Assert.Equal(Enum.GetValues<CaseState>(), Lifecycle.States.Select(s => s.State));
        Assert.Equal(Lifecycle.States.Count, Lifecycle.States.Select(s => s.Code).Distinct().Count());
        Assert.All(Lifecycle.States, s => Assert.Equal(s.State, Lifecycle.Find(s.Code)));
        Assert.Null(Lifecycle.Find("Registered"));
        Assert.Null(Lifecycle.Find(null));
    }

    [Fact]
    public void The_drawn_arrows_are_those_of_the_drawing()
    {
        (CaseState, CaseState)[] drawing =
        [
            (CaseState.Awaiting, CaseState.Collecting), (CaseState.Collecting, CaseState.Checking),
            (CaseState.Checking, CaseState.Returned), (CaseState.Checking, CaseState.Manual), (CaseState.Checking, CaseState.Passed),
            (CaseState.Passed, CaseState.Registered), (CaseState.Registered, CaseState.TransferDue), (CaseState.TransferDue, CaseState.Transferring),
            (CaseState.Transferring, CaseState.TransferReturned), (CaseState.Transferring, CaseState.HallAccepted), (CaseState.HallAccepted, CaseState.InHall),
            (CaseState.InHall, CaseState.Appraising), (CaseState.Appraising, CaseState.Extended), (CaseState.Appraising, CaseState.DestructionDue),
            (CaseState.DestructionDue, CaseState.Destroyed),
        ];

        Assert.Equal(drawing.Order(), Lifecycle.Arrows.Where(a => a.Ground == "drawing").Select(a => (a.From, a.To)).Order());
    }

    [Fact]
    public void Every_other_arrow_names_the_requirement_that_asks_for_it_and_none_stands_twice()
    {
        Assert.All(Lifecycle.Arrows.Where(a => a.Ground != "drawing"), a => Assert.Matches(@"^R\d+-\d+(, R\d+-\d+)*$", a.Ground));
        Assert.Equal(Lifecycle.Arrows.Count, Lifecycle.Arrows.Select(a => (a.From, a.To)).Distinct().Count());
        Assert.All(Lifecycle.Arrows, a => Assert.NotEqual(a.From, a.To));
        Assert.All([CaseState.Destroyed, CaseState.RefusedAsSecret], s => Assert.Empty(Lifecycle.From(s)));
    }

    /// <summary>A case is brought to each state by declared arrows, and from there every other state is tried.</summary>
    [Theory]
    [MemberData(nameof(States))]
    public void From_each_state_exactly_the_declared_arrows_pass(CaseState from)
    {
        using var office = new TestOffice();
        var way = WayTo(from);
        foreach (var to in Enum.GetValues<CaseState>())
        {
            var number = "N" + to;
            Assert.Equal(1, office.Tell(CaseSketch.Notice(number)).Taken);
            office.Lead(number, way);
            var size = office.Vault.Ledger.Size;

            var outcome = office.Move(number, to, from == CaseState.Collecting ? CaseSketch.Content("first") : null);

            var declared = Lifecycle.Arrow(from, to) is { } arrow && (arrow.Custody ?? office.Case(number).Custody) == office.Case(number).Custody;
            Assert.Equal(declared, !outcome.IsRefused);
            Assert.Equal(declared ? to : from, office.Case(number).State);
            Assert.Equal(declared ? size + 1 : size, office.Vault.Ledger.Size);
            if (Lifecycle.Arrow(from, to) is null)
            {
                var refusal = Assert.Single(outcome.Findings, f => f.Code == CaseCodes.Undeclared);
                Assert.Equal(Lifecycle.Of(from).Label, refusal.Arguments.Single(a => a.Key == "from").Value);
                Assert.Equal(Lifecycle.Of(to).Label, refusal.Arguments.Single(a => a.Key == "to").Value);
                Assert.All(Lifecycle.From(from), a => Assert.Contains(Lifecycle.Of(a.To).Label, refusal.Arguments.Single(x => x.Key == "allowed").Value, StringComparison.Ordinal));
            }
        }
    }

    [Theory]
    [InlineData(CaseState.Registered)]
    [InlineData(CaseState.InHall)]
    public void What_is_kept_on_goes_back_to_whoever_keeps_it(CaseState custody)
    {
        using var office = new TestOffice();
        _ = office.Tell(CaseSketch.Notice("1"));
        office.Lead("1", [.. WayTo(custody), CaseState.Appraising, CaseState.Extended]);

        var other = custody == CaseState.InHall ? CaseState.Registered : CaseState.InHall;
        Assert.Equal(CaseCodes.Custody, Assert.Single(office.Move("1", other).Findings).Code);
        Assert.False(office.Move("1", custody).IsRefused);
    }

    /// <summary>The shortest way of declared arrows from completion on, over arrows that are for everybody.</summary>
    private static CaseState[] WayTo(CaseState state)
    {
        var ways = new Dictionary<CaseState, CaseState[]> { [CaseState.Awaiting] = [] };
        var queue = new Queue<CaseState>([CaseState.Awaiting]);
        while (queue.TryDequeue(out var at))
        {
            foreach (var arrow in Lifecycle.From(at).Where(a => a.Custody is null && !ways.ContainsKey(a.To)))
            {
                ways.Add(arrow.To, [.. ways[at], arrow.To]);
                queue.Enqueue(arrow.To);
            }
        }

        return ways[state];
    }
}
