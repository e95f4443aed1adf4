using System.Text;

namespace Lantai.Characterization.Text;

/// <summary>Encodings by the names that files give, strict: what they cannot read is no letter.</summary>
internal static class TextEncodings
{
    private const int Block = 1 << 16;

    /// <summary>The encoding of a name; null when nobody knows it. Nothing is registered for the process: GBK and its kin come from their provider.</summary>
    public static Encoding? Find(string name)
    {
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
                ?? Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            // The runtime says so of a name that it does not know, and of UTF-7, which it refuses.
            return null;
        }
    }

    /// <summary>About where the first byte stands that the encoding cannot read; null when it reads all.</summary>
    public static long? FirstFault(FileContent content, Encoding encoding, CancellationToken cancellation)
    {
        var (decoder, bytes, letters) = (encoding.GetDecoder(), new byte[Block], new char[encoding.GetMaxCharCount(Block)]);
        var at = 0L;
        try
        {
            for (int count; (count = content.Read(at, bytes)) > 0; at += count)
            {
                cancellation.ThrowIfCancellationRequested();
                _ = decoder.GetChars(bytes.AsSpan(0, count), letters, flush: at + count >= content.Length);
            }

            return null;
        }
        catch (DecoderFallbackException e)
        {
            return Math.Max(0, at + e.Index);
        }
    }
}
