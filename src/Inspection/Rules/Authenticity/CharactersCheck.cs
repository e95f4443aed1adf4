using System.Globalization;
using System.Text;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>元数据项数据包含特殊字符 (1-2): in values as the reading found them, and in the names of files.</summary>
/// <remarks>GB 18030 holds every character of Unicode, so that no character is outside it; those that Unicode has not given a meaning are told.</remarks>
internal static class CharactersCheck
{
    private const string Unsafe = "\\:*?\"<>|";

    private static readonly string[] Devices = ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(1, 9).SelectMany(n => new[] { $"COM{n}", $"LPT{n}" })];

    /// <summary>A name with what another system cannot write, or that shows otherwise than it is, is refused; a private character is worth a look.</summary>
    public static RuleAnswer Check(InspectionFacts facts) => Asking.OfFindings(facts, facts.FindingsOf("characters").Concat(facts.Package.Files.SelectMany(f => OfName(f.Path))));

    private static IEnumerable<Finding> OfName(string path)
    {
        foreach (var rune in path.EnumerateRunes())
        {
            if (IsUnsafe(rune))
            {
                yield return Finding.Error("INS-120", path, ("found", CodePoint(rune)));
                yield break;
            }

            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
            {
                yield return Finding.Warning("INS-121", path, ("found", CodePoint(rune)));
                yield break;
            }
        }

        foreach (var name in path.Split('/').Where(IsUnwritable))
        {
            yield return Finding.Error("INS-122", path, ("found", name));
        }
    }

    /// <summary>Controls, the sign of a lost character, what paths of other systems are made of, and marks that turn the direction of writing.</summary>
    private static bool IsUnsafe(Rune rune) =>
        rune.Value == 0xFFFD || Rune.IsControl(rune) || (rune.IsAscii && Unsafe.Contains((char)rune.Value, StringComparison.Ordinal))
        || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    /// <summary>Names that Windows changes or does not write: with a blank or dot at the end, and those of devices.</summary>
    private static bool IsUnwritable(string name) =>
        name.Length > 0 && (name[^1] is ' ' or '.' || name[0] == ' ' || Devices.Contains(name.Split('.')[0], StringComparer.OrdinalIgnoreCase));

    private static string CodePoint(Rune rune) => string.Create(CultureInfo.InvariantCulture, $"U+{rune.Value:X4}");
}
