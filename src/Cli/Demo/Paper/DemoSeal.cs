using System.Globalization;
using System.Text;

namespace Lantai.Cli.Demo.Paper;

/// <summary>The red seal of the demonstration: a ring with a star, as the seals of Chinese agencies are, and words that nobody can take for a real one.</summary>
internal static class DemoSeal
{
    public const string Words = "示例专用章";
    public const int X = 440;
    public const int Y = 190;

    private const int Radius = 60;
    private const double Handle = Radius * 0.5523; // the usual handle of a curve for a quarter of a circle

    /// <summary>Draws ring and star; from then on everything is red.</summary>
    public static void Draw(StringBuilder page)
    {
        _ = page.Append("0.8 0.1 0.1 rg 0.8 0.1 0.1 RG 3 w\n");
        Put(X + Radius, Y, "m");
        Curve(X + Radius, Y + Handle, X + Handle, Y + Radius, X, Y + Radius);
        Curve(X - Handle, Y + Radius, X - Radius, Y + Handle, X - Radius, Y);
        Curve(X - Radius, Y - Handle, X - Handle, Y - Radius, X, Y - Radius);
        Curve(X + Handle, Y - Radius, X + Radius, Y - Handle, X + Radius, Y);
        _ = page.Append("S\n");
        for (var i = 0; i < 10; i++)
        {
            var (radius, turn) = (i % 2 == 0 ? 22 : 8.4, (Math.PI / 2) + (i * Math.PI / 5));
            Put(X + (radius * Math.Cos(turn)), Y + 12 + (radius * Math.Sin(turn)), i == 0 ? "m" : "l");
        }

        _ = page.Append("f\n");

        void Put(double x, double y, string operation) => page.Append(CultureInfo.InvariantCulture, $"{x:0.#} {y:0.#} {operation}\n");
        void Curve(double x1, double y1, double x2, double y2, double x, double y) =>
            page.Append(CultureInfo.InvariantCulture, $"{x1:0.#} {y1:0.#} {x2:0.#} {y2:0.#} {x:0.#} {y:0.#} c\n");
    }
}
