using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>The unified social credit code of an organisation (统一社会信用代码): 18 characters, the last one a check character.</summary>
/// <remarks>The check is that of GB 32100: weights 3ⁱ mod 31 over 31 characters. Pure; safe for concurrent use.</remarks>
public static class CreditCode
{
    private const string Letters = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private const int Length = 18;

    /// <summary>What is wrong with a code (FON-002 form, FON-003 check character); null when nothing is.</summary>
    /// <param name="subject">What the code belongs to.</param>
    /// <param name="code">The code.</param>
    public static Finding? Fault(string subject, string? code)
    {
        if (code is not { Length: Length } || code.Any(c => !Letters.Contains(c, StringComparison.Ordinal)))
        {
            return Finding.Error("FON-002", subject, ("value", Entry.Shown(code)));
        }

        return CheckCharacter(code.AsSpan(0, Length - 1)) is var expected && expected == code[^1]
            ? null
            : Finding.Error("FON-003", subject, ("value", code), ("expected", expected), ("found", code[^1]));
    }

    /// <summary>The check character of the first 17.</summary>
    /// <exception cref="ArgumentException">They are not 17 digits and capital letters without I, O, S, V, Z.</exception>
    public static char CheckCharacter(ReadOnlySpan<char> first)
    {
        var (sum, weight) = (0, 1);
        foreach (var c in first)
        {
            var value = Letters.IndexOf(c, StringComparison.Ordinal);
            sum += value >= 0 ? value * weight : throw new ArgumentException("Not a character of a credit code.", nameof(first));
            weight = weight * 3 % Letters.Length;
        }

        return first.Length == Length - 1 ? Letters[(Letters.Length - (sum % Letters.Length)) % Letters.Length] : throw new ArgumentException("Not 17 characters.", nameof(first));
    }
}
