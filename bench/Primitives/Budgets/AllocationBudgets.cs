using System.Globalization;

namespace Lantai.Bench;

/// <summary>
/// What an operation may allocate. Bytes on the heap are the same on a slow and on a fast machine, so that they can be judged;
/// times are printed and never judged.
/// </summary>
internal static class AllocationBudgets
{
    private const int Rounds = 3;

    /// <summary>The table: name, tab, bytes for each run.</summary>
    public static IReadOnlyDictionary<string, long> Read()
    {
        using var reader = new StreamReader(typeof(AllocationBudgets).Assembly.GetManifestResourceStream("budgets.tsv")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Split('\t'))
            .ToDictionary(cells => cells[0], cells => long.Parse(cells[1], CultureInfo.InvariantCulture));
    }

    /// <summary>Bytes that a run allocates on the calling thread: the least of some rounds, since a pool may be filled in one of them.</summary>
    public static double Measure(Operation operation)
    {
        var runs = (int)Math.Clamp((8L << 20) / Math.Max(1, operation.Bytes), 1, 200);
        for (var i = 0; i < runs; i++)
        {
            operation.Run();
        }

        var least = double.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < runs; i++)
            {
                operation.Run();
            }

            least = Math.Min(least, (GC.GetAllocatedBytesForCurrentThread() - before) / (double)runs);
        }

        return least;
    }

    /// <summary>Why an operation does not pass; null when it does.</summary>
    public static string? Judge(Operation operation, IReadOnlyDictionary<string, long> budgets, out double measured)
    {
        measured = Measure(operation);
        return !budgets.TryGetValue(operation.Name, out var budget)
            ? $"{operation.Name}: no budget"
            : measured > budget ? string.Create(CultureInfo.InvariantCulture, $"{operation.Name}: {measured:F0} bytes, the budget is {budget}") : null;
    }
}
