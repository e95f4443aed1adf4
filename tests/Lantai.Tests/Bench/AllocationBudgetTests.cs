using Lantai.Bench;

namespace Lantai.Tests.Bench;

/// <summary>What is done for every file, frame, entry or leaf may not begin to allocate unnoticed.</summary>
public sealed class AllocationBudgetTests
{
    [Fact]
    public void Every_primitive_stays_within_its_budget()
    {
        var budgets = AllocationBudgets.Read();
        using var operations = new Operations();

        Assert.Empty(operations.All.Select(o => AllocationBudgets.Judge(o, budgets, out _)).OfType<string>());
    }

    [Fact]
    public void Every_budget_has_its_operation()
    {
        string[] onlyWithLanes = ["digests in lanes, 20,000 of 200 B to 2 KiB", "digests in lanes, 2,000 of 4 to 80 KiB"];
        using var operations = new Operations();

        Assert.Empty(AllocationBudgets.Read().Keys.Except(operations.All.Select(o => o.Name)).Except(onlyWithLanes));
    }

    [Fact]
    public void An_operation_over_its_budget_and_one_without_are_told_of()
    {
        var budgets = new Dictionary<string, long> { ["greedy"] = 1000 };
        byte[]? kept = null;

        Assert.Contains("the budget is 1000", AllocationBudgets.Judge(new Operation("greedy", 0, () => kept = new byte[2000]), budgets, out var measured));
        Assert.Contains("no budget", AllocationBudgets.Judge(new Operation("new", 0, () => { }), budgets, out _));
        Assert.Null(AllocationBudgets.Judge(new Operation("greedy", 0, () => kept = new byte[900]), budgets, out _));
        Assert.InRange(measured, kept!.Length, 2100);
    }
}
