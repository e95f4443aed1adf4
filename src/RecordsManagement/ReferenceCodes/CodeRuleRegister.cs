using System.Globalization;
using System.Text;
using Lantai.ArchivalStorage;
using Lantai.DataManagement;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>The register of rules of codes. A rule that changes is a new version; the older ones stay, since codes were made by them.</summary>
/// <remarks>Safe for concurrent use. spec/formats/records-codes.md.</remarks>
public sealed class CodeRuleRegister
{
    internal const string Collection = "coderules";

    internal static readonly string[] Members = ["rule", "version", "kind", "segments", "scope", "fonds", "category", "basis", "confidence"];

    private readonly RecordsJournal _journal;
    private readonly CodeRuleReading _reading = new();

    internal CodeRuleRegister(RecordsJournal journal) => _journal = journal;

    internal static RegisterView View { get; } =
        new(Collection, 1, ["rule", "version"], ["rule"], new RegisterEntry(RecordsEvents.CodeRuleEntered, Members)) { Flatten = Flatten };

    /// <summary>Reads a rule from a file; null and findings (REC-004 to REC-007, REF-001) when anything is wrong with it.</summary>
    public static CodeRule? TryRead(ReadOnlySpan<byte> bytes, string displayName, ICollection<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        return StrictFile.TryRead(bytes, displayName, findings) is { } map ? CodeRuleFile.Read(map, displayName, findings) : null;
    }

    /// <summary>Enters a rule as the next version of its name; nothing happens when the newest version says the same.</summary>
    public DecisionOutcome Enter(CodeRule rule, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return _journal.Decide(
            views =>
            {
                var map = CodeRuleFile.Write(rule);
                var findings = new List<Finding>();
                _ = CodeRuleFile.Read(map, rule.Name, findings);
                if (rule.Fonds is { } fonds && FondsRegister.Find(views, fonds) is null)
                {
                    findings.Add(Finding.Error("FON-010", rule.Name, ("fonds", Entry.Shown(fonds))));
                }

                var newest = _reading.Find(views, rule.Name, null);
                return findings.Count > 0 ? Decision.Only(findings)
                    : newest is not null && CanonicalJson.Write(CodeRuleFile.Write(newest)).AsSpan().SequenceEqual(CanonicalJson.Write(map)) ? Decision.Of()
                    : Decision.Of(Entry.Draft(RecordsEvents.CodeRuleEntered, null, map.Set("version", (newest?.Version ?? 0) + 1L)));
            },
            actor);
    }

    /// <summary>A version of a rule, or the newest; null when it was not entered.</summary>
    public CodeRule? Find(string name, int? version = null) => Find(_journal.Views, name, version);

    /// <summary>All versions of all rules in the order in which they were entered.</summary>
    public IReadOnlyList<CodeRule> All() => _reading.All(_journal.Views);

    /// <summary>
    /// The rule by which archives of a fonds and category get their reference codes: that of both, else of the fonds, else of the
    /// category, else the general one; of several the one entered last. Null when there is none.
    /// </summary>
    public CodeRule? For(string? fonds, string? category) => _reading.For(_journal.Views, CodeRule.ReferenceCode, fonds, category);

    internal CodeRule? Find(IDocumentReader views, string name, int? version) => _reading.Find(views, name, version);

    private static JsonMap Flatten(JsonMap body)
    {
        var flat = new JsonMap();
        foreach (var name in Members.Where(m => m is not ("segments" or "version")))
        {
            _ = body.Members.GetValueOrDefault(name) switch
            {
                string text => flat.Set(name, text),
                IReadOnlyList<object> list => flat.Set(name, (IEnumerable<object>)list),
                _ => flat,
            };
        }

        return flat
            .Set("version", body.Number("version")?.ToString(CultureInfo.InvariantCulture))
            .Set("segments", (body.List("segments") ?? []).OfType<JsonMap>().Select(s => (object)Encoding.UTF8.GetString(CanonicalJson.Write(s))));
    }
}
