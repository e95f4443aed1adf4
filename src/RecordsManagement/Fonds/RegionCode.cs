using System.Diagnostics.CodeAnalysis;

namespace Lantai.RecordsManagement;

/// <summary>How far down a jurisdiction lies.</summary>
public enum RegionLevel
{
    /// <summary>The whole country.</summary>
    Nation,

    /// <summary>A province.</summary>
    Province,

    /// <summary>A prefecture.</summary>
    Prefecture,

    /// <summary>A county.</summary>
    County,

    /// <summary>A town.</summary>
    Town,

    /// <summary>A village.</summary>
    Village,
}

/// <summary>
/// The code of an administrative division (行政区划代码, GB/T 2260): 6 digits, or 12 for towns and villages. Zeros at the end
/// stand for "the whole of": what begins with the digits before them lies within.
/// </summary>
/// <remarks>
/// Of 12 digits that end in six zeros the first six count, so one place has one code. <c>000000</c> for the whole country is our
/// own, since the standard's list has none.
/// </remarks>
public readonly record struct RegionCode
{
    // Where the digits of a province, prefecture, county, town and village end.
    private static readonly int[] Ends = [0, 2, 4, 6, 9, 12];

    private readonly string? _digits;

    private RegionCode(string digits) => _digits = digits.Length == 0 ? null : digits; // one form for the whole country

    /// <summary>The whole country.</summary>
    public static RegionCode Nation => default;

    /// <summary>How far down it lies.</summary>
    public RegionLevel Level
    {
        get
        {
            var length = Digits.Length;
            return (RegionLevel)Array.FindIndex(Ends, end => end >= length);
        }
    }

    /// <summary>It and all that it lies in, from the whole country down.</summary>
    public IReadOnlyList<RegionCode> Chain
    {
        get
        {
            var (digits, chain) = (Digits, new List<RegionCode>());
            foreach (var end in Ends.Where(e => e <= digits.Length))
            {
                // A town may lie right below a prefecture: then its county is the prefecture itself.
                var above = new RegionCode(Trim(digits[..end]));
                if (!chain.Contains(above))
                {
                    chain.Add(above);
                }
            }

            return chain;
        }
    }

    /// <summary>The digits that all codes within it begin with.</summary>
    internal string Digits => _digits ?? "";

    /// <summary>Reads a code; false when it is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out RegionCode code)
    {
        code = default;
        if (text is not { Length: 6 or 12 } || !text.All(char.IsAsciiDigit))
        {
            return false;
        }

        var digits = Trim(text);
        if (HasHole(digits))
        {
            return false;
        }

        code = new RegionCode(digits);
        return true;
    }

    /// <summary>Whether the other one lies within this one, or is this one.</summary>
    public bool Covers(RegionCode other) => other.Digits.StartsWith(Digits, StringComparison.Ordinal);

    /// <summary>The code: 6 or 12 digits.</summary>
    public override string ToString() => Digits.PadRight(Digits.Length <= 6 ? 6 : 12, '0');

    // The digits before the zeros that stand for "the whole of".
    private static string Trim(string digits)
    {
        for (var i = Ends.Length - 1; i > 0; i--)
        {
            var (from, to) = (Ends[i - 1], Math.Min(Ends[i], digits.Length));
            if (from < to && digits[from..to].Any(c => c != '0'))
            {
                return digits[..to];
            }
        }

        return "";
    }

    // "350001" would be a county of no prefecture. A town of no county is real: some prefectures have none.
    private static bool HasHole(string digits) =>
        (digits.Length > 0 && digits[..2] == "00") || (digits.Length > 2 && digits[2..4] == "00") || (digits.Length > 9 && digits[6..9] == "000");
}
