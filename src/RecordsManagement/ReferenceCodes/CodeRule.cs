using System.Text;
using System.Text.RegularExpressions;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>A segment of a code.</summary>
/// <param name="Name">Its name in the rule: 1 to 30 small letters.</param>
/// <param name="Source">The field that gives its value, <c>sequence</c> for the running number, or <c>fixed</c> for <paramref name="Value"/>.</param>
/// <param name="Pattern">A regular expression that the whole value must match.</param>
/// <param name="Width">The least number of characters; 0 for any. A running number has exactly as many.</param>
/// <param name="Pad">What fills a shorter value up on the left: one character, or empty to fill nothing.</param>
/// <param name="Before">The separator before it; empty for none.</param>
/// <param name="Value">The value of a <c>fixed</c> segment; null otherwise.</param>
public sealed record CodeSegment(string Name, string Source, string Pattern, int Width, string Pad, string Before, string? Value = null)
{
    /// <summary>The source of a running number.</summary>
    public const string Sequence = "sequence";

    /// <summary>The source of a value that is always the same.</summary>
    public const string Fixed = "fixed";
}

/// <summary>A code that was taken apart.</summary>
/// <param name="Values">Names and values of its segments in order.</param>
/// <param name="Number">Its running number.</param>
public sealed record CodeParts(IReadOnlyList<KeyValuePair<string, string>> Values, long Number);

/// <summary>How codes are made: segments, and within which of them the running number counts.</summary>
/// <remarks>
/// Immutable, safe for concurrent use. A code is unique in the whole store whatever its rule. DA/T 13-2022 was read only in
/// summaries: levels are joined by '-', codes of one level by '·'. spec/formats/records-codes.md.
/// </remarks>
public sealed class CodeRule
{
    /// <summary>The most characters of a code.</summary>
    public const int MaxLength = 128;

    /// <summary>The kind of a reference code (档号).</summary>
    public const string ReferenceCode = "reference-code";

    /// <summary>The kind of an electronic record code (电子文件号).</summary>
    public const string RecordCode = "record-code";

    private readonly IReadOnlyList<Regex> _patterns;

