using System.Buffers.Binary;
using Lantai.Characterization.Examination;

namespace Lantai.Characterization.Envelopes;

/// <summary>Looks into OpenPGP (RFC 9580): encrypted messages; signatures and keys are none.</summary>
internal sealed class OpenPgpExaminer : IExaminer
{
    private const int MostPackets = 10_000;

    public IReadOnlyCollection<FileFamily> Families { get; } = [FileFamily.OpenPgp];

    public void Examine(FileContent content, ExaminationNotes notes, ExaminationLimits limits, CancellationToken cancellation)
    {
        var start = content.ReadBytes(0, 16);
        var isArmoured = start.AsSpan().StartsWith("-----BEGIN"u8);
        if (!isArmoured)
        {
            Walk(content, notes, cancellation);
        }
        else if (content.Length > limits.MaxWhole)
        {
            notes.NotCheckable("too-long");
        }
        else
        {
            Unarm(content.ReadBytes(0, (int)content.Length), notes, cancellation);
            if (!notes.IsEncrypted)
            {
                ArmouredMessages.Note(content, notes, limits, cancellation); // in the signed text, or behind the first
            }
        }

        if (notes.IsEncrypted)
        {
            notes.NotCheckable("encrypted");
        }

        notes.Readable();
    }

    private static void Unarm(byte[] file, ExaminationNotes notes, CancellationToken cancellation)
    {
        var armour = Armour.Read(file);
        if (armour is null)
        {
            notes.Broken("armour", "bad-header");
            return;
        }

        notes.Set("content-type", armour.Label);
        if (!armour.IsEnded && armour.Label != "PGP SIGNED MESSAGE")
        {
            notes.Broken("armour", "cut-off");
        }

        // A signed text stands there as it is, with its signature behind it.
        if (armour.Label == "PGP SIGNED MESSAGE")
        {
            return;
        }

        if (armour.Bytes is null)
        {
            notes.Broken("armour", "bad-encoding");
            return;
        }

        Walk(FileContent.Of(armour.Bytes), notes, cancellation);
    }

    /// <summary>Goes through the packets and notes what is encrypted.</summary>
    internal static void Walk(FileContent content, ExaminationNotes notes, CancellationToken cancellation)
    {
        var at = 0L;
        for (var packets = 0; at < content.Length && packets < MostPackets; packets++)
        {
            cancellation.ThrowIfCancellationRequested();
            var head = content.ReadBytes(at, 6);
            if (head.Length < 2 || (head[0] & 0x80) == 0)
            {
                notes.Broken($"{at}", "bad-header");
                return;
            }

            var kind = (head[0] & 0x40) != 0 ? head[0] & 63 : (head[0] >> 2) & 15;
            if (NameOfEncrypted(kind) is { } name)
            {
                notes.Encrypted("openpgp", name);
            }

            if (End(content, at, head, cancellation) is not { } end || end > content.Length)
            {
                notes.Broken($"{at}", "cut-off");
                return;
            }

            at = end;
        }

        if (at < content.Length)
        {
            notes.NotCheckable("too-many-parts");
        }
    }

    private static string? NameOfEncrypted(int kind) => kind switch
    {
        1 => "public-key-encrypted-session-key",
        3 => "symmetric-key-encrypted-session-key",
        9 => "encrypted-data",
        18 => "encrypted-and-integrity-protected-data",
        20 => "aead-encrypted-data",
        _ => null,
    };

    // Where the packet ends; null when its length is cut off (RFC 9580 §4.2).
    private static long? End(FileContent content, long at, byte[] head, CancellationToken cancellation)
    {
        if ((head[0] & 0x40) != 0)
        {
            return EndOfNew(content, at + 1, cancellation);
        }

        return (head[0] & 3) switch
        {
            0 => at + 2 + head[1],
            1 => head.Length < 3 ? null : at + 3 + BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(1)),
            2 => head.Length < 5 ? null : at + 5 + BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(1)),
            _ => content.Length,
        };
    }

    // A length may be that of a part only, with another behind the part; parts are at least one byte, so this ends.
    private static long? EndOfNew(FileContent content, long at, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var length = content.ReadBytes(at, 5);
            switch (length)
            {
                case [< 192, ..]:
                    return at + 1 + length[0];
                case [< 224, _, ..]:
                    return at + 2 + ((length[0] - 192) << 8) + length[1] + 192;
                case [255, _, _, _, _]:
                    return at + 5 + BinaryPrimitives.ReadUInt32BigEndian(length.AsSpan(1));
                case [>= 224 and < 255, ..]:
                    at += 1 + (1L << (length[0] & 0x1F));
                    break;
                default:
                    return null;
            }
        }
    }
}
