using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Lantai.Characterization.Registry;

namespace Lantai.Tests.Characterization.Registry;

/// <summary>
/// A second, slow reader of PRONOM expressions: it makes a regular expression over Latin-1 text of one, and is strict, so that
/// the built-in registry is not judged by the engine that it is written for.
/// </summary>
internal static class PatternRegex
{
    /// <exception cref="FormatException">The text is no expression.</exception>
    public static Regex Compile(string pattern, string before = "", string after = "") =>
        new(before + "(?:" + Translate(pattern) + ")" + after, RegexOptions.Singleline | RegexOptions.CultureInvariant);

    /// <summary>Whether a sequence stands where it should.</summary>
    public static bool Matches(RegistrySequence sequence, string text)
    {
        var most = sequence.Most < 0 ? "" : sequence.Most.ToString(CultureInfo.InvariantCulture);
        return sequence.Place switch
        {
            SequencePlace.Anywhere => Compile(sequence.Bytes).IsMatch(text),
            SequencePlace.Start => Compile(sequence.Bytes, $@"\A.{{{sequence.Least},{most}}}?").IsMatch(text),
            _ => Compile(sequence.Bytes, after: $@".{{{sequence.Least},{most}}}\z").IsMatch(text),
        };
    }

    private static string Translate(string pattern)
    {
        var (regex, at, isOpen, isFirst) = (new StringBuilder(), 0, false, true);
        while (at < pattern.Length)
        {
            var c = pattern[at];
            switch (c)
            {
                case ' ':
                    at++;
                    continue;
                case '(' when !isOpen:
                    isOpen = true;
                    regex.Append("(?:");
                    at++;
                    continue;
                case '|' when isOpen && pattern[at - 1] is not ('(' or '|'):
                    regex.Append('|');
                    at++;
                    continue;
                case ')' when isOpen && pattern[at - 1] is not ('(' or '|'):
                    isOpen = false;
                    regex.Append(')');
                    at++;
                    continue;
                case '{' when !isOpen && !isFirst && Regex.Match(pattern[at..], @"\A\{(\d+)(?:-(\d+))?\}") is { Success: true } gap:
                    regex.Append(".{" + gap.Groups[1].Value + (gap.Groups[2].Success ? "," + gap.Groups[2].Value + "}?" : "}"));
                    at += gap.Length;
                    continue;
                case '[':
                    var end = EndOfSet(pattern, at);
                    regex.Append(Set(pattern[(at + 1)..end]));
                    at = end + 1;
                    break;
                default:
                    var (values, length) = Values(pattern[at..]);
                    regex.Append(string.Concat(values.Select(v => $@"\x{(int)v:X2}")));
                    at += length;
                    break;
            }

            isFirst = false;
        }

        return !isOpen && !isFirst || Regex.IsMatch(pattern, @"\A\(.+\)\z") ? regex.ToString() : throw new FormatException(pattern);
    }

    private static int EndOfSet(string pattern, int at)
    {
        var isQuoted = false;
        for (var i = at + 1; i < pattern.Length; i++)
        {
            isQuoted ^= pattern[i] == '\'';
            if (pattern[i] == ']' && !isQuoted)
            {
                return i;
            }
        }

        throw new FormatException(pattern);
    }

    private static string Set(string body)
    {
        var (isInverted, rest) = body.StartsWith('!') ? (true, body[1..]) : (false, body);
        var members = new SortedSet<int>();
        if (rest.StartsWith('&'))
        {
            var mask = Convert.ToInt32(rest[1..], 16);
            members.UnionWith(Enumerable.Range(0, 256).Where(v => (v & mask) == mask));
            rest = "";
        }

        for (rest = rest.Trim(); rest.Length > 0; rest = rest.TrimStart())
        {
            var (values, length) = Values(rest);
            rest = rest[length..];
            if (rest.StartsWith(':') || rest.StartsWith('-'))
            {
                var (to, more) = Values(rest[1..]);
                members.UnionWith(values.Length == 1 && to.Length == 1 && values[0] <= to[0] ? Enumerable.Range(values[0], to[0] - values[0] + 1) : throw new FormatException(body));
                rest = rest[(1 + more)..];
            }
            else
            {
                members.UnionWith(values.Select(v => (int)v));
            }
        }

        return members.Count is > 0 and < 256 ? $"[{(isInverted ? "^" : "")}{string.Concat(members.Select(m => $@"\x{m:X2}"))}]" : throw new FormatException(body);
    }

    private static (string Values, int Length) Values(string pattern)
    {
        if (Regex.Match(pattern, @"\A'([\x20-\x26\x28-\x7E]+)'") is { Success: true } text)
        {
            return (text.Groups[1].Value, text.Length);
        }

        return Regex.Match(pattern, @"\A[0-9A-F]{2}") is { Success: true } hex
            ? (((char)Convert.ToInt32(hex.Value, 16)).ToString(), 2)
            : throw new FormatException(pattern);
    }
}
