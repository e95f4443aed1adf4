using System.Buffers;
using System.Text;
using Lantai.Characterization.Examination;

namespace Lantai.Characterization.Envelopes;

/// <summary>
/// Finds encrypted messages in armour wherever they stand in a text: below a greeting, quoted in an answer, one behind another
/// (RFC 9580 §6, RFC 7468). What only looks like one, as in a manual, has no bytes in it.
/// </summary>
/// <remarks>Pure; safe for concurrent use. Reads the text once, and of each message at most 1 MiB.</remarks>
internal static class ArmouredMessages
{
    private const int Window = 1 << 18;
    private const int MostBlock = 1 << 20;
    private const int MostBlocks = 64;
    private const int MostLabel = 40;

    private static readonly string[] Labels = ["PGP MESSAGE", "CMS", "PKCS7", "PKCS #7"];

    private static readonly SearchValues<char> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");

    private static ReadOnlySpan<byte> Begin => "-----BEGIN "u8;

    /// <summary>Notes each that is encrypted, with the place where it begins.</summary>
    /// <param name="content">The text, in an encoding that holds ASCII as it is.</param>
    /// <param name="notes">Takes what is found.</param>
    /// <param name="limits">How much may be spent.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static void Note(FileContent content, ExaminationNotes notes, ExaminationLimits limits, CancellationToken cancellation)
    {
        var blocks = 0;
        var buffer = new byte[(int)Math.Clamp(content.Length, 0, Window)];
        for (var at = 0L; at + Begin.Length <= content.Length;)
        {
            cancellation.ThrowIfCancellationRequested();
            var window = buffer.AsSpan(0, content.Read(at, buffer));
            for (int place = 0, found; (found = window[place..].IndexOf(Begin)) >= 0; place += Begin.Length)
            {
                place += found;
                if (LabelOf(content.ReadBytes(at + place + Begin.Length, MostLabel)) is not { } label)
                {
                    continue;
                }

                if (++blocks > MostBlocks)
                {
                    notes.NotCheckable("too-many-parts");
                    return;
                }

                Look(content.ReadBytes(at + place, MostBlock), label, WalkStoppedException.Place(label, at + place), notes, limits, cancellation);
            }

            at += Math.Max(1, window.Length - Begin.Length + 1); // a mark that the window cuts is found in the next one
        }
    }

    /// <summary>The same for a text of two bytes a letter.</summary>
    public static void NoteWide(FileContent content, bool isLittle, ExaminationNotes notes, ExaminationLimits limits, CancellationToken cancellation)
    {
        if (content.Length > limits.MaxWhole)
        {
            notes.NotCheckable("too-long");
            return;
        }

        var letters = (isLittle ? Encoding.Unicode : Encoding.BigEndianUnicode).GetString(content.ReadBytes(0, (int)content.Length));
        Note(FileContent.Of(Encoding.Latin1.GetBytes(letters)), notes, limits, cancellation);
    }

    private static string? LabelOf(ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf("-----"u8);
        var label = end < 0 ? "" : Encoding.Latin1.GetString(rest[..end]);
        return Array.Exists(Labels, l => label.StartsWith(l, StringComparison.Ordinal)) ? label : null;
    }

    private static void Look(byte[] block, string label, string place, ExaminationNotes notes, ExaminationLimits limits, CancellationToken cancellation)
    {
        var bytes = Unpack(Encoding.Latin1.GetString(block));
        if (bytes.Length == 0)
        {
            return;
        }

        // Only what is encrypted is taken over: that a quoted message is cut off is no fault of the text.
        var isPgp = label.StartsWith("PGP", StringComparison.Ordinal);
        var inside = new ExaminationNotes(notes.Subject, isPgp ? FileFamily.OpenPgp : FileFamily.Cms);
        if (isPgp)
        {
            OpenPgpExaminer.Walk(FileContent.Of(bytes), inside, cancellation);
        }
        else
        {
            CmsExaminer.LookAt(bytes, inside, limits with { MaxDepth = limits.MaxDepth - 1 }, cancellation);
        }

        foreach (var mark in inside.ToExamination().Encryption)
        {
            notes.Encrypted(mark.Kind, place);
        }

        if (!inside.IsEncrypted && inside.Readability == Readability.NotCheckable)
        {
            notes.Unseen(place, block.Length == MostBlock ? "too-long" : "packed-otherwise");
        }
    }

    // Behind the first line come headers up to an empty line, then nothing but base64; each line may be quoted.
    private static byte[] Unpack(string block)
    {
        using var bytes = new MemoryStream();
        var letters = new SixBitLetters();
        var isFirst = true;
        foreach (var range in block.AsSpan().Split('\n'))
        {
            var line = block.AsSpan(range).TrimStart("> \t|").TrimEnd();
            if (isFirst || line.IsEmpty || (line.Contains(':') && bytes.Length == 0))
            {
                isFirst = false;
                continue;
            }

            if (line[0] == '=' || line.ContainsAnyExcept(Alphabet))
            {
                break;
            }

            letters.Append(line, bytes);
        }

        return bytes.ToArray();
    }
}
