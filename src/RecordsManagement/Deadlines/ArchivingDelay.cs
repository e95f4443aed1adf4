namespace Lantai.RecordsManagement;

/// <summary>How long it took from completion to archiving.</summary>
/// <param name="Source">Code of the source system; empty for all together.</param>
/// <param name="Cases">How many cases.</param>
/// <param name="Median">Half of them took no longer.</param>
/// <param name="P95">95 of 100 took no longer.</param>
/// <remarks>R9-10 of the requirements. Both are the delay of a case that there is (nearest rank), to the second.</remarks>
public sealed record ArchivingDelay(string Source, long Cases, TimeSpan Median, TimeSpan P95)
{
    /// <summary>Of at least one delay, in seconds; the list is put in order.</summary>
    internal static ArchivingDelay Of(string source, List<int> seconds)
    {
        seconds.Sort();
        return new ArchivingDelay(source, seconds.Count, Rank(seconds, 50), Rank(seconds, 95));
    }

    private static TimeSpan Rank(List<int> sorted, int percent) =>
        TimeSpan.FromSeconds(sorted[Math.Max(0, (int)((((long)sorted.Count * percent) + 99) / 100) - 1)]);
}
