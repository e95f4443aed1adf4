using System.Globalization;

namespace Lantai.Forms;

/// <summary>Where a cell stands, as spreadsheet programs say it: <c>C5</c> is the third cell of row 5.</summary>
public static class CellReference
{
    private const int Letters = 26;

    /// <summary>The reference of a cell.</summary>
    /// <param name="row">Its row, from 1.</param>
    /// <param name="column">Its column, from 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is less than 1.</exception>
    public static string Of(long row, int column)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(row, 1);
        return ColumnOf(column) + row.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The letters of a column, from 1: A to Z, AA and so on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public static string ColumnOf(int column)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(column, 1);
        var letters = "";
        for (var rest = column; rest > 0; rest = (rest - 1) / Letters)
        {
            letters = (char)('A' + ((rest - 1) % Letters)) + letters;
        }

        return letters;
    }

    /// <summary>The row of a reference such as <c>C5</c>, from 1; 0 when it is none.</summary>
    internal static long Row(string reference) =>
        long.TryParse(reference.AsSpan().TrimStart("ABCDEFGHIJKLMNOPQRSTUVWXYZ$"), NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? row : 0;

    /// <summary>The column of a reference such as <c>C5</c>, from 1; 0 when it is none, or beyond 16,384, the last of a sheet.</summary>
    internal static int Column(string? reference)
    {
        const int Most = 16_384;
        var column = 0;
        foreach (var letter in reference ?? "")
        {
            if (letter is not (>= 'A' and <= 'Z'))
            {
                return char.IsAsciiDigit(letter) ? column : 0;
            }

            column = (column * Letters) + (letter - 'A') + 1;
            if (column > Most)
            {
                return 0;
            }
        }

        return 0;
    }
}
