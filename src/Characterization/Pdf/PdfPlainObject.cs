namespace Lantai.Characterization.Pdf;

/// <summary>Looks at an object in plain sight, where a cross-reference says that it stands.</summary>
internal static class PdfPlainObject
{
    private const int MostOfDictionary = 64 << 10;
    private const int EndReach = 64;

    /// <summary>What is wrong with it, a key of the texts without its prefix <c>fault.</c>; null when nothing is.</summary>
    /// <param name="bytes">The file, from the object on.</param>
    /// <param name="number">The number that it should have.</param>
    /// <param name="generation">The generation that it should have.</param>
    public static string? FindFault(ReadOnlySpan<byte> bytes, long number, long generation)
    {
        // A dictionary of a stream is short: a long object costs no more than that, however often tables list it.
        var lexer = new PdfLexer(bytes[..Math.Min(bytes.Length, MostOfDictionary)]);
        if (!lexer.NextIsObject(out var foundNumber, out var foundGeneration) || foundNumber != number || foundGeneration != generation)
        {
            return "pdf-xref-entry";
        }

        if (PdfTrailer.TryRead(ref lexer) is not { IsWhole: true } dictionary || !lexer.NextIs("stream"u8)
            || dictionary["Length"] is not { Number: >= 0 and { } length, IsReference: false })
        {
            return null;
        }

        var start = lexer.Position;
        start += start < bytes.Length && bytes[start] == '\r' ? 1 : 0;
        start += start < bytes.Length && bytes[start] == '\n' ? 1 : 0;
        if (length > bytes.Length - start)
        {
            return "pdf-stream-length";
        }

        var end = start + (int)length;
        var behind = new PdfLexer(bytes[end..Math.Min(bytes.Length, end + EndReach)]);
        return !behind.NextIs("endstream"u8) ? "pdf-stream-length" : behind.NextIs("endobj"u8) ? null : "pdf-object-end";
    }
}
