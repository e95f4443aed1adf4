using Lantai.ArchivalStorage;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>A further version of the content of an archived case.</summary>
/// <param name="Source">Source system.</param>
/// <param name="Number">Number of the case.</param>
/// <param name="Act">Supplement (补正) or change (变更).</param>
/// <param name="Reason">Why.</param>
/// <param name="Package">Digest of the package that it comes as.</param>
/// <param name="Held">What is kept of it.</param>
public sealed record CaseAddition(string Source, string Number, ContentAct Act, string Reason, Digest Package, HeldContent Held)
{
    /// <summary>The legal basis; a change has one.</summary>
    public string? Basis { get; init; }
}

/// <content>Further versions of the content of archived cases.</content>
public sealed partial class CaseRegister
{
    /// <summary>
    /// Says that the content of archived cases has a further version. What was archived is immutable (article 2, R2-3): it stays, in the
    /// same AIP, and nothing is ever replaced by this.
    /// </summary>
    /// <param name="additions">At most <see cref="Most"/>: all of them, or none.</param>
    /// <param name="actor">Who acts.</param>
    /// <exception cref="ArgumentException">There are none, or too many, or one is no supplement and no change.</exception>
    public DecisionOutcome AddContent(IReadOnlyList<CaseAddition> additions, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(additions);
        ArgumentOutOfRangeException.ThrowIfZero(additions.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(additions.Count, Most);
        if (additions.Any(a => a.Act is not (ContentAct.Supplement or ContentAct.Change)))
        {
            throw new ArgumentException("A further version is a supplement or a change.", nameof(additions));
        }

        return _journal.Decide(
            views =>
            {
                var findings = new List<Finding>();
                var drafts = new List<EventDraft>();
                var places = new HashSet<long>();
                foreach (var addition in additions)
                {
                    if (Known(views, addition.Source, addition.Number, findings) is not { } c)
                    {
                        continue;
                    }

                    findings.AddRange(MayAdd(c, addition.Act, addition.Reason, addition.Basis));
                    if (!places.Add(c.Place))
                    {
                        findings.Add(Finding.Error(CaseCodes.Twice, c.Name));
                    }

                    if (c.Digest is { } before && !findings.Any(f => f.Severity == Severity.Error))
                    {
                        drafts.Add(ContentBodies.Added(c, new AddedContent(c.Place, before, addition.Package, addition.Held, addition.Act, addition.Reason), addition.Basis));
                    }
                }

                return findings.Any(f => f.Severity == Severity.Error) ? Decision.Only(findings) : new Decision(findings, drafts);
            },
            actor);
    }

    /// <summary>What forbids that the content of a case gets a further version.</summary>
    /// <param name="c">The case.</param>
    /// <param name="act">Supplement or change.</param>
    /// <param name="reason">Why.</param>
    /// <param name="basis">Its legal basis, which a change must have (CAS-061).</param>
    public static IReadOnlyList<Finding> MayAdd(ServiceCase c, ContentAct act, string? reason, string? basis)
    {
        ArgumentNullException.ThrowIfNull(c);
        var findings = new List<Finding>();
        Add(findings, NoticeRules.Reason(c.Name, reason));
        if (c.State != CaseState.Registered || c.Digest is null)
        {
            findings.Add(Finding.Error(CaseCodes.NoAddition, c.Name, ("state", Lifecycle.Of(c.State).Label)));
        }

        if (c.Versions.Count >= CaseVersions.Most)
        {
            findings.Add(Finding.Error(CaseCodes.TooManyVersions, c.Name, ("most", CaseVersions.Most)));
        }

        if (act == ContentAct.Change && NoticeRules.Reason(c.Name, basis) is not null)
        {
            findings.Add(Finding.Error(CaseCodes.NoBasis, c.Name));
        }

        return findings;
    }
}
