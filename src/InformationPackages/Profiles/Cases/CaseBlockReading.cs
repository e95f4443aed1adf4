using Lantai.InformationPackages.Xml;

namespace Lantai.InformationPackages;

/// <summary>Reads the elements inside one element as a block of case metadata, and judges them by the list of elements.</summary>
internal sealed class CaseBlockReading(string file, PackageFindings findings, RecordCodeRule rule)
{
    /// <summary>The file that is read.</summary>
    internal string File => file;

    /// <summary>Reads a block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="source">The element whose children are the values.</param>
    /// <param name="others">Names of children that somebody else reads.</param>
    /// <param name="excused">English names of elements that need not stand here.</param>
    internal CaseFields Read(string block, MarkupElement source, IReadOnlyCollection<string>? others = null, IReadOnlyCollection<string>? excused = null)
    {
        var elements = CaseElements.Of(block).ToDictionary(e => e.Xml, StringComparer.Ordinal);
        var aliases = elements.Values.Where(e => e.Alias is not null).ToDictionary(e => e.Alias!, StringComparer.Ordinal);
        var fields = new List<CaseField>();
        var firsts = new Dictionary<CaseElement, string>(ReferenceEqualityComparer.Instance);
        foreach (var child in source.Elements.Where(e => others?.Contains(e.LocalName) != true))
        {
            fields.Add(ReadField(child, elements, aliases, firsts));
        }

        var read = new CaseFields(block, fields, new BlockSource(file, source));
        foreach (var element in elements.Values.Where(e => excused?.Contains(e.English) != true))
        {
            Demand(element, read);
        }

        return read;
    }

    /// <summary>Says of elements beside the known ones that nobody knows them, and keeps copies.</summary>
    internal List<MarkupElement> Unknown(IEnumerable<MarkupElement> elements)
    {
        var kept = new List<MarkupElement>();
        foreach (var element in elements)
        {
            findings.Error("PKG-010", file, element.Path, "group-2-2", "extension", element.LocalName);
            kept.Add(MarkupCopy.Of(element));
        }

        return kept;
    }

    /// <summary>The children of the extension block.</summary>
    internal IReadOnlyList<CaseExtension> Extensions(MarkupElement? block)
    {
        foreach (var item in block?.Elements ?? [])
        {
            if (string.IsNullOrWhiteSpace(item.Attribute("id")))
            {
                findings.Error("PKG-028", file, item.Path, "group-2-2", "id");
            }
        }

        return [.. (block?.Elements ?? []).Select(e => new CaseExtension(MarkupCopy.Of(e)))];
    }

    private CaseField ReadField(MarkupElement child, Dictionary<string, CaseElement> elements, Dictionary<string, CaseElement> aliases, Dictionary<CaseElement, string> firsts)
    {
        var known = elements.GetValueOrDefault(child.LocalName);
        if (known is null && aliases.TryGetValue(child.LocalName, out known))
        {
            findings.Warning("PKG-057", file, child.Path, "group-2-2", known.Xml, child.LocalName);
        }

        if (known is null)
        {
            findings.Error("PKG-010", file, child.Path, "group-2-2", "extension", child.LocalName);
            return new CaseField(null, child.LocalName, child.Value, MarkupCopy.Of(child));
        }

        if (!firsts.TryAdd(known, child.Value) && !known.IsRepeatable)
        {
            TellTwice(known, child, firsts[known]);
        }

        var isPlain = child.Attributes.Count == 0 && !child.HasElements && child.LocalName == known.Xml;
        if (child.Attributes.Count > 0 || child.HasElements)
        {
            findings.Error("PKG-010", file, child.Path, "group-2-2", "text-alone", child.Attributes.Count > 0 ? "@" + child.Attributes[0].Name : child.Elements.First().LocalName);
        }

        if (child.Value.Length > 0)
        {
            foreach (var fault in CaseValues.Check(known, child.Value, rule))
            {
                Tell(fault, child.Path, child.Value);
            }
        }

        return new CaseField(known, known.English, child.Value, isPlain ? null : MarkupCopy.Of(child));
    }

    /// <summary>Two running numbers are two cases, which is worse than an element that stands twice.</summary>
    private void TellTwice(CaseElement element, MarkupElement child, string first)
    {
        if (element.English == "project_id" && child.Value != first)
        {
            findings.Error("PKG-004", file, child.Path, "article-8", first, child.Value);
        }
        else
        {
            findings.Error("PKG-013", file, child.Path, "group-2-2", "once", child.LocalName);
        }
    }

    private void Tell(ValueFault fault, string at, string value)
    {
        if (fault.Severity == Words.Severity.Error)
        {
            findings.Error(fault.Code, file, at, fault.Clause, fault.Expected, value);
        }
        else
        {
            findings.Warning(fault.Code, file, at, fault.Clause, fault.Expected, value);
        }
    }

    private void Demand(CaseElement element, CaseFields fields)
    {
        var isDemanded = element.Obligation == ElementObligation.Mandatory
            || (element.Obligation == ElementObligation.Conditional && element.Condition?.Holds(fields) == true);
        if (isDemanded && string.IsNullOrWhiteSpace(fields[element.English]))
        {
            findings.Error(
                fields[element.English] is null ? "PKG-007" : "PKG-008", file, fields.PlaceOf(element.English), "group-2-2", element.Chinese, element.Condition is { } when ? $" ({when.Element} = {fields[when.Element]})" : "");
        }
    }
}
