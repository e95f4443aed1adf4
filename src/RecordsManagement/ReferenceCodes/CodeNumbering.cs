using System.Globalization;
using Lantai.ArchivalStorage;
using Lantai.DataManagement;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>Gives out codes within one decision, each its own.</summary>
/// <remarks>For the time of the decision: nobody else gives out any.</remarks>
internal sealed class CodeNumbering(IDocumentReader views, RecordsJournal journal)
{
    private readonly Dictionary<string, long> _last = new(StringComparer.Ordinal);
    private readonly HashSet<string> _given = new(StringComparer.Ordinal);
    private readonly HashSet<(string Thing, string Kind)> _things = [];

    /// <summary>Makes the next code of a rule; null and findings when it cannot be.</summary>
    public EventDraft? Next(CodeRule rule, CodeRequest request, CodeEntry? replaced, string? reason, ICollection<Finding> findings)
    {
        var subject = rule.Name;
        var before = findings.Count;
        CheckThing(rule, request.Thing, replaced, subject, findings);
        if (rule.Compose(request.Fields, 1, subject, findings) is not { } first || rule.Parse(first, findings) is not { } parts)
        {
            return null;
        }

        CheckFonds(rule, parts, subject, findings);
        if (findings.Count > before)
        {
            return null;
        }

        // A number that was passed over stays unused: the next one is always behind the highest ever given.
        var scope = CodeView.ScopeKey(rule.Name, rule.ScopeOf(parts));
        var number = LastIn(scope) + 1;
        var code = number <= rule.LastNumber ? rule.Compose(request.Fields, number, subject, findings) : null;
        while (code is not null && IsUsed(code) is not null)
        {
            number++;
            code = number <= rule.LastNumber ? rule.Compose(request.Fields, number, subject, findings) : null;
        }

        if (code is null)
        {
            findings.Add(Finding.Error("REF-005", subject, ("scope", string.Join(' ', rule.ScopeOf(parts))), ("last", rule.LastNumber)));
            return null;
        }

        return Assign(rule, code, request.Thing, replaced, reason, findings);
    }

    /// <summary>Takes a code that somebody chose; null and findings when it does not follow its rule or was ever used.</summary>
    public EventDraft? Chosen(CodeRule rule, string code, Guid? thing, CodeEntry? replaced, string? reason, ICollection<Finding> findings)
    {
        var before = findings.Count;
        CheckThing(rule, thing, replaced, Entry.Shown(code), findings);
        if (IsUsed(code) is { } user)
        {
            findings.Add(Finding.Error("REF-002", Entry.Shown(code), ("event", user)));
        }

        if (rule.Parse(code, findings) is not { } parts)
        {
            return null;
        }

        CheckFonds(rule, parts, Entry.Shown(code), findings);
        if (findings.Count > before)
        {
            return null;
        }

        var last = LastIn(CodeView.ScopeKey(rule.Name, rule.ScopeOf(parts)));
        if (parts.Number > last + 1)
        {
            findings.Add(Finding.Warning("REF-010", code, ("first", last + 1), ("last", parts.Number - 1)));
        }

        return Assign(rule, code, thing, replaced, reason, findings);
    }

    private EventDraft Assign(CodeRule rule, string code, Guid? thing, CodeEntry? replaced, string? reason, ICollection<Finding> findings)
    {
        var parts = rule.Parse(code, findings)!;
        var scope = CodeView.ScopeKey(rule.Name, rule.ScopeOf(parts));
        _last[scope] = Math.Max(LastIn(scope), parts.Number);
        _ = _given.Add(code);
        var values = new JsonMap();
        foreach (var (name, value) in parts.Values)
        {
            _ = values.Set(name, value);
        }

        var body = new JsonMap()
            .Set("rule", rule.Name).Set("version", rule.Version).Set("kind", rule.Kind).Set("scope", Entry.Listed(rule.ScopeOf(parts))).Set("number", parts.Number)
            .Set("values", values).Set("replaces", replaced?.Code).Set("reason", reason);
        var subject = replaced?.Thing ?? (thing ?? Guid.NewGuid()).ToString("D", CultureInfo.InvariantCulture);
        return new EventDraft(RecordsEvents.CodeAssigned, subject) { ReferenceCode = code, Body = body };
    }

    /// <summary>The event that used a code first; null while it is free. Asks the keys, which no view can be wrong about.</summary>
    private long? IsUsed(string code) => _given.Contains(code) ? -1 : journal.FirstWithCode(code);

    private long LastIn(string scope)
    {
        if (!_last.TryGetValue(scope, out var last))
        {
            last = views.Find(CodeView.Scopes, "scope", scope, 1) is [var known, ..] ? known.Document.Number("last") ?? 0 : 0;
            _last[scope] = last;
        }

        return last;
    }

    private void CheckThing(CodeRule rule, Guid? thing, CodeEntry? replaced, string subject, ICollection<Finding> findings)
    {
        if (thing is not { } id || replaced is not null)
        {
            return;
        }

        var text = id.ToString("D", CultureInfo.InvariantCulture);
        var held = views.Find(CodeView.Codes, "thing", text).Select(d => CodeEntry.Read(d.Document)).FirstOrDefault(c => c.State == CodeState.Current && c.Kind == rule.Kind)?.Code;
        if (held is not null || !_things.Add((text, rule.Kind)))
        {
            findings.Add(Finding.Error("REF-006", subject, ("thing", text), ("code", held ?? "")));
        }
    }

    private void CheckFonds(CodeRule rule, CodeParts parts, string subject, ICollection<Finding> findings)
    {
        foreach (var (segment, value) in rule.Segments.Zip(parts.Values, (s, v) => (s, v.Value)))
        {
            if (segment.Source == "fonds" && FondsRegister.Find(views, value) is null)
            {
                findings.Add(Finding.Error("FON-010", subject, ("fonds", value)));
            }

            var only = segment.Name switch { "fonds" => rule.Fonds, "category" => rule.Category, _ => null };
            if (only is not null && only != value)
            {
                findings.Add(Finding.Error("REF-013", subject, ("rule", rule.Name), ("segment", segment.Name), ("expected", only), ("value", value)));
            }
        }
    }
}
