using System.Text;

namespace Lantai.InformationPackages;

/// <summary>
/// The lines of a tag file in its declared encoding, ended by LF, CR or both. A line is bounded, so that a file
/// without line ends costs no more memory than one line may.
/// </summary>
internal static class TagLines
{
    private const int LongestLine = 1 << 16;

    // The reader silently drops the mark of an encoding that has one; here it must be seen to be reported.
    private static readonly UTF8Encoding Unmarked = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Lines with numbers from one. A byte order mark stays in front of the first when the encoding needs none.</summary>
    /// <exception cref="DecoderFallbackException">The bytes are not in the encoding.</exception>
    /// <exception cref="InvalidDataException">A line is longer than 65,536 characters.</exception>
    internal static IEnumerable<(int Number, string Text)> Read(Func<Stream> open, Encoding encoding)
    {
        using var stream = open();
        var wide = encoding.CodePage is 1200 or 1201;
        var marked = wide ? FindByteOrder(open) : encoding is UTF8Encoding ? Unmarked : encoding;
        using var reader = new StreamReader(stream, marked, detectEncodingFromByteOrderMarks: false, 1 << 14);
        var buffer = new char[1 << 12];
        var line = new StringBuilder();
        var (number, afterReturn, first) = (0, false, wide);
        for (var got = reader.Read(buffer, 0, buffer.Length); got > 0; got = reader.Read(buffer, 0, buffer.Length))
        {
            for (var i = 0; i < got; i++)
            {
                var c = buffer[i];
                var secondHalf = afterReturn && c == '\n';
                afterReturn = c == '\r';
                if (secondHalf || (first && c == '\uFEFF'))
                {
                    first = false;
                    continue;
                }

                first = false;
                if (c is '\r' or '\n')
                {
                    yield return (++number, line.ToString());
                    _ = line.Clear();
                }
                else if (line.Append(c).Length > LongestLine)
                {
                    throw new InvalidDataException("A line is too long.");
                }
            }
        }

        if (line.Length > 0)
        {
            yield return (++number, line.ToString());
        }
    }

    // UTF-16 without a mark is big-endian (RFC 2781 §4.3).
    private static UnicodeEncoding FindByteOrder(Func<Stream> open)
    {
        using var stream = open();
        Span<byte> mark = stackalloc byte[2];
        var got = stream.ReadAtLeast(mark, 2, throwOnEndOfStream: false);
        return new UnicodeEncoding(bigEndian: got < 2 || mark is not [0xFF, 0xFE], byteOrderMark: false, throwOnInvalidBytes: true);
    }
}
