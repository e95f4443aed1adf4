using System.Text;

namespace Lantai.Characterization.TextLayers;

/// <summary>
/// Puts text that is drawn at places together into lines, from top to bottom and left to right. Letters that are drawn one
/// by one make a line, and letters under one another a column.
/// </summary>
/// <remarks>For one page. Not safe for concurrent use. Widths are estimated: a Chinese letter is as wide as it is high, others half.</remarks>
internal sealed class PlacedLines
{
    private const int MostRuns = 200_000;

    private readonly List<Run> _runs = [];

    /// <summary>Whether there is no text.</summary>
    public bool IsEmpty => _runs.Count == 0;

    /// <summary>Whether there was more than is taken.</summary>
    public bool IsFull => _runs.Count >= MostRuns;

    /// <summary>Adds a text.</summary>
    /// <param name="x">Where it begins, to the right.</param>
    /// <param name="y">Its line, upwards.</param>
    /// <param name="size">The height of its letters in the same unit.</param>
    /// <param name="text">The text.</param>
    /// <returns>Where it ends, about.</returns>
    public double Add(double x, double y, double size, string text)
    {
        size = double.IsFinite(size) && size > 0 ? size : 1;
        var end = x + WidthOf(text, size);
        if (!string.IsNullOrWhiteSpace(text) && double.IsFinite(x) && double.IsFinite(y) && _runs.Count < MostRuns)
        {
            _runs.Add(new Run(x, y, end, size, text));
        }

        return end;
    }

    /// <summary>About how wide a text is.</summary>
    public static double WidthOf(string text, double size) => text.Sum(c => c > 0xFF ? size : size / 2);

    /// <summary>The lines with their heights, then the columns.</summary>
    public IEnumerable<(string Text, double Y)> Lines()
    {
        List<Run> sorted = [.. _runs.OrderByDescending(r => r.Y).ThenBy(r => r.X)];
        var singles = new List<Run>();
        for (var from = 0; from < sorted.Count;)
        {
            var to = from + 1;
            while (to < sorted.Count && sorted[from].Y - sorted[to].Y <= Math.Max(sorted[from].Size, sorted[to].Size) * 0.4)
            {
                to++;
            }

            var line = sorted[from..to];
            line.Sort((a, b) => a.X.CompareTo(b.X));
            singles.AddRange(line.Where(r => r.Text.Trim().Length == 1));
            yield return (Join(line), sorted[from].Y);
            from = to;
        }

        foreach (var column in Columns(singles))
        {
            yield return column;
        }
    }

    private static string Join(List<Run> line)
    {
        var text = new StringBuilder(line[0].Text);
        var last = line[0];
        foreach (var run in line.Skip(1))
        {
            // Bold letters are often made by drawing them twice.
            if (run.Text == last.Text && run.X - last.X < run.Size * 0.3)
            {
                continue;
            }

            var gap = run.X - last.End;
            _ = text.Append(gap > run.Size * 2.5 ? "\t" : gap > run.Size * 0.3 ? " " : "").Append(run.Text);
            last = run;
        }

        return text.ToString();
    }

    private static IEnumerable<(string Text, double Y)> Columns(List<Run> singles)
    {
        foreach (var column in singles.GroupBy(r => Math.Round(r.X / r.Size)).Where(c => c.Count() > 1))
        {
            var (text, first, last) = (new StringBuilder(), column.First().Y, double.NaN);
            foreach (var run in column)
            {
                if (last - run.Y > run.Size * 3 && text.Length > 0)
                {
                    yield return (text.ToString(), first);
                    (first, _) = (run.Y, text.Clear());
                }

                _ = text.Append(run.Text.Trim());
                last = run.Y;
            }

            if (text.Length > 1)
            {
                yield return (text.ToString(), first);
            }
        }
    }

    private readonly record struct Run(double X, double Y, double End, double Size, string Text);
}
