using System.Formats.Asn1;
using Lantai.Characterization.Examination;
using Lantai.Characterization.Packages;

namespace Lantai.Characterization.Envelopes;

/// <summary>
/// Looks into Cryptographic Message Syntax: what its content type is, by RFC 5652 or by GB/T 35275 with SM2; signatures encrypt
/// nothing, but what is signed may be encrypted.
/// </summary>
internal sealed class CmsExaminer : IExaminer
{
    private static readonly Dictionary<string, (string Type, bool IsEncrypted)> Types = new(StringComparer.Ordinal)
    {
        ["1.2.840.113549.1.7.1"] = ("data", false),
        ["1.2.840.113549.1.7.2"] = ("signed-data", false),
        ["1.2.840.113549.1.7.3"] = ("enveloped-data", true),
        ["1.2.840.113549.1.7.4"] = ("signed-and-enveloped-data", true),
        ["1.2.840.113549.1.7.5"] = ("digested-data", false),
        ["1.2.840.113549.1.7.6"] = ("encrypted-data", true),
        ["1.2.840.113549.1.9.16.1.2"] = ("authenticated-data", false),
        ["1.2.840.113549.1.9.16.1.9"] = ("compressed-data", false),
        ["1.2.840.113549.1.9.16.1.23"] = ("auth-enveloped-data", true),
        ["1.2.156.10197.6.1.4.2.1"] = ("data", false),
        ["1.2.156.10197.6.1.4.2.2"] = ("signed-data", false),
        ["1.2.156.10197.6.1.4.2.3"] = ("enveloped-data", true),
        ["1.2.156.10197.6.1.4.2.4"] = ("signed-and-enveloped-data", true),
        ["1.2.156.10197.6.1.4.2.5"] = ("encrypted-data", true),
        ["1.2.156.10197.6.1.4.2.6"] = ("key-agreement", false),
    };

    public IReadOnlyCollection<FileFamily> Families { get; } = [FileFamily.Cms];

    public void Examine(FileContent content, ExaminationNotes notes, ExaminationLimits limits, CancellationToken cancellation)
    {
        if (content.Length > limits.MaxWhole)
        {
            // The type stands in the first bytes, whatever the length.
            _ = NoteType(content.ReadBytes(0, 64), notes);
            notes.NotCheckable(notes.IsEncrypted ? "encrypted" : "too-long");
            return;
        }

        var bytes = content.ReadBytes(0, (int)content.Length);
        var armour = bytes.AsSpan().StartsWith("-----BEGIN"u8) ? Armour.Read(bytes) : null;
        if (bytes.AsSpan().StartsWith("-----BEGIN"u8))
        {
            if (armour?.Bytes is not { } inner)
            {
                notes.Broken("base64", "bad-encoding");
                return;
            }

            if (!armour.IsEnded)
            {
                notes.Broken("base64", "cut-off");
            }

            bytes = inner;
        }

        LookAt(bytes, notes, limits, cancellation);
        NoteWhole(bytes, notes);
        if (armour is not null && !notes.IsEncrypted)
        {
            ArmouredMessages.Note(content, notes, limits, cancellation); // one may stand behind another
        }

        if (notes.IsEncrypted)
        {
            notes.NotCheckable("encrypted");
        }

        notes.Readable();
    }

    /// <summary>Notes the type of a message and what is encrypted in it.</summary>
    internal static void LookAt(byte[] bytes, ExaminationNotes notes, ExaminationLimits limits, CancellationToken cancellation)
    {
        switch (NoteType(bytes, notes))
        {
            case "signed-data" or "digested-data":
                try
                {
                    LookInside(bytes, notes, limits, cancellation);
                }
                catch (Exception bad) when (bad is AsnContentException or ArgumentOutOfRangeException)
                {
                    // Cut off, which is told where it is read to its end; or of another make, of which nothing is known.
                    notes.NotCheckable("packed-otherwise");
                }

                break;
            case "compressed-data" or "authenticated-data":
                notes.NotCheckable("packed-otherwise");
                break;
        }
    }

    // SignedData: a version, digests, then what is signed: its type, and the content unless it lies elsewhere (RFC 5652 §5.1).
    private static void LookInside(byte[] bytes, ExaminationNotes notes, ExaminationLimits limits, CancellationToken cancellation)
    {
        var explicitContent = new Asn1Tag(TagClass.ContextSpecific, 0);
        var outer = new AsnReader(bytes, AsnEncodingRules.BER).ReadSequence();
        _ = outer.ReadEncodedValue();
        var content = outer.ReadSequence(explicitContent);
        if (!content.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence))
        {
            return;
        }

        var message = content.ReadSequence();
        _ = message.ReadEncodedValue();
        _ = message.ReadEncodedValue();
        var inside = message.ReadSequence();
        var type = inside.ReadObjectIdentifier();
        var (name, isEncrypted) = Types.GetValueOrDefault(type, (type, false));
        if (isEncrypted)
        {
            notes.Encrypted("cms", name);
        }
        else if (inside.HasData)
        {
            var signed = inside.ReadSequence(explicitContent);
            var octets = signed.PeekTag().HasSameClassAndValue(Asn1Tag.PrimitiveOctetString) ? signed.ReadOctetString() : signed.ReadEncodedValue().ToArray();
            using var nested = new NestedFiles(notes, limits, cancellation, looksIntoTexts: true);
            using var stream = new MemoryStream(octets, writable: false);
            nested.Look(stream, octets.Length, name);
        }
    }

    // ContentInfo is a sequence of the type and the content (RFC 5652 §3): read by hand, for its end may be missing.
    private static string? NoteType(ReadOnlySpan<byte> bytes, ExaminationNotes notes)
    {
        try
        {
            var head = bytes.Length > 2 && bytes[0] == 0x30 ? bytes[(bytes[1] > 0x80 ? 2 + (bytes[1] & 0x7F) : 2)..] : [];
            var type = AsnDecoder.ReadObjectIdentifier(head, AsnEncodingRules.BER, out _);
            var (name, isEncrypted) = Types.GetValueOrDefault(type, (type, false));
            notes.Set("content-type", name);
            if (isEncrypted)
            {
                notes.Encrypted("cms", name);
            }

            return name;
        }
        catch (Exception bad) when (bad is AsnContentException or ArgumentOutOfRangeException)
        {
            notes.Broken("header", "bad-header");
            return null;
        }
    }

    private static void NoteWhole(ReadOnlySpan<byte> bytes, ExaminationNotes notes)
    {
        try
        {
            _ = AsnDecoder.ReadEncodedValue(bytes, AsnEncodingRules.BER, out _, out _, out var used);
            if (bytes[used..].Trim("\0\r\n"u8).Length > 0)
            {
                notes.Broken("header", "trailing");
            }
        }
        catch (AsnContentException)
        {
            notes.Broken("content", "cut-off");
        }
    }
}
