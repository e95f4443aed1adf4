using System.Globalization;
using System.Text;

namespace Lantai.InformationPackages.Xml;

/// <summary>Something inside an element or beside the root: an element, a text, a comment or a processing instruction.</summary>
internal abstract class MarkupNode;

/// <summary>Text between tags, unescaped.</summary>
internal sealed class MarkupText(string value) : MarkupNode
{
    /// <summary>The characters.</summary>
    public string Value { get; } = value;

    /// <summary>Whether it is white space only.</summary>
    public bool IsBlank => Value.AsSpan().IndexOfAnyExcept(" \t\r\n") < 0;
}

/// <summary>A comment.</summary>
internal sealed class MarkupComment(string value) : MarkupNode
{
    /// <summary>What stands between its marks.</summary>
    public string Value { get; } = value;
}

/// <summary>A processing instruction.</summary>
internal sealed class MarkupInstruction(string target, string value) : MarkupNode
{
    /// <summary>Whom it is for.</summary>
    public string Target { get; } = target;

    /// <summary>What it says.</summary>
    public string Value { get; } = value;
}

/// <summary>An attribute; declarations of namespaces are attributes too.</summary>
/// <param name="Name">The name as written, with its prefix.</param>
/// <param name="Value">The value, unescaped.</param>
internal readonly record struct MarkupAttribute(string Name, string Value);

/// <summary>An element with all that stands in it, in order; what no profile knows is kept like the rest.</summary>
/// <remarks>Not safe for concurrent change.</remarks>
internal sealed class MarkupElement(string name, string space = "") : MarkupNode
{
    private readonly List<MarkupNode> _nodes = [];
    private readonly List<MarkupAttribute> _attributes = [];
    private int _place;
    private int _alike;
    private int _numbered;

    /// <summary>The name as written, with its prefix.</summary>
    public string Name { get; } = name;

    /// <summary>The name without prefix.</summary>
    public string LocalName { get; } = name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..];

    /// <summary>The namespace; empty for none.</summary>
    public string Namespace { get; } = space;

    /// <summary>The line of the name, from 1; 0 when it was not read from a file.</summary>
    public int Line { get; init; }

    /// <summary>The place of the name in its line, from 1.</summary>
    public int Column { get; init; }

    /// <summary>The element around it; null for a root.</summary>
    public MarkupElement? Parent { get; private set; }

    /// <summary>The attributes in order.</summary>
    public IReadOnlyList<MarkupAttribute> Attributes => _attributes;

    /// <summary>All that stands in it, in order.</summary>
    public IReadOnlyList<MarkupNode> Nodes => _nodes;

    /// <summary>The elements directly in it.</summary>
    public IEnumerable<MarkupElement> Elements => _nodes.OfType<MarkupElement>();

    /// <summary>What took the text directly in it while it was read; null when the tree holds the text.</summary>
    public ITextSink? Sink { get; set; }

    /// <summary>Writes a long text that the tree does not hold, already free of characters to escape; null for none.</summary>
    public Action<TextWriter>? LongText { get; set; }

    /// <summary>The text directly in it, joined.</summary>
    public string Value => _nodes switch
    {
        [] => "",
        [MarkupText only] => only.Value,
        _ => string.Concat(_nodes.OfType<MarkupText>().Select(t => t.Value)),
    };

    /// <summary>Whether it holds elements.</summary>
    public bool HasElements => _nodes.Exists(n => n is MarkupElement);

    /// <summary>
    /// Where it stands, as an XPath of local names; an index stands only where siblings have the same name, so the path of an
    /// element is final when its parent was read to the end. Of a name longer than any that means something only the beginning stands.
    /// </summary>
    public string Path
    {
        get
        {
            var path = new StringBuilder();
            for (var element = this; element is not null; element = element.Parent)
            {
                _ = path.Insert(0, $"/{Cut(element.LocalName)}{element.Index()}");
            }

            return path.ToString();
        }
    }

    /// <summary>The first element of a local name directly in it; null when there is none.</summary>
    public MarkupElement? First(string localName) => Elements.FirstOrDefault(e => e.LocalName == localName);

    /// <summary>All elements of a local name directly in it.</summary>
    public IEnumerable<MarkupElement> All(string localName) => Elements.Where(e => e.LocalName == localName);

    /// <summary>The value of an attribute by its name as written; null when there is none.</summary>
    public string? Attribute(string name)
    {
        foreach (var attribute in _attributes)
        {
            if (attribute.Name == name)
            {
                return attribute.Value;
            }
        }

        return null;
    }

    /// <summary>Adds an attribute.</summary>
    public MarkupElement With(string name, string value)
    {
        _attributes.Add(new MarkupAttribute(name, value));
        return this;
    }

    /// <summary>Adds what stands next in it; null adds nothing.</summary>
    /// <exception cref="ArgumentException">An element that already stands somewhere.</exception>
    public MarkupElement Add(MarkupNode? node)
    {
        if (node is MarkupElement child)
        {
            if (child.Parent is not null)
            {
                throw new ArgumentException("The element already stands in another.", nameof(node));
            }

            child.Parent = this;
        }

        if (node is not null)
        {
            _nodes.Add(node);
        }

        return this;
    }

    /// <summary>Adds an element of text alone.</summary>
    public MarkupElement Add(string name, string value) =>
        Add(value.Length == 0 ? new MarkupElement(name, Namespace) : new MarkupElement(name, Namespace).Add(new MarkupText(value)));

    /// <summary>The same element without one that stands directly in it. The others are shared, and still stand in this one.</summary>
    public MarkupElement Without(MarkupElement child)
    {
        var copy = new MarkupElement(Name, Namespace) { Line = Line, Column = Column };
        copy._attributes.AddRange(_attributes);
        copy._nodes.AddRange(_nodes.Where(n => !ReferenceEquals(n, child)));
        return copy;
    }

    /// <summary>Forgets white space that only sets elements apart. Text beside text stays as it is.</summary>
    internal void Settle()
    {
        if (_nodes.Count > 1 && !_nodes.Exists(n => n is MarkupText { IsBlank: false }) && _nodes.Exists(n => n is not MarkupText))
        {
            _ = _nodes.RemoveAll(n => n is MarkupText);
        }
    }

    /// <summary>The path.</summary>
    public override string ToString() => Path;

    private static string Cut(string name)
    {
        const int Most = 100;
        return name.Length <= Most ? name : string.Concat(name.AsSpan(0, char.IsHighSurrogate(name[Most - 1]) ? Most - 1 : Most), "…");
    }

    private string Index()
    {
        Parent?.Number();
        return _alike > 1 ? string.Create(CultureInfo.InvariantCulture, $"[{_place}]") : "";
    }

    // Once for all children: each for itself would cost the square of their number.
    private void Number()
    {
        if (_numbered == _nodes.Count)
        {
            return;
        }

        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var child in Elements)
        {
            child._place = counts[child.LocalName] = counts.GetValueOrDefault(child.LocalName) + 1;
        }

        foreach (var child in Elements)
        {
            child._alike = counts[child.LocalName];
        }

        _numbered = _nodes.Count;
    }
}