    internal CodeRule(string name, IReadOnlyList<CodeSegment> segments, IReadOnlyList<string> scope)
    {
        (Name, Segments, Scope) = (name, segments, scope);

        // No backtracking: the time is linear in the value whatever the pattern.
        _patterns = [.. segments.Select(s => new Regex($@"\A(?:{s.Pattern})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant))];
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its version, from 1; 0 before it was entered.</summary>
    public int Version { get; init; }

    /// <summary>What its codes are: <see cref="ReferenceCode"/> or <see cref="RecordCode"/>. A thing has one code of each kind at a time.</summary>
    public string Kind { get; init; } = ReferenceCode;

    /// <summary>Its segments in order; exactly one is the running number.</summary>
    public IReadOnlyList<CodeSegment> Segments { get; }

    /// <summary>Names of the segments within whose values the running number counts.</summary>
    public IReadOnlyList<string> Scope { get; }

    /// <summary>The fonds that it is for; null for all.</summary>
    public string? Fonds { get; init; }

    /// <summary>The archival category that it is for; null for all.</summary>
    public string? Category { get; init; }

    /// <summary>What it rests on.</summary>
    public string Basis { get; init; } = "";

    /// <summary><c>high</c>, <c>medium</c> or <c>low</c>: how sure the reading of the basis is.</summary>
    public string Confidence { get; init; } = "low";

    /// <summary>The most that its running number can be.</summary>
    public long LastNumber => (long)Math.Pow(10, Running.Width) - 1;

    private CodeSegment Running => Segments.Single(s => s.Source == CodeSegment.Sequence);

    /// <summary>Makes a code.</summary>
    /// <param name="fields">Values by source.</param>
    /// <param name="number">The running number.</param>
    /// <param name="subject">What the findings are about.</param>
    /// <param name="findings">Receives what is missing (REF-007), does not fit (REF-003) or holds a separator (REF-011).</param>
    /// <returns>Null when anything is wrong.</returns>
    public string? Compose(IReadOnlyDictionary<string, string> fields, long number, string subject, ICollection<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(fields);
        ArgumentNullException.ThrowIfNull(findings);
        var (code, before) = (new StringBuilder(), findings.Count);
        for (var i = 0; i < Segments.Count; i++)
        {
            var segment = Segments[i];
            if (ValueOf(segment, fields, number) is not { } value)
            {
                findings.Add(Finding.Error("REF-007", subject, ("rule", Name), ("segment", segment.Name), ("field", segment.Source)));
                continue;
            }

            Check(i, value, subject, findings);
            if (Separators().FirstOrDefault(s => value.Contains(s, StringComparison.Ordinal)) is { } separator)
            {
                findings.Add(Finding.Error("REF-011", subject, ("segment", segment.Name), ("value", Entry.Shown(value)), ("separator", separator)));
            }

            _ = code.Append(segment.Before).Append(value);
        }

        if (findings.Count == before && code.Length > MaxLength)
        {
            findings.Add(Finding.Error("REF-012", subject, ("length", code.Length), ("most", MaxLength)));
        }

        return findings.Count == before ? code.ToString() : null;
    }

    /// <summary>Takes a code apart.</summary>
    /// <param name="code">The code.</param>
    /// <param name="findings">Receives the segments that do not fit (REF-003), or the one before which the separator is missing (REF-004).</param>
    /// <returns>Null when anything is wrong.</returns>
    public CodeParts? Parse(string code, ICollection<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(code);
        ArgumentNullException.ThrowIfNull(findings);
        var (subject, before) = (Entry.Shown(code), findings.Count);
        if (code.Length > MaxLength)
        {
            findings.Add(Finding.Error("REF-012", subject, ("length", code.Length), ("most", MaxLength)));
            return null;
        }

        var (values, at) = (new List<KeyValuePair<string, string>>(), Segments[0].Before.Length);
        for (var i = 0; i < Segments.Count; i++)
        {
            var end = EndOf(i, code, at);
            if (end < 0)
            {
                findings.Add(Finding.Error("REF-004", subject, ("segment", Segments[i + 1].Name), ("separator", Segments[i + 1].Before)));
                return null;
            }

            values.Add(KeyValuePair.Create(Segments[i].Name, code[at..end]));
            Check(i, code[at..end], subject, findings);
            at = end + (i + 1 < Segments.Count ? Segments[i + 1].Before.Length : 0);
        }

        return findings.Count > before
            ? null
            : new CodeParts(values, long.Parse(values.Single(v => v.Key == Running.Name).Value, System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>This rule in a version.</summary>
    internal CodeRule At(int version) => new(Name, Segments, Scope) { Kind = Kind, Version = version, Fonds = Fonds, Category = Category, Basis = Basis, Confidence = Confidence };

    /// <summary>The values within which the running number counts.</summary>
    internal IReadOnlyList<string> ScopeOf(CodeParts parts) => [.. Scope.Select(name => parts.Values.First(v => v.Key == name).Value)];

    private static string? ValueOf(CodeSegment segment, IReadOnlyDictionary<string, string> fields, long number) => segment.Source switch
    {
        CodeSegment.Sequence => number.ToString("D" + segment.Width.ToString(System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture),
        CodeSegment.Fixed => segment.Value,
        _ when fields.GetValueOrDefault(segment.Source) is { Length: > 0 } value => segment.Pad.Length == 1 ? value.PadLeft(segment.Width, segment.Pad[0]) : value,
        _ => null,
    };

    private void Check(int index, string value, string subject, ICollection<Finding> findings)
    {
        var segment = Segments[index];
        if (value.Length > MaxLength || value.Length < segment.Width || !_patterns[index].IsMatch(value) || (segment.Value is { } always && value != always)
            || (segment.Source == CodeSegment.Sequence && (value.Length != segment.Width || !value.All(char.IsAsciiDigit))))
        {
            findings.Add(Finding.Error(
                "REF-003", subject, ("rule", Name), ("segment", segment.Name), ("value", Entry.Shown(value)), ("expected", segment.Value ?? segment.Pattern), ("width", segment.Width)));
        }
    }

    // A segment ends where the next one's separator begins; where there is none it has a fixed width.
    private int EndOf(int index, string code, int at)
    {
        if (at > code.Length)
        {
            return -1;
        }

        if (index + 1 == Segments.Count)
        {
            return code.Length;
        }

        var separator = Segments[index + 1].Before;
        return separator.Length > 0 ? code.IndexOf(separator, at, StringComparison.Ordinal)
            : at + Segments[index].Width <= code.Length ? at + Segments[index].Width
            : -1;
    }

    private IEnumerable<string> Separators() => Segments.Select(s => s.Before).Where(b => b.Length > 0).Distinct();
}
