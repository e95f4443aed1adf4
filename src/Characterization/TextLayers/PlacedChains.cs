using System.Text;

namespace Lantai.Characterization.TextLayers;

/// <summary>Joins letters that stand beside no other in a line: under one another, or one after another across the page.</summary>
/// <remarks>What a chain ends with is looked for among a bounded number of others, so that the time grows with the letters alone.</remarks>
internal static class PlacedChains
{
    private const int MostEnds = 64;
    private const int MostShort = 2;
    private const int MostNext = 8;
    private const double Apart = 3;
    private const double Beside = 0.5;
    private const double Level = 0.3;

    /// <summary>Letters under one another: each goes on with the nearest below it, however the places are rounded.</summary>
    /// <param name="singles">Letters by themselves, from top to bottom.</param>
    public static IEnumerable<(string Text, double Y)> Columns(List<PlacedRun> singles)
    {
        var width = singles.Count == 0 ? 1 : singles.Max(r => r.Size);
        var ends = new Dictionary<long, List<Column>>();
        foreach (var run in singles)
        {
            var place = (long)Math.Clamp(run.X / width, -1e15, 1e15);
            var column = Nearest(ends, place, run);
            if (column is null)
            {
                column = new Column();
            }
            else
            {
                _ = ends[column.Place].Remove(column);
            }

            (column.Last, column.Place) = (run, place);
            column.Runs.Add(run);
            if (!ends.TryGetValue(place, out var here))
            {
                ends[place] = here = [];
            }

            if (here.Count >= MostEnds)
            {
                if (here[0].Text is { } oldest)
                {
                    yield return (oldest, here[0].Runs[0].Y);
                }

                here.RemoveAt(0);
            }

            here.Add(column);
        }

        foreach (var column in ends.Values.SelectMany(c => c))
        {
            if (column.Text is { } text)
            {
                yield return (text, column.Runs[0].Y);
            }
        }
    }

    /// <summary>Letters that follow one another upwards or downwards across the page, as they are drawn and from left to right.</summary>
    public static IEnumerable<(string Text, double Y)> Slanted(List<PlacedRun> runs)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        return Chains(runs).Concat(Chains([.. runs.Where(r => r.Text.Length <= MostShort).OrderBy(r => r.X)])).Where(c => told.Add(c.Text));
    }

    private static IEnumerable<(string Text, double Y)> Chains(List<PlacedRun> runs)
    {
        for (var from = 0; from < runs.Count;)
        {
            var (to, isSlanted) = (from + 1, false);
            while (to < runs.Count && Follows(runs[to - 1], runs[to]))
            {
                isSlanted |= Math.Abs(runs[to].Y - runs[to - 1].Y) > 0.4 * runs[to].Size;
                to++;
            }

            if (isSlanted)
            {
                yield return (string.Concat(runs[from..to].Select(r => r.Text)), runs[from].Y);
            }

            from = to;
        }
    }

    private static bool Follows(PlacedRun one, PlacedRun next)
    {
        var (across, up) = (next.X - one.X, next.Y - one.Y);
        var reach = (Apart + one.Text.Length) * Math.Max(one.Size, next.Size);
        return one.Text.Length <= MostShort && next.Text.Length <= MostNext && (across * across) + (up * up) <= reach * reach;
    }

    private static Column? Nearest(Dictionary<long, List<Column>> ends, long place, PlacedRun run)
    {
        Column? best = null;
        for (var near = place - 1; near <= place + 1; near++)
        {
            if (!ends.TryGetValue(near, out var columns))
            {
                continue;
            }

            foreach (var column in columns)
            {
                var (aside, above) = (Math.Abs(column.Last.X - run.X), column.Last.Y - run.Y);
                if (aside <= run.Size * Beside && above > run.Size * Level && above <= run.Size * Apart && (best is null || aside < Math.Abs(best.Last.X - run.X)))
                {
                    best = column;
                }
            }
        }

        return best;
    }

    private sealed class Column
    {
        public List<PlacedRun> Runs { get; } = [];

        public PlacedRun Last { get; set; }

        public long Place { get; set; }

        public string? Text => Runs.Count < 2 ? null : Runs.Aggregate(new StringBuilder(Runs.Count), (text, run) => text.Append(run.Text.Trim())).ToString();
    }
}
