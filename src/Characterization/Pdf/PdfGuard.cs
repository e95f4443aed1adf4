using UglyToad.PdfPig.Tokens;

namespace Lantai.Characterization.Pdf;

/// <summary>
/// Finds what would make PdfPig run out of stack, which ends the program and can be caught by nobody: it follows the tree
/// of pages and references that refer to one another by recursion without a limit.
/// </summary>
internal static class PdfGuard
{
    /// <summary>The most nodes of page trees; the stack of the reading holds several times as many.</summary>
    public const int MostNodes = 100_000;

    /// <summary>The longest file that is opened although its object streams may hide nodes under encryption, in bytes.</summary>
    public const long MostEncrypted = 4 << 20;

    private const int Step = 1 << 20;
    private const int Overlap = 64;

    /// <summary>Whether the file must not be given to the library.</summary>
    /// <exception cref="IOException">The source failed.</exception>
    public static bool IsDangerous(PdfBytes bytes, bool isEncrypted, CancellationToken cancellation)
    {
        var nodes = 0;
        for (long from = 0; from < bytes.Length; from += Step)
        {
            cancellation.ThrowIfCancellationRequested();
            var window = bytes.At(from, Step + Overlap);
            nodes += CountNodes(window);
            if (nodes > MostNodes || HasBareReference(window) || HasDisguise(window) || (isEncrypted && HasUnfilteredObjects(window)))
            {
                return true;
            }
        }

        return isEncrypted && bytes.Length > MostEncrypted;
    }

    /// <summary>How many nodes of page trees may stand here at most: a name may be written with escapes.</summary>
    public static int CountNodes(ReadOnlySpan<byte> bytes) => bytes.Count("/Kid"u8) + bytes.Count("/K#"u8) + bytes.Count("/Ki#"u8) + bytes.Count("/#"u8);

    /// <summary>
    /// Gives the trees of named destinations another name: the library follows them by recursion when it opens a file, a circle
    /// in them ends the program, and nobody here asks for them.
    /// </summary>
    public static void HideDestinations(Span<byte> bytes)
    {
        for (int step; (step = bytes.IndexOf("/Dests"u8)) >= 0; bytes = bytes[(step + DestinationsLength)..])
        {
            bytes[step + 1] = (byte)'H';
        }
    }

    /// <summary>Length of the name that is hidden, in bytes.</summary>
    public const int DestinationsLength = 6;

    /// <summary>Looks for objects in an object stream that are nothing but a reference.</summary>
    /// <exception cref="InsufficientExecutionStackException">There is one.</exception>
    public static void CheckObjects(DictionaryToken dictionary, ReadOnlySpan<byte> unpacked)
    {
        if (dictionary.Data.GetValueOrDefault("Type") is not NameToken { Data: "ObjStm" })
        {
            return;
        }

        if (HasDisguise(unpacked))
        {
            throw new InsufficientExecutionStackException();
        }

        // Pairs of number and place stand before the objects (ISO 32000-1, 7.5.7).
        var first = dictionary.Data.GetValueOrDefault("First") is NumericToken { Data: >= 0 and < int.MaxValue } given ? (int)given.Data : 0;
        var heads = new PdfLexer(unpacked[..Math.Min(first, unpacked.Length)]);
        while (heads.Next() == PdfPiece.Number && heads.Next() == PdfPiece.Number)
        {
            if (heads.Whole is >= 0 and { } place && place < unpacked.Length - first && IsBareReference(unpacked[(first + (int)place)..]))
            {
                throw new InsufficientExecutionStackException();
            }
        }
    }

    // The hidden name written with escapes; no writer does that to letters.
    private static bool HasDisguise(ReadOnlySpan<byte> bytes) =>
        bytes.IndexOf("/#44"u8) >= 0 || bytes.IndexOf("/D#65"u8) >= 0 || bytes.IndexOf("/De#73"u8) >= 0 || bytes.IndexOf("/Des#74"u8) >= 0 || bytes.IndexOf("/Dest#73"u8) >= 0;

    // What an object stream holds under encryption is seen, and hidden, when a filter unpacks it; without one the library has it first.
    private static bool HasUnfilteredObjects(ReadOnlySpan<byte> bytes)
    {
        const int Reach = 512;
        for (var at = 0; at < bytes.Length && bytes[at..].IndexOf("/ObjS"u8) is >= 0 and var step;)
        {
            at += step;
            if (bytes[Math.Max(0, at - Reach)..Math.Min(bytes.Length, at + Reach)].IndexOf("Decode"u8) < 0)
            {
                return true;
            }

            at++;
        }

        return bytes.IndexOf("/O#"u8) >= 0 || bytes.IndexOf("/Ob#"u8) >= 0 || bytes.IndexOf("/Obj#"u8) >= 0 || bytes.IndexOf("/#4F"u8) >= 0 || bytes.IndexOf("/#4f"u8) >= 0;
    }

    private static bool IsBareReference(ReadOnlySpan<byte> bytes)
    {
        var lexer = new PdfLexer(bytes[..Math.Min(bytes.Length, Overlap)]);
        return lexer.Next() == PdfPiece.Number && lexer.Next() == PdfPiece.Number && lexer.NextIs("R"u8);
    }

    // An object that is nothing but a reference is of no use, and two of them make a circle.
    private static bool HasBareReference(ReadOnlySpan<byte> window)
    {
        for (var at = 0; window[at..].IndexOf("obj"u8) is >= 0 and var step;)
        {
            at += step + 3;
            if (IsBareReference(window[at..]))
            {
                return true;
            }
        }

        return false;
    }
}
