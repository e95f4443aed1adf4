using System.Globalization;
using System.Text;

namespace Lantai.Cli.Demo.Paper;

/// <summary>The letters of the demonstration's papers, drawn with a round pen: <c>strokes.txt</c> beside this file has them.</summary>
/// <remarks>Immutable once read; safe for concurrent use.</remarks>
internal sealed class DemoStrokes
{
    /// <summary>The side of the square of a Chinese letter, in units of the font; a letter of the West is half as wide.</summary>
    public const int Square = 100;

    /// <summary>How far the square reaches below the line on which letters stand.</summary>
    public const int Below = 12;

    private const string Resource = "demo/strokes.txt";
    private const double Grid = 99;

    private static readonly Lazy<DemoStrokes> Only = new(() => new DemoStrokes());

    private readonly Dictionary<char, List<Stroke>> _letters = [];

    private DemoStrokes()
    {
        using var reader = new StreamReader(typeof(DemoStrokes).Assembly.GetManifestResourceStream(Resource)!);
        while (reader.ReadLine() is { } line)
        {
            if (line is not ("" or ['#', ..]))
            {
                _letters.Add(line[0], [.. line[2..].Split(' ').SelectMany(Strokes)]);
            }
        }
    }

    /// <summary>The letters.</summary>
    public static DemoStrokes Shared => Only.Value;

    /// <summary>Whether a letter is drawn; a blank always is.</summary>
    public bool Has(char letter) => letter == ' ' || _letters.ContainsKey(letter);

    /// <summary>How far a letter moves the pen.</summary>
    public static int Width(char letter) => letter < '\u2000' ? Square / 2 : Square;

    /// <summary>The strokes of a letter as path operators of PDF, on a line at height 0.</summary>
    /// <exception cref="ArgumentException">The letter is not drawn.</exception>
    public string Path(char letter)
    {
        var path = new StringBuilder();
        if (letter == ' ')
        {
            return "";
        }

        if (!_letters.TryGetValue(letter, out var strokes))
        {
            throw new ArgumentException($"The letter U+{(int)letter:X4} is not drawn.", nameof(letter));
        }

        // A Chinese letter keeps some distance to its neighbours on all sides, a letter of the West only to left and right.
        var isWide = Width(letter) == Square;
        var box = isWide ? (X0: 6.0, Y0: 6.0, X1: 94.0, Y1: 94.0) : (4, 0, 46, Grid);
        strokes.ForEach(s => s.In(box).Draw(path));
        return path.Append('S').ToString();
    }

    private IEnumerable<Stroke> Strokes(string text)
    {
        if (text.Length > 1 && text[1] == '@')
        {
            var box = (Two(text, 2), Two(text, 4), Two(text, 6), Two(text, 8));
            return _letters[text[0]].Select(s => s.In(box));
        }

        List<(double X, double Y, bool IsSoft)> points = [];
        for (var i = 0; i < text.Length; i += 5)
        {
            points.Add((Two(text, i), Two(text, i + 2), i > 0 && text[i - 1] == '~'));
        }

        return [new Stroke(points)];
    }

    private static double Two(string text, int at) => int.Parse(text.AsSpan(at, 2), NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>One pull of the pen; a point says whether it is reached softly.</summary>
    private sealed record Stroke(IReadOnlyList<(double X, double Y, bool IsSoft)> Points)
    {
        public Stroke In((double X0, double Y0, double X1, double Y1) box) =>
            new([.. Points.Select(p => (box.X0 + (p.X * (box.X1 - box.X0) / Grid), box.Y0 + (p.Y * (box.Y1 - box.Y0) / Grid), p.IsSoft))]);

        /// <summary>Soft points lie on a curve whose direction at a point is that from the one before to the one after (Catmull-Rom).</summary>
        public void Draw(StringBuilder path)
        {
            Put(path, Points[0].X, Points[0].Y, 'm');
            for (var i = 1; i < Points.Count; i++)
            {
                var (from, to) = (Points[i - 1], Points[i]);
                if (!to.IsSoft)
                {
                    Put(path, to.X, to.Y, 'l');
                    continue;
                }

                var before = i > 1 && from.IsSoft ? Points[i - 2] : from;
                var after = i + 1 < Points.Count && Points[i + 1].IsSoft ? Points[i + 1] : to;
                Put(path, from.X + ((to.X - before.X) / 6), from.Y + ((to.Y - before.Y) / 6));
                Put(path, to.X - ((after.X - from.X) / 6), to.Y - ((after.Y - from.Y) / 6));
                Put(path, to.X, to.Y, 'c');
            }
        }

        private static void Put(StringBuilder path, double x, double y, char? operation = null)
        {
            _ = path.Append(CultureInfo.InvariantCulture, $"{x:0.#} {Square - Below - y:0.#} ");
            if (operation is { } letter)
            {
                _ = path.Append(letter).Append(' ');
            }
        }
    }
}
