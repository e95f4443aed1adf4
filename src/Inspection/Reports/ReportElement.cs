using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Lantai.Inspection;

/// <summary>An element whose parts are taken in order; what nobody took, or what is not there, is an <see cref="XmlException"/> that names it.</summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class ReportElement
{
    private readonly XElement _element;
    private readonly HashSet<XName> _taken = [];
    private readonly Queue<XElement> _children;

    public ReportElement(XElement element)
    {
        _element = element;
        _children = new Queue<XElement>(element.Elements());
        if (element.Nodes().Any(n => n is not XElement and not XText))
        {
            throw Wrong("comment");
        }
    }

    /// <summary>Its name.</summary>
    public string Name => _element.Name.LocalName;

    /// <summary>Refuses another name or namespace.</summary>
    public void Expect(string name)
    {
        if (_element.Name != XName.Get(name, ReportXml.Namespace))
        {
            throw Wrong(name);
        }
    }

    public bool Has(string attribute) => _element.Attribute(attribute) is not null;

    public string Text(string attribute) => OptionalText(attribute) ?? throw Wrong(attribute);

    public string? OptionalText(string attribute)
    {
        _ = _taken.Add(attribute);
        return _element.Attribute(attribute)?.Value;
    }

    public long Number(string attribute) => Value(attribute, t => long.TryParse(t, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : (long?)null);

    public T Value<T>(string attribute, Func<string, T?> read)
        where T : struct => read(Text(attribute)) ?? throw Wrong(attribute);

    /// <summary>Refuses another value of an attribute: one that follows from the rest.</summary>
    public void Demand(string attribute, string value)
    {
        if (Text(attribute) != value)
        {
            throw Wrong(attribute);
        }
    }

    /// <summary>The next child, of this name.</summary>
    public ReportElement Child(string name) => _children.TryPeek(out var next) && next.Name == XName.Get(name, ReportXml.Namespace) ? new ReportElement(_children.Dequeue()) : throw Wrong(name);

    /// <summary>All next children of this name.</summary>
    public IEnumerable<ReportElement> Children(string name)
    {
        while (_children.TryPeek(out var next) && next.Name == XName.Get(name, ReportXml.Namespace))
        {
            yield return new ReportElement(_children.Dequeue());
        }
    }

    /// <summary>All next children before one of this name.</summary>
    public IEnumerable<ReportElement> ChildrenUntil(string name)
    {
        while (_children.TryPeek(out var next) && next.Name != XName.Get(name, ReportXml.Namespace))
        {
            yield return new ReportElement(_children.Dequeue());
        }
    }

    /// <summary>The text of an element that holds nothing else; its language was written for people.</summary>
    public string Content()
    {
        _ = _taken.Add(XNamespace.Xml + "lang");
        return _element.HasElements || _element.Attributes().Any(a => !_taken.Contains(a.Name)) ? throw Wrong(Name) : _element.Value;
    }

    /// <summary>Refuses what nobody took, and text between elements.</summary>
    public void End()
    {
        if (_children.TryPeek(out var child))
        {
            throw Wrong(child.Name.LocalName);
        }

        if (_element.Attributes().FirstOrDefault(a => !a.IsNamespaceDeclaration && !_taken.Contains(a.Name)) is { } attribute)
        {
            throw Wrong(attribute.Name.LocalName);
        }

        if (_element.Nodes().OfType<XText>().Any(t => !string.IsNullOrWhiteSpace(t.Value)))
        {
            throw Wrong("text");
        }
    }

    private XmlException Wrong(string what) => new($"{Name}/{what}");
}
