using Lantai.Words;

namespace Lantai.Containers;

/// <summary>
/// Adds findings to a list up to a number for each code and counts the rest, so that a hostile package with a million
/// faults costs a bounded list. <see cref="Close"/> adds one finding that says how many were left out.
/// </summary>
/// <remarks>Not safe for concurrent use.</remarks>
public sealed class BoundedFindings(List<Finding> target, string summaryCode, string subject, int perCode = 100)
{
    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);
    private long _dropped;
    private Severity _worstDropped;

    /// <summary>Whether an error was added, whether or not it still found a place in the list.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Adds a finding, or counts it when its code has used up its places.</summary>
    public void Add(Finding finding)
    {
        HasErrors |= finding.Severity == Severity.Error;
        var count = _seen.GetValueOrDefault(finding.Code);
        if (count < perCode)
        {
            _seen[finding.Code] = count + 1;
            target.Add(finding);
            return;
        }

        _dropped++;
        _worstDropped = finding.Severity > _worstDropped ? finding.Severity : _worstDropped;
    }

    /// <summary>Says how many findings were left out, as grave as the gravest of them. Call it once, at the end.</summary>
    public void Close()
    {
        if (_dropped > 0)
        {
            target.Add(new Finding(summaryCode, _worstDropped, subject,
                [KeyValuePair.Create("count", _dropped.ToString(System.Globalization.CultureInfo.InvariantCulture))]));
        }

        _dropped = 0;
    }
}
