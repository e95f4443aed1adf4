namespace Lantai.InformationPackages;

/// <summary>The unified social credit code (统一社会信用代码) of an organisation.</summary>
/// <remarks>Source: GB 32100: 18 characters of an alphabet without I, O, S, V and Z, the last a check character modulo 31. Pure functions.</remarks>
public static class SocialCode
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private const int Length = 18;

    /// <summary>Whether a text is a code whose check character is right.</summary>
    public static bool IsValid(string text) =>
        text.Length == Length && text.All(c => Alphabet.Contains(c, StringComparison.Ordinal)) && CheckCharacter(text[..(Length - 1)]) == text[^1];

    /// <summary>The last character that belongs to the first seventeen.</summary>
    /// <exception cref="ArgumentException">They are not seventeen characters of the alphabet.</exception>
    public static char CheckCharacter(string seventeen)
    {
        if (seventeen.Length != Length - 1 || !seventeen.All(c => Alphabet.Contains(c, StringComparison.Ordinal)))
        {
            throw new ArgumentException("Seventeen characters of the alphabet are wanted.", nameof(seventeen));
        }

        var (sum, weight) = (0, 1);
        foreach (var character in seventeen)
        {
            sum += Alphabet.IndexOf(character, StringComparison.Ordinal) * weight;
            weight = weight * 3 % Alphabet.Length;
        }

        return Alphabet[(Alphabet.Length - (sum % Alphabet.Length)) % Alphabet.Length];
    }
}
