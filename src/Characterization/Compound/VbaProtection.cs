using System.Globalization;
using System.Text.RegularExpressions;

namespace Lantai.Characterization.Compound;

/// <summary>
/// Tells whether a macro project opens with a password only, or is locked or hidden, by what its stream PROJECT says. These values
/// stand in every project; in one that is open to all they say "no" (MS-OVBA §2.3.1.15 to §2.3.1.17, §2.4.3).
/// </summary>
internal static partial class VbaProtection
{
    /// <summary>Whether the project is protected; null when its values cannot be read, as in one that was made so that no editor opens it.</summary>
    /// <param name="project">The stream, whose keys and values are ASCII.</param>
    public static bool? Is(string project)
    {
        bool? isProtected = project.Contains("ID=\"{", StringComparison.Ordinal) && !project.Contains("DPB=", StringComparison.Ordinal) ? null : false;
        foreach (Match line in Lines().Matches(project))
        {
            if (Reveal(line.Groups[2].Value) is not { } data)
            {
                isProtected = isProtected == true ? true : null;
                continue;
            }

            var says = line.Groups[1].Value switch
            {
                "CMG" => data.AsSpan().ContainsAnyExcept((byte)0), // by the user, by the program that holds it, by the editor
                "DPB" => data.Length > 1, // a password or its digest
                _ => data is [0, ..], // not shown
            };
            isProtected = says ? true : isProtected;
        }

        return isProtected;
    }

    // Seed, version, key, some bytes of no meaning, a length, the data: each hidden by the two bytes before it (MS-OVBA §2.4.3.3).
    private static byte[]? Reveal(string hex)
    {
        if (hex.Length < 6 || hex.Length % 2 != 0)
        {
            return null;
        }

        var hidden = Convert.FromHexString(hex);
        var (seed, version, key) = (hidden[0], (byte)(hidden[0] ^ hidden[1]), (byte)(hidden[0] ^ hidden[2]));
        var ignored = (seed & 6) / 2;
        if (version != 2 || hidden.Length < 3 + ignored + 4)
        {
            return null;
        }

        var open = new byte[hidden.Length - 3];
        var (before, last, plain) = (hidden[1], hidden[2], key);
        for (var i = 0; i < open.Length; i++)
        {
            open[i] = plain = (byte)(hidden[i + 3] ^ unchecked((byte)(before + plain)));
            (before, last) = (last, hidden[i + 3]);
        }

        var length = BitConverter.ToUInt32(open, ignored);
        return length <= open.Length - ignored - 4 ? open.AsSpan(ignored + 4, (int)length).ToArray() : null;
    }

    [GeneratedRegex("""^(CMG|DPB|GC)="([0-9A-Fa-f]{0,1000})"?""", RegexOptions.Multiline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Lines();
}
