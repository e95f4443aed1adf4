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
/// <param name="packed">Looks for files in base64 in the texts; null when nobody does. Then texts inside paragraphs are taken by themselves too.</param>
/// <remarks>Memory grows with the depth, which the reader bounds, and not with the text.</remarks>
internal sealed class XmlLetters(
    Action<string, string, bool> take, Func<string, bool> isParagraph, Func<string, string, bool> isAttributeTaken, PackedTexts? packed = null)
{
    private const int MostText = 4096;
    private const int Overlap = 64;
    private const int MostLabel = 64;
    private const int MostChunk = 1024;

    private readonly Stack<Frame> _open = new();
    private readonly char[] _chunk = new char[MostChunk];

    /// <summary>Looks at a node.</summary>
    public void Visit(XmlReader reader)
    {
        switch (reader.NodeType)
        {
            case XmlNodeType.Element:
                Begin(reader);
                break;
            case XmlNodeType.Text or XmlNodeType.CDATA:
                AddText(reader);
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

        var named = LabelOf(reader);
        var label = named ?? (_open.TryPeek(out var outer) ? outer.Label : null);
        var isPacked = TakeAttributes(reader, name, label);
        if (!isEmpty)
        {
            _open.Push(new Frame(name, isParagraph(name), _open.TryPeek(out var around) && around.IsInParagraph)
            {
                // A name says what its own element means, or the one value in it.
                OwnLabel = label, Label = named, Packed = packed?.Begin(isPacked || PackedTexts.IsSaid(name)),
            });
        }
    }

    private static string? LabelOf(XmlReader reader)
    {
        string? label = null;
        while (label is null && reader.MoveToNextAttribute())
        {
            label = FieldNames.IsName(reader.LocalName) && reader.Value.Length is > 0 and <= MostLabel ? reader.Value : null;
        }

        _ = reader.MoveToElement();
        return label;
    }

    private bool TakeAttributes(XmlReader reader, string element, string? label)
    {
        var isPacked = false;
        while (reader.MoveToNextAttribute())
        {
            var (name, value) = (reader.LocalName, reader.Value);
            if (reader.Prefix == "xmlns" || name == "xmlns" || value.Length == 0)
            {
                continue;
            }

            isPacked |= PackedTexts.IsSaid(value);
            if (isAttributeTaken(element, name))
            {
                Give(value, name, label, isParagraph: false);
                packed?.Look(value);
                if (element == "String" && name == "CONTENT")
                {
                    Add(value, isOwn: true); // a word that was recognised: the line around it is read as one text
                }
            }
        }

        _ = reader.MoveToElement();
        return isPacked;
    }

    // A long text comes in pieces: it may be a file of many megabytes in base64.
    private void AddText(XmlReader reader)
    {
        if (!reader.CanReadValueChunk)
        {
            Add(reader.Value, isOwn: true);
            return;
        }

        for (int count; (count = reader.ReadValueChunk(_chunk, 0, _chunk.Length)) > 0;)
        {
            Add(_chunk.AsSpan(0, count), isOwn: true);
        }
    }

    private void Add(ReadOnlySpan<char> text, bool isOwn)
    {
        if (!_open.TryPeek(out var frame))
        {
            return;
        }

        frame.HasOwn |= isOwn;
        frame.Packed?.Add(text);
        Append(frame, text);
    }

    private void End()
    {
        if (!_open.TryPop(out var frame))
        {
            return;
        }

        var text = frame.Text.ToString();
        if (IsTaken(frame))
        {
            Give(text, frame.Name, frame.OwnLabel, frame.IsParagraph);
        }

        frame.Packed?.End();
        if (!_open.TryPeek(out var around))
        {
            return;
        }

        if (FieldNames.IsName(frame.Name) && text.Length is > 0 and <= MostLabel)
        {
            around.Label = text; // <name>密级</name><value>JM</value>
        }

        // A paragraph ends what stands before it; any other text may be a part of the one around it.
        if (!frame.IsParagraph)
        {
            Append(around, text.AsSpan(0, Math.Min(text.Length, MostText)));
        }
    }

    private bool IsTaken(Frame frame) => frame.IsParagraph || (frame.HasOwn && (packed is not null || !frame.IsInParagraph));

    private void Give(string text, string name, string? label, bool isParagraph)
    {
        take(text, name, isParagraph);
        if (label is not null && label != text)
        {
            take(text, label, false);
        }
    }

    private void Append(Frame frame, ReadOnlySpan<char> text)
    {
        _ = frame.Text.Append(text);
        if (frame.Text.Length <= MostText)
        {
            return;
        }

        if (IsTaken(frame))
        {
            if (frame.Packed is not { IsPlausible: true })
            {
                Give(frame.Text.ToString(), frame.Name, frame.OwnLabel, frame.IsParagraph); // letters of base64 alone say nothing
            }

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

        public string? OwnLabel { get; init; }

        public string? Label { get; set; }

        public PackedText? Packed { get; init; }

        public StringBuilder Text { get; } = new();
    }
}
