namespace Lantai.Cli.Demo;

/// <summary>A drawing of 8-bit red, green and blue samples, row by row from the top left, for the invented scans.</summary>
internal sealed class DemoPicture
{
    private readonly byte[] _samples;

    public DemoPicture(int width, int height, DemoColour paper)
    {
        Width = width;
        Height = height;
        _samples = new byte[width * height * 3];
        Box(0, 0, width, height, paper);
    }

    public int Width { get; }

    public int Height { get; }

    public ReadOnlySpan<byte> Row(int y) => _samples.AsSpan(y * Width * 3, Width * 3);

    public void Dot(int x, int y, DemoColour colour)
    {
        if (x >= 0 && x < Width && y >= 0 && y < Height)
        {
            var at = ((y * Width) + x) * 3;
            _samples[at] = colour.Red;
            _samples[at + 1] = colour.Green;
            _samples[at + 2] = colour.Blue;
        }
    }

    public void Box(int left, int top, int width, int height, DemoColour colour)
    {
        for (var y = top; y < top + height; y++)
        {
            for (var x = left; x < left + width; x++)
            {
                Dot(x, y, colour);
            }
        }
    }

    public void Disc(int centreX, int centreY, int outer, int inner, DemoColour colour)
    {
        for (var y = -outer; y <= outer; y++)
        {
            for (var x = -outer; x <= outer; x++)
            {
                var square = (x * x) + (y * y);
                if (square <= outer * outer && square >= inner * inner)
                {
                    Dot(centreX + x, centreY + y, colour);
                }
            }
        }
    }

    public void Line(int fromX, int fromY, int toX, int toY, int pen, DemoColour colour)
    {
        var steps = Math.Max(1, Math.Max(Math.Abs(toX - fromX), Math.Abs(toY - fromY)));
        for (var i = 0; i <= steps; i++)
        {
            Box(fromX + ((toX - fromX) * i / steps), fromY + ((toY - fromY) * i / steps), pen, pen, colour);
        }
    }

    /// <summary>Writes capitals and figures in 5 × 7 cells of <paramref name="scale"/> pixels; other letters stay blank.</summary>
    public void Text(int left, int top, int scale, string text, DemoColour colour)
    {
        foreach (var letter in text)
        {
            var rows = DemoLetters.Rows(letter);
            for (var row = 0; row < rows.Length; row++)
            {
                for (var column = 0; column < 5; column++)
                {
                    if ((rows[row] & (0x10 >> column)) != 0)
                    {
                        Box(left + (column * scale), top + (row * scale), scale, scale, colour);
                    }
                }
            }

            left += 6 * scale;
        }
    }

    /// <summary>
    /// Adds the grain of a scanner: each sample moves by at most <paramref name="depth"/> steps, from a fixed seed,
    /// so that the picture is the same in every run and yet hardly compresses.
    /// </summary>
    public void Grain(uint seed, int depth)
    {
        var state = seed | 1;
        for (var i = 0; i < _samples.Length; i++)
        {
            unchecked
            {
                state ^= state << 13;
                state ^= state >> 17;
                state ^= state << 5;
            }

            _samples[i] = (byte)Math.Clamp(_samples[i] + (int)(state % (uint)((2 * depth) + 1)) - depth, 0, 255);
        }
    }
}

/// <summary>A colour by its three samples.</summary>
internal readonly record struct DemoColour(byte Red, byte Green, byte Blue)
{
    public static DemoColour Ink => new(40, 40, 48);

    public static DemoColour Paper => new(236, 234, 226);

    public static DemoColour Seal => new(196, 40, 36);

    public static DemoColour Blueprint => new(60, 96, 150);

    public static DemoColour Skin => new(214, 180, 150);
}
