using System.Text;

namespace Lantai.Characterization.TextLayers;

/// <summary>
/// Puts text that is drawn at places together into lines, from top to bottom and left to right. Letters that are drawn one
/// by one make a line, letters under one another a column, and letters that climb or fall a line of their own.
/// </summary>
/// <remarks>For one page. Not safe for concurrent use. Widths are estimated: a Chinese letter is as wide as it is high, others half.</remarks>
internal sealed class PlacedLines
{
    private const int MostRuns = 200_000;
    private const int MostLetters = 16 << 20;

    private readonly List<PlacedRun> _runs = [];
    private readonly List<string> _beside = [];
    private int _letters;

    /// <summary>Whether there is no text.</summary>
    public bool IsEmpty => _runs.Count == 0;

    /// <summary>Whether there was more than is taken.</summary>
    public bool IsFull { get; private set; }

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
        if (!string.IsNullOrWhiteSpace(text))
        {
            if (HasRoom(text))
            {
                // A place that is none is nowhere, and its text is read all the same.
                _runs.Add(new PlacedRun(double.IsFinite(x) ? x : 0, double.IsFinite(y) ? y : 0, double.IsFinite(end) ? end : 0, size, text, _runs.Count));
            }
        }

        return end;
    }

    /// <summary>Adds a text that stands at no place.</summary>
    public void Add(string text)
    {
        if (!string.IsNullOrWhiteSpace(text) && HasRoom(text))
        {
            _beside.Add(text);
        }
    }

    /// <summary>About how wide a text is.</summary>
    public static double WidthOf(string text, double size)
    {
        var halves = 0L;
        foreach (var letter in text)
        {
            halves += letter > 0xFF ? 2 : 1;
        }

        return halves * size / 2;
    }

    /// <summary>The lines with their heights, then the columns, the slanted lines, and what stands at no place.</summary>
    public IEnumerable<(string Text, double Y)> Lines()
    {
        List<PlacedRun> sorted = [.. _runs.OrderByDescending(r => r.Y).ThenBy(r => r.X)];
        var singles = new List<PlacedRun>();
        for (var from = 0; from < sorted.Count;)
        {
            var to = from + 1;
            while (to < sorted.Count && sorted[from].Y - sorted[to].Y <= Reach(sorted[from].Size, sorted[to].Size))
            {
                to++;
            }

            var line = sorted[from..to];
            line.Sort((a, b) => a.X.CompareTo(b.X));
            singles.AddRange(line.Where(r => r.Text.Trim().Length == 1));
            yield return (Join(line), sorted[from].Y);

            // Letters that were put between those of a word later, perhaps unseen, part it: as it was drawn it is whole.
            if (line.Zip(line.Skip(1), (a, b) => a.Order > b.Order).Any(o => o))
            {
                yield return (string.Concat(line.OrderBy(r => r.Order).Select(r => r.Text)), sorted[from].Y);
            }

            from = to;
        }

        foreach (var column in PlacedChains.Columns(singles).Concat(PlacedChains.Slanted(_runs)).Concat(_beside.Select(t => (t, 0.0))))
        {
            yield return column;
        }
    }

    private bool HasRoom(string text)
    {
        IsFull |= _runs.Count + _beside.Count >= MostRuns || _letters > MostLetters - text.Length;
        _letters += IsFull ? 0 : text.Length;
        return !IsFull;
    }

    // A large letter behind the lines does not make them one.
    private static double Reach(double one, double other) => 0.4 * (Math.Max(one, other) > 2 * Math.Min(one, other) ? Math.Min(one, other) : Math.Max(one, other));

    private static string Join(List<PlacedRun> line)
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
}

/// <summary>A text and where it is drawn.</summary>
/// <param name="X">Where it begins, to the right.</param>
/// <param name="Y">Its line, upwards.</param>
/// <param name="End">Where it ends, to the right.</param>
/// <param name="Size">The height of its letters.</param>
/// <param name="Text">The text.</param>
/// <param name="Order">How many were drawn before it.</param>
internal readonly record struct PlacedRun(double X, double Y, double End, double Size, string Text, int Order);
