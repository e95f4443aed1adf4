using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Lantai.DataManagement;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>Reads rules of codes out of views, and keeps what it read: patterns are dear to make, and an event that entered a rule never changes.</summary>
/// <remarks>Safe for concurrent use. For the views of one store.</remarks>
internal sealed class CodeRuleReading
{
    private const int MostHeld = 256;

    private readonly ConcurrentDictionary<long, CodeRule> _held = new(); // by the event that entered it

    /// <summary>All versions of all rules in the order in which they were entered.</summary>
    public IReadOnlyList<CodeRule> All(IDocumentReader views) => [.. views.Scan(CodeRuleRegister.Collection, 0, int.MaxValue).Select(d => Read(d.Document)).OfType<CodeRule>()];

    /// <summary>A version of a rule, or the newest; null when it was not entered.</summary>
    public CodeRule? Find(IDocumentReader views, string name, int? version) => version is { } wanted
        ? RegisterView.Find(views, CodeRuleRegister.Collection, name, wanted.ToString(CultureInfo.InvariantCulture)) is { Document: var document } ? Read(document) : null
        : views.Find(CodeRuleRegister.Collection, "rule", name).Select(d => Read(d.Document)).OfType<CodeRule>().MaxBy(r => r.Version);

    /// <summary>The rule by which a fonds and category get codes of a kind: the most particular one, of several the one entered last. Null when there is none.</summary>
    public CodeRule? For(IDocumentReader views, string kind, string? fonds, string? category) => All(views)
        .Where(r => r.Kind == kind).GroupBy(r => r.Name).Select(g => g.MaxBy(r => r.Version)!)
        .Where(r => (r.Fonds is null || r.Fonds == fonds) && (r.Category is null || r.Category == category))
        .OrderBy(r => r.Fonds is not null).ThenBy(r => r.Category is not null) // keeps the order of entering
        .LastOrDefault();

    private CodeRule? Read(Document document)
    {
        var sequence = document.Number(RegisterView.Sequence)!.Value;
        if (_held.TryGetValue(sequence, out var held))
        {
            return held;
        }

        var map = new JsonMap().Set("scope", document.List("scope")).Set("segments", document.List("segments").Select(Segment).OfType<object>());
        foreach (var name in CodeRuleRegister.Members.Where(m => m is not ("segments" or "scope" or "version")))
        {
            _ = map.Set(name, document.Text(name));
        }

        if (CodeRuleFile.Read(map, "", new List<Finding>()) is not { } rule || !int.TryParse(document.Text("version"), CultureInfo.InvariantCulture, out var version))
        {
            return null; // a rule that another program wrote and this one cannot follow makes no codes here
        }

        if (_held.Count >= MostHeld)
        {
            _held.Clear();
        }

        return _held[sequence] = rule.At(version);
    }

    private static JsonMap? Segment(string json) => CanonicalJson.TryRead(Encoding.UTF8.GetBytes(json), out var map) ? map : null;
}
