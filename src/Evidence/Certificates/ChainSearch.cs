using Lantai.Words;

namespace Lantai.Evidence.Certificates;

/// <summary>Looks for ways from a certificate to trusted ones, over names and then signatures.</summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class ChainSearch
{
    private const int LongestPath = 10;
    private const int MostPaths = 16;
    private const int MostSteps = 2000;

    private readonly SignatureChecks _checks;
    private readonly HashSet<Certificate> _anchors;
    private readonly ILookup<string, Certificate> _bySubject;
    private int _paths;
    private int _steps;

    public ChainSearch(ChainQuestion question, SignatureChecks checks)
    {
        _checks = checks;
        _anchors = [.. question.Anchors];
        _bySubject = question.Anchors.Concat(question.Others).Distinct().ToLookup(c => c.SubjectName.Canonical, StringComparer.Ordinal);
    }

    /// <summary>The longest way that led to no trusted certificate.</summary>
    public IReadOnlyList<Certificate> Longest { get; private set; } = [];

    /// <summary>What was found on the ways that were not taken.</summary>
    public List<Finding> Findings { get; } = [];

    public IEnumerable<IReadOnlyList<Certificate>> From(Certificate certificate) => Extend([certificate]);

    private IEnumerable<IReadOnlyList<Certificate>> Extend(List<Certificate> path)
    {
        var last = path[^1];
        if (_anchors.Contains(last))
        {
            _paths++;
            yield return [.. path];
            yield break;
        }

        Longest = path.Count > Longest.Count ? [.. path] : Longest;
        // Authorities that certify each other in a ring make more ways than anybody can walk.
        if (path.Count == LongestPath || ++_steps > MostSteps)
        {
            if (_steps > MostSteps)
            {
                _checks.GiveUp();
            }

            yield break;
        }

        var wrong = false;
        foreach (var issuer in Issuers(last).Where(i => !path.Any(p => IsSameHolder(p, i))))
        {
            if (!_checks.IsSigned(last, issuer))
            {
                wrong |= !_checks.IsExhausted && SignatureScheme.Of(last.Algorithm) is not null && issuer.Key is not null;
                continue;
            }

            wrong = false;
            path.Add(issuer);
            foreach (var whole in Extend(path))
            {
                yield return whole;
                if (_paths >= MostPaths)
                {
                    yield break;
                }
            }

            path.RemoveAt(path.Count - 1);
        }

        if (wrong)
        {
            Findings.Add(Finding.Error(SignatureCodes.WrongIssuer, last.Subject, ("issuer", last.Issuer)));
        }
    }

    /// <summary>RFC 4158 section 2.4.1: a name with its key stands once in a way, whatever its certificates.</summary>
    private static bool IsSameHolder(Certificate one, Certificate other) =>
        one.SubjectName.Canonical == other.SubjectName.Canonical && one.KeyBits.Span.SequenceEqual(other.KeyBits.Span);

    /// <summary>Those with the issuer's name: the one whose key is named first, the trusted ones before others.</summary>
    private IEnumerable<Certificate> Issuers(Certificate certificate) => _bySubject[certificate.IssuerName.Canonical]
        .OrderBy(i => certificate.Extensions.AuthorityKeyId is { } key && i.Extensions.SubjectKeyId is { } its ? key == its ? 0 : 2 : 1)
        .ThenBy(i => _anchors.Contains(i) ? 0 : 1);
}
