using System.Text;
using System.Xml;
using Lantai.Containers;

namespace Lantai.Characterization.Packages;

/// <summary>Opens XML in the encoding that it declares, GB18030 and its forerunners included, which the runtime does not know of itself.</summary>
internal static class DeclaredEncoding
{
    private const int Start = 256;

    /// <summary>A reader over the XML.</summary>
    public static XmlReader Open(Stream xml, XmlReaderSettings settings)
    {
        var start = new byte[Start];
        var count = xml.ReadAtLeast(start, Start, throwOnEndOfStream: false);
        var whole = new ContinuedStream(start.AsMemory(0, count), xml);
        return Find(start.AsSpan(0, count)) is { } encoding
            ? XmlReader.Create(new StreamReader(whole, encoding, detectEncodingFromByteOrderMarks: false), settings)
            : XmlReader.Create(whole, settings);
    }

    /// <summary>Whether an exception of the reader says no more than that it does not know the encoding.</summary>
    public static bool IsUnknown(Exception exception) =>
        exception is XmlException { InnerException: ArgumentException and not DecoderFallbackException } or NotSupportedException;

    // The declaration is ASCII in all of them. What the runtime knows is left to the reader, which checks it against the first bytes.
    private static Encoding? Find(ReadOnlySpan<byte> start)
    {
        var text = Encoding.Latin1.GetString(start);
        var at = text.StartsWith("<?xml", StringComparison.Ordinal) ? text.IndexOf("encoding", StringComparison.Ordinal) : -1;
        var end = text.IndexOf("?>", StringComparison.Ordinal);
        if (at < 0 || end < at)
        {
            return null;
        }

        var name = text[(at + 8)..end].Trim(' ', '=', '"', '\'', '\t', '\r', '\n').Split('"', '\'')[0];
        return CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
    }

    /// <summary>Bytes that were read already, then the rest.</summary>
    private sealed class ContinuedStream(ReadOnlyMemory<byte> start, Stream rest) : ForwardStream
    {
        private ReadOnlyMemory<byte> _start = start;

        public override int Read(Span<byte> buffer)
        {
            if (_start.IsEmpty)
            {
                return rest.Read(buffer);
            }

            var count = Math.Min(buffer.Length, _start.Length);
            _start.Span[..count].CopyTo(buffer);
            _start = _start[count..];
            return count;
        }
    }
}
