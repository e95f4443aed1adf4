using System.Buffers;
using System.Formats.Asn1;
using System.Text;
using Lantai.Characterization;
using Lantai.Evidence.Signatures;

namespace Lantai.Inspection.Reading;

/// <summary>Checks the signatures of a PDF over its bytes, where they are signed messages (CMS or GB/T 35275) that lie outside what they are over.</summary>
/// <remarks>
/// Source: ISO 32000-2, 12.8.1 and 12.8.3.3; ETSI EN 319 142-1. The message is read from the gap that the ranges leave and from nowhere
/// else: what a signature leaves out may be nothing but itself. Pure but for reading; safe for concurrent use with different contents.
/// </remarks>
internal static class PdfSeals
{
    private const int MostMessage = 8 << 20;
    private const long MostSigned = 1L << 30;
    private const int Piece = 1 << 16;

    /// <summary>Checks each signature that was found.</summary>
    /// <exception cref="IOException">The source failed.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    internal static IReadOnlyList<CheckedSeal> Check(FileContent content, FileCharacter character, CancellationToken stop)
    {
        var left = MostSigned;
        var checkedOnes = new List<CheckedSeal>();
        foreach (var signature in character.Examination?.Signatures ?? [])
        {
            left -= content.Length;
            checkedOnes.Add(left < 0 ? new CheckedSeal(signature.Place, SealMatch.Unknown, "too-long", signature.Form, "", false) : Check(content, signature, stop));
        }

        return checkedOnes;
    }

    private static CheckedSeal Check(FileContent content, PdfSignature signature, CancellationToken stop)
    {
        if (signature.Form is not ("adbe.pkcs7.detached" or "ETSI.CAdES.detached"))
        {
            return Say(SealMatch.Unknown, "form");
        }

        if (signature.Range is not [0, var first, var second, var rest] || first <= 0 || second <= first || rest < 0 || second + rest > content.Length || second - first > MostMessage)
        {
            return Say(SealMatch.Fails, "range");
        }

        if (Message(content.ReadBytes(first, (int)(second - first))) is not { } bytes
            || !SignedMessage.TryParse(bytes, signature.Place, out var message, out _) || message.Content is not null || message.SignerCount == 0)
        {
            return Say(SealMatch.Fails, "message");
        }

        var check = new SignedMessageCheck(message, signature.Place);
        Append(check, content, 0, first, stop);
        Append(check, content, second, rest, stop);
        var signers = check.Finish();
        var match = signers.Any(s => s.Match == SignatureMatch.Differs) ? SealMatch.Fails : signers.All(s => s.Match == SignatureMatch.Matches) ? SealMatch.Holds : SealMatch.Unknown;
        var end = Encoding.Latin1.GetString(content.ReadBytes(second + rest, Piece));
        return Say(match, match switch { SealMatch.Holds => "", SealMatch.Fails => "differs", _ => "algorithm" }) with
        {
            Signers = string.Join("; ", signers.Select(s => s.Certificate?.Subject ?? s.Signer)),
            IsToEnd = content.Length - second - rest <= Piece && string.IsNullOrWhiteSpace(end),
        };

        CheckedSeal Say(SealMatch match, string why) => new(signature.Place, match, why, signature.Form, "", false);
    }

    // The gap holds the message as a string of digits and nothing else; behind the message it is filled up with zeros.
    private static ReadOnlyMemory<byte>? Message(ReadOnlySpan<byte> gap)
    {
        if (gap is not [(byte)'<', .. var digits, (byte)'>'])
        {
            return null;
        }

        var bytes = new byte[digits.Length / 2];
        if (digits.Length % 2 != 0 || Convert.FromHexString(Encoding.Latin1.GetString(digits), bytes, out _, out _) != OperationStatus.Done)
        {
            return null;
        }

        try
        {
            _ = AsnDecoder.ReadEncodedValue(bytes, AsnEncodingRules.BER, out _, out _, out var length);
            return bytes.AsSpan(length).ContainsAnyExcept((byte)0) ? null : bytes.AsMemory(0, length);
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static void Append(SignedMessageCheck check, FileContent content, long from, long length, CancellationToken stop)
    {
        var piece = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            for (long at = from, end = from + length; at < end;)
            {
                stop.ThrowIfCancellationRequested();
                var got = content.Read(at, piece.AsSpan(0, (int)Math.Min(piece.Length, end - at)));
                if (got == 0)
                {
                    throw new EndOfStreamException();
                }

                check.Append(piece.AsSpan(0, got));
                at += got;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece, clearArray: true);
        }
    }
}
