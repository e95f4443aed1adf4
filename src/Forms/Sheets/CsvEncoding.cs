using System.Text;

namespace Lantai.Forms;

/// <summary>In which encoding a CSV file is: what its mark says, else UTF-8 if all of it is, else GB18030.</summary>
internal static class CsvEncoding
{
    private const int BlockBytes = 1 << 16;

    /// <summary>The encoding, its name, and how many bytes its mark has. The stream stands at its beginning before and after.</summary>
    public static (Encoding Encoding, string Name, int Mark) Of(Stream stream)
    {
        var block = new byte[BlockBytes];
        var read = stream.ReadAtLeast(block, 3, throwOnEndOfStream: false);
        var found = block.AsSpan(0, read) switch
        {
            [0xEF, 0xBB, 0xBF, ..] => (Lenient("utf-8"), "UTF-8", 3),
            [0xFF, 0xFE, ..] => (Lenient("utf-16"), "UTF-16LE", 2),
            [0xFE, 0xFF, ..] => (Lenient("utf-16BE"), "UTF-16BE", 2),
            _ => IsUtf8(stream, block, read) ? (Lenient("utf-8"), "UTF-8", 0) : (Gb18030(), "GB18030", 0),
        };
        stream.Position = 0;
        return found;
    }

    private static bool IsUtf8(Stream stream, byte[] block, int read)
    {
        var decoder = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
        var letters = new char[BlockBytes + 4];
        try
        {
            for (; read > 0; read = stream.Read(block))
            {
                _ = decoder.GetChars(block.AsSpan(0, read), letters, flush: false);
            }

            _ = decoder.GetChars([], letters, flush: true);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false; // so it is another encoding, or damaged: its cells tell
        }
    }

    private static Encoding Lenient(string name) => Encoding.GetEncoding(name, EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\uFFFD"));

    private static Encoding Gb18030() =>
        CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\uFFFD"))
        ?? throw new PlatformNotSupportedException("GB18030 is part of the runtime.");
}
