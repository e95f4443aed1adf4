using Lantai.InformationPackages.Xml;

namespace Lantai.InformationPackages;

/// <summary>Copies elements, which stand in one place only, so that what was read can be written elsewhere.</summary>
internal static class MarkupCopy
{
    internal static MarkupElement Of(MarkupElement element)
    {
        var copy = new MarkupElement(element.Name, element.Namespace);
        foreach (var attribute in element.Attributes)
        {
            _ = copy.With(attribute.Name, attribute.Value);
        }

        foreach (var node in element.Nodes)
        {
            _ = copy.Add(node is MarkupElement child ? Of(child) : node);
        }

        return copy;
    }

    /// <summary>Whether two elements say the same.</summary>
    internal static bool AreEqual(MarkupElement left, MarkupElement right) =>
        left.Name == right.Name && left.Attributes.SequenceEqual(right.Attributes) && left.Nodes.Count == right.Nodes.Count
        && left.Nodes.Zip(right.Nodes).All(p => (p.First, p.Second) switch
        {
            (MarkupElement a, MarkupElement b) => AreEqual(a, b),
            (MarkupText a, MarkupText b) => a.Value == b.Value,
            _ => false,
        });
}
