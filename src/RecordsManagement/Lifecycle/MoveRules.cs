using Lantai.DataManagement;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>Whether a case may move: the declared arrows, custody, holds, content and relations.</summary>
internal static class MoveRules
{
    /// <summary>Everything that forbids a move; nothing when it may be made.</summary>
    /// <param name="views">The views.</param>
    /// <param name="c">The case.</param>
    /// <param name="to">Where to.</param>
    /// <param name="digest">Digest of its content after the move; null when it is said to be the known one.</param>
    public static IReadOnlyList<Finding> Check(IDocumentReader views, ServiceCase c, CaseState to, Digest? digest)
    {
        var findings = new List<Finding>();
        if (Lifecycle.Arrow(c.State, to) is not { } arrow)
        {
            findings.Add(Undeclared(c, Lifecycle.Of(to).Label));
        }
        else if (arrow.Custody is { } custody && custody != c.Custody)
        {
            findings.Add(Finding.Error(CaseCodes.Custody, c.Name, ("to", Lifecycle.Of(to).Label), ("custody", c.Custody ?? "agency")));
        }

        if (c.Holds > 0 && to is CaseState.DestructionDue or CaseState.Destroyed)
        {
            findings.Add(Finding.Error(CaseCodes.Held, c.Name, ("to", Lifecycle.Of(to).Label), ("holds", c.Holds)));
        }

        if (to == CaseState.Registered && (digest ?? c.Digest) is null)
        {
            findings.Add(Finding.Error(CaseCodes.NoDigest, c.Name));
        }

        if (c.State == CaseState.Passed && digest is { } brought && c.Digest is { } inspected && brought != inspected)
        {
            findings.Add(Finding.Error(CaseCodes.NotInspected, c.Name, ("found", brought.ToString()), ("known", inspected.ToString())));
        }

        if (CaseContent.Change(c, digest) is { } immutable)
        {
            findings.Add(immutable);
        }

        if (to == CaseState.Transferring)
        {
            findings.AddRange(CaseLinks.From(views, c.Place).Where(r => r.Target is null).Select(r => Finding.Error(
                CaseCodes.Dangling, c.Name, ("relation", CaseLinks.CodeOf(r.Kind)), ("target", CaseEntry.Identity(r.Source, r.Number)))));
        }

        return findings;
    }

    /// <summary>The refusal of what the life cycle does not draw: both states, and the arrows that there are.</summary>
    public static Finding Undeclared(ServiceCase c, string wanted) => Finding.Error(
        CaseCodes.Undeclared, c.Name, ("from", Lifecycle.Of(c.State).Label), ("to", wanted),
        ("allowed", string.Join(", ", Lifecycle.From(c.State).Select(a => Lifecycle.Of(a.To).Label)) is { Length: > 0 } some ? some : "-"));
}
