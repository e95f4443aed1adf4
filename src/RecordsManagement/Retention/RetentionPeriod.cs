using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Lantai.RecordsManagement;

/// <summary>How long records are kept: for ever (code <c>Y</c>) or a number of years (codes <c>D10</c>, <c>D30</c>, <c>Dn</c>).</summary>
/// <param name="Years">1 to 999 years; null for ever.</param>
/// <remarks>Longer compares greater. The codes are those of general schedules; n other than 10 and 30 stands in special ones.</remarks>
public readonly record struct RetentionPeriod(int? Years) : IComparable<RetentionPeriod>
{
    private const int Most = 999;

    /// <summary>Kept for ever.</summary>
    public static RetentionPeriod Permanent => new(null);

    /// <summary>Whether it never ends.</summary>
    public bool IsPermanent => Years is null;

    /// <summary>Its code.</summary>
    public string Code => Years is { } years ? "D" + years.ToString(CultureInfo.InvariantCulture) : "Y";

    /// <summary>Reads a code; false when it is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? code, out RetentionPeriod period)
    {
        period = default;
        if (code == "Y")
        {
            return true;
        }

        var isTerm = code is ['D', >= '1' and <= '9', ..] && code.Length <= 4
            && int.TryParse(code.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var years) && years <= Most;
        if (isTerm)
        {
            period = new RetentionPeriod(int.Parse(code!.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture));
        }

        return isTerm;
    }

    /// <summary>Whether it is at least so many years; what is kept for ever satisfies any number.</summary>
    public bool Satisfies(int years) => Years is null || Years >= years;

    /// <summary>The last day on which records are kept, or null for ever.</summary>
    /// <param name="completed">Day of completion, at UTC+08:00.</param>
    /// <param name="startYears">The period begins on 1 January this many years after the completion year: <see cref="PolicyKeys.RetentionStartYears"/>.</param>
    public DateOnly? ExpiresOn(DateOnly completed, int startYears) =>
        Years is { } years ? new DateOnly(completed.Year + startYears + years - 1, 12, 31) : null;

    /// <inheritdoc/>
    public int CompareTo(RetentionPeriod other) => (Years ?? int.MaxValue).CompareTo(other.Years ?? int.MaxValue);

    /// <summary>Whether one is shorter.</summary>
    public static bool operator <(RetentionPeriod left, RetentionPeriod right) => left.CompareTo(right) < 0;

    /// <summary>Whether one is longer.</summary>
    public static bool operator >(RetentionPeriod left, RetentionPeriod right) => left.CompareTo(right) > 0;

    /// <summary>Whether one is not longer.</summary>
    public static bool operator <=(RetentionPeriod left, RetentionPeriod right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one is not shorter.</summary>
    public static bool operator >=(RetentionPeriod left, RetentionPeriod right) => left.CompareTo(right) >= 0;

    /// <summary>Its code.</summary>
    public override string ToString() => Code;
}
