using System.Text;
using System.Xml;

namespace Lantai.Characterization.TextLayers;

/// <summary>
/// Gathers the texts of an XML while it is read node by node. Runs inside a paragraph, and mark-up in the middle of a text,
/// do not part it: 机&lt;b&gt;密&lt;/b&gt; is one word.
/// </summary>
/// <param name="take">Gets a text, the local name of its element or attribute, and whether it is a paragraph.</param>
/// <param name="isParagraph">Which elements are paragraphs, by local name.</param>
/// <param name="isAttributeTaken">Which attributes are texts, by the local names of element and attribute.</param>
/// <param name="mostText">The longest text that is taken in one piece, in letters.</param>
/// <remarks>Memory grows with the depth, which the reader bounds, and not with the text.</remarks>
internal sealed class XmlLetters(
    Action<string, string, bool> take, Func<string, bool> isParagraph, Func<string, string, bool> isAttributeTaken, int mostText = XmlLetters.MostText)
{
    private const int MostText = 4096;
    private const int Overlap = 64;

    private readonly Stack<Frame> _open = new();

    /// <summary>Looks at a node.</summary>
    public void Visit(XmlReader reader)
    {
        switch (reader.NodeType)
        {
            case XmlNodeType.Element:
                Begin(reader);
                break;
            case XmlNodeType.Text or XmlNodeType.CDATA:
                Add(reader.Value, isOwn: true);
                break;
            case XmlNodeType.SignificantWhitespace:
                Add(reader.Value, isOwn: false);
                break;
            case XmlNodeType.EndElement:
                End();
                break;
        }
    }

    private void Begin(XmlReader reader)
    {
        var (name, isEmpty) = (reader.LocalName, reader.IsEmptyElement);
        if (name is "tab" or "br" or "cr" or "line-break")
        {
            Add(name == "tab" ? "\t" : "\n", isOwn: false);
        }
        else if (name == "s" && isEmpty)
        {
            Add(" ", isOwn: false); // blanks of OpenDocument
        }

        TakeAttributes(reader, name);
        if (!isEmpty)
        {
            _open.Push(new Frame(name, isParagraph(name), _open.TryPeek(out var around) && around.IsInParagraph));
        }
    }

    private void TakeAttributes(XmlReader reader, string element)
    {
        while (reader.MoveToNextAttribute())
        {
            if (reader.Prefix != "xmlns" && reader.LocalName != "xmlns" && isAttributeTaken(element, reader.LocalName) && reader.Value.Length > 0)
            {
                take(reader.Value, reader.LocalName, false);
                if (element == "String" && reader.LocalName == "CONTENT")
                {
                    Add(reader.Value, isOwn: true); // a word that was recognised: the line around it is read as one text
                }
            }
        }

        _ = reader.MoveToElement();
    }

    private void Add(string text, bool isOwn)
    {
        if (_open.TryPeek(out var frame))
        {
            frame.HasOwn |= isOwn;
            Append(frame, text);
        }
    }

    private void End()
    {
        if (!_open.TryPop(out var frame))
        {
            return;
        }

        if (frame.IsTaken)
        {
            take(frame.Text.ToString(), frame.Name, frame.IsParagraph);
        }

        // A paragraph ends what stands before it; any other text may be a part of the one around it.
        if (!frame.IsParagraph && _open.TryPeek(out var around))
        {
            Append(around, frame.Text.Length <= MostText ? frame.Text.ToString() : frame.Text.ToString(0, MostText));
        }
    }

    private void Append(Frame frame, string text)
    {
        _ = frame.Text.Append(text);
        if (frame.Text.Length <= (frame.IsTaken ? mostText : MostText))
        {
            return;
        }

        if (frame.IsTaken)
        {
            take(frame.Text.ToString(), frame.Name, frame.IsParagraph);
            _ = frame.Text.Remove(0, frame.Text.Length - Overlap);
        }
        else
        {
            frame.Text.Length = MostText; // of an element that only holds others, which were taken each by itself
        }
    }

    private sealed class Frame(string name, bool isParagraph, bool isInside)
    {
        public string Name => name;

        public bool IsParagraph => isParagraph;

        public bool HasOwn { get; set; }

        public bool IsInParagraph => isParagraph || isInside;

        public bool IsTaken => isParagraph || (HasOwn && !isInside);

        public StringBuilder Text { get; } = new();
    }
}
