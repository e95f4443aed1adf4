using System.Text;
using System.Text.RegularExpressions;

namespace Lantai.Access;

/// <summary>Chooses entries by patterns over their shown paths, in time that grows with the path's length only.</summary>
internal sealed class Selection
{
    // One character as people count it, but never the slash.
    private const string OneCharacter = @"(?:[\uD800-\uDBFF][\uDC00-\uDFFF]|[^/])";

    private readonly List<(string Pattern, Regex Regex)> _patterns;
    private readonly HashSet<string> _unmatched;

    public Selection(IReadOnlyList<string> patterns)
    {
        _patterns = [.. patterns.Select(p => (p, Translate(p)))];
        _unmatched = [.. patterns];
    }

    /// <summary>Whether everything is chosen because nobody said what.</summary>
    public bool IsAll => _patterns.Count == 0;

    /// <summary>Patterns that chose nothing so far, in the order given.</summary>
    public IEnumerable<string> Unmatched => _patterns.Select(p => p.Pattern).Where(_unmatched.Contains).Distinct();

    public bool Chooses(string path)
    {
        var chosen = IsAll;
        foreach (var (pattern, regex) in _patterns)
        {
            if ((!chosen || _unmatched.Contains(pattern)) && regex.IsMatch(path))
            {
                chosen = true;
                _ = _unmatched.Remove(pattern);
            }
        }

        return chosen;
    }

    private static Regex Translate(string pattern)
    {
        var text = new StringBuilder(@"\A");
        var rest = pattern.EndsWith('/') ? pattern + "**" : pattern;
        for (var i = 0; i < rest.Length; i++)
        {
            if (rest.AsSpan(i).StartsWith("**/") && (i == 0 || rest[i - 1] == '/'))
            {
                _ = text.Append("(?:.*/)?"); // also no folder at all
                i += 2;
            }
            else if (rest.AsSpan(i).StartsWith("**"))
            {
                _ = text.Append(".*");
                i++;
            }
            else
            {
                _ = text.Append(rest[i] switch { '*' => "[^/]*", '?' => OneCharacter, var c => Regex.Escape(c.ToString()) });
            }
        }

        return new Regex(text.Append(@"\z").ToString(), RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.CultureInvariant);
    }
}
