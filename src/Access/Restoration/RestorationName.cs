using System.Globalization;
using System.Text;

namespace Lantai.Access.Restoration;

/// <summary>
/// Names of the folders that a restoration makes: the submission's id, in which everything but letters, digits and
/// <c>. - _</c> becomes <c>_</c>, cut to 120 bytes, then <c>_</c>, the AIP id, <c>@</c> and the version. The same version
/// always gets the same name, two never share one, and no name can climb out of its folder or be taken for an option.
/// </summary>
internal static class RestorationName
{
    private const int MostBytes = 120;

    public static string Of(string submission, Guid aip, long version)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{aip:D}@{version}");
        var name = new StringBuilder();
        var bytes = 0;
        foreach (var rune in submission.EnumerateRunes())
        {
            var kept = Rune.IsLetterOrDigit(rune) || rune.Value is '_' or '-' or '.' ? rune : new Rune('_');
            bytes += kept.Utf8SequenceLength;
            if (bytes > MostBytes)
            {
                break;
            }

            _ = name.Append(kept.ToString());
        }

        if (name.Length == 0)
        {
            return id;
        }

        name[0] = name[0] is '.' or '-' ? '_' : name[0];
        return name.Append('_').Append(id).ToString();
    }
}
