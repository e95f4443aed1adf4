namespace Lantai.ArchivalStorage;

/// <summary>What an index consists of at one moment, beside the table that is being filled: tables and runs, the oldest first.</summary>
/// <remarks>Immutable. Whoever looks up holds the list, and so its runs' files and its tables, until the look-up has ended.</remarks>
internal sealed class RunList
{
    private int _holders = 1;

    public RunList(IReadOnlyList<EntryTable> tables, IReadOnlyList<RunFile> runs)
    {
        (Tables, Runs) = (tables, runs);
        foreach (var table in tables)
        {
            table.Hold();
        }

        foreach (var run in runs)
        {
            run.Hold();
        }
    }

    public IReadOnlyList<EntryTable> Tables { get; }

    public IReadOnlyList<RunFile> Runs { get; }

    /// <summary>Only while somebody holds it.</summary>
    public void Hold() => Interlocked.Increment(ref _holders);

    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            foreach (var table in Tables)
            {
                table.Release();
            }

            foreach (var run in Runs)
            {
                run.Release();
            }
        }
    }
}
