using System.Xml;

namespace Lantai.Characterization.Packages;

/// <summary>Collects the text of elements by their local names while a document is read node by node.</summary>
/// <param name="take">Gets the local name and the text of each element that has some.</param>
/// <param name="isWanted">Which elements count, by local name; the texts of others are not even made.</param>
internal sealed class TextElements(Action<string, string> take, Func<string, bool>? isWanted = null)
{
    private const int MostText = 1000;

    private string _name = "";

    /// <summary>Looks at a node.</summary>
    public void Visit(XmlReader reader)
    {
        if (reader.NodeType == XmlNodeType.Element)
        {
            _name = isWanted?.Invoke(reader.LocalName) == false ? "" : reader.LocalName;
        }
        else if (reader.NodeType == XmlNodeType.EndElement)
        {
            _name = "";
        }
        else if ((reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA) && _name.Length > 0)
        {
            var text = reader.Value.Trim();
            take(_name, text.Length > MostText ? text[..MostText] : text);
        }
    }
}
