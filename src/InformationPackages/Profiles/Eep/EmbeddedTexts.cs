using System.Xml;
using Lantai.InformationPackages.Xml;

namespace Lantai.InformationPackages;

/// <summary>
/// Goes through the elements of one name in a file, to give the text of one after another again without holding any. Asked in the
/// order of the file, it reads the file once.
/// </summary>
/// <remarks>For files that were read to their end before: faults are no longer told. Not safe for concurrent use.</remarks>
internal sealed class EmbeddedTexts(Func<Stream> open, string localName, MarkupLimits limits, CancellationToken cancellation) : IDisposable
{
    private readonly char[] _piece = new char[1 << 12];
    private Stream? _stream;
    private MarkupLetters? _letters;
    private XmlReader? _reader;
    private int _next;

    /// <summary>Goes to the text of an element, counted from 0; <see cref="Read"/> gives it.</summary>
    public void Seek(int index)
    {
        if (_reader is null || index < _next)
        {
            Dispose();
            _stream = open();
            _letters = new MarkupLetters(_stream, MarkupEncoding.Utf8, limits, cancellation);
            _reader = SafeXml.Create(_letters);
            _next = 0;
        }

        while (_next <= index && _reader.Read())
        {
            _next += _reader.NodeType == XmlNodeType.Element && _reader.LocalName == localName ? 1 : 0;
        }

        // An empty element has no text, and what follows is somebody else's.
        if (!_reader.IsEmptyElement)
        {
            _ = _reader.Read();
        }
    }

    /// <summary>The next characters of the element's text; none at its end.</summary>
    public ReadOnlySpan<char> Read()
    {
        while (_reader!.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace or XmlNodeType.Comment or XmlNodeType.ProcessingInstruction)
        {
            var got = _reader.NodeType is XmlNodeType.Comment or XmlNodeType.ProcessingInstruction ? 0 : _reader.ReadValueChunk(_piece, 0, _piece.Length);
            if (got > 0)
            {
                return _piece.AsSpan(0, got);
            }

            _ = _reader.Read();
        }

        return [];
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _reader?.Dispose();
        _letters?.Dispose();
        _stream?.Dispose();
        (_reader, _letters, _stream) = (null, null, null);
    }
}
