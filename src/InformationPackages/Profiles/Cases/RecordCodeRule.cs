using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Lantai.InformationPackages;

/// <summary>
/// How an electronic record code (电子文件号) is put together: a pattern of texts and parts in braces. The parts are <c>region</c>
/// (行政区划代码, 6 or 12 digits), <c>fonds</c> (4), <c>social</c> (18), <c>item</c> (事项编码), <c>year</c>, <c>retention</c> and
/// <c>serial:N</c> (N digits).
/// </summary>
/// <remarks>Immutable, safe for concurrent use.</remarks>
public sealed class RecordCodeRule
{
    private static readonly Dictionary<string, string> Parts = new(StringComparer.Ordinal)
    {
        ["region"] = "[0-9]{6}(?:[0-9]{6})?", ["fonds"] = "[0-9A-Za-z]{4}", ["social"] = "[0-9A-Z]{18}", ["item"] = "[0-9A-Za-z]{1,64}",
        ["year"] = "[0-9]{4}", ["retention"] = "Y|D[1-9][0-9]{0,2}",
    };

    private readonly Regex _form;
    private readonly List<string> _names = [];

    /// <summary>Makes the rule of a pattern.</summary>
    /// <exception cref="ArgumentException">The pattern names a part that does not exist, one twice, or a brace is not closed.</exception>
    public RecordCodeRule(string pattern)
    {
        Pattern = pattern;
        var form = new StringBuilder("^");
        for (var rest = pattern; rest.Length > 0;)
        {
            var open = rest.IndexOf('{', StringComparison.Ordinal);
            var close = rest.IndexOf('}', StringComparison.Ordinal);
            if (open < 0 || close < open)
            {
                _ = open < 0 && close < 0 ? form.Append(Regex.Escape(rest)) : throw new ArgumentException($"A brace of {pattern} is alone.", nameof(pattern));
                break;
            }

            _ = form.Append(Regex.Escape(rest[..open])).Append(FormOf(rest[(open + 1)..close], pattern));
            rest = rest[(close + 1)..];
        }

        _form = new Regex(form.Append(@"\z").ToString(), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    }

    /// <summary>The rule of one city's program, taken where nobody sets another.</summary>
    public static RecordCodeRule Default { get; } = new("{region}-{fonds}-{item}-{year}-{retention}-{serial:6}");

    /// <summary>The pattern.</summary>
    public string Pattern { get; }

    /// <summary>The parts of a code by their names; null when it does not follow the rule.</summary>
    public IReadOnlyDictionary<string, string>? Split(string code) =>
        _form.Match(code) is { Success: true } match ? _names.ToDictionary(n => n, n => match.Groups[n].Value, StringComparer.Ordinal) : null;

    /// <summary>The code of some parts.</summary>
    /// <exception cref="ArgumentException">A part is missing, or the code would not follow the rule.</exception>
    public string Join(IReadOnlyDictionary<string, string> parts)
    {
        var code = Regex.Replace(Pattern, @"\{(\w+)(?::\d+)?\}", m => parts.GetValueOrDefault(m.Groups[1].Value) ?? throw new ArgumentException($"{m.Groups[1].Value} is missing.", nameof(parts)));
        return Split(code) is null ? throw new ArgumentException($"{code} does not follow {Pattern}.", nameof(parts)) : code;
    }

    /// <summary>The number of digits of the running number; 0 when the rule has none.</summary>
    public int SerialWidth => Regex.Match(Pattern, @"\{serial:(\d+)\}") is { Success: true } match ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0;

    private string FormOf(string part, string pattern)
    {
        var name = part.Split(':')[0];
        var form = name == "serial" && int.TryParse(part["serial".Length..].TrimStart(':'), NumberStyles.None, CultureInfo.InvariantCulture, out var width) && width is > 0 and <= 18
            ? string.Create(CultureInfo.InvariantCulture, $"[0-9]{{{width}}}")
            : name == part ? Parts.GetValueOrDefault(name) : null;
        if (form is null || _names.Contains(name))
        {
            throw new ArgumentException($"{{{part}}} in {pattern} is no part or stands twice.", nameof(pattern));
        }

        _names.Add(name);
        return $"(?<{name}>{form})";
    }
}
