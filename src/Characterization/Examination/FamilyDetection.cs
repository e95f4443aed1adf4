using System.Text;
using Lantai.Containers;

namespace Lantai.Characterization.Examination;

/// <summary>
/// Tells how a file is looked into, by its bytes alone: independent of any registry, so that a newer registry changes no
/// examination.
/// </summary>
/// <remarks>Safe for concurrent use with different contents. Reads the first 4 KiB, and of a zip its list of entries.</remarks>
internal static class FamilyDetection
{
    private const int Start = 4096;

    private static readonly (int Offset, byte[] Bytes, FileFamily Family)[] Marks =
    [
        (0, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], FileFamily.Compound),
        (0, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], FileFamily.SevenZip),
        (0, [0x52, 0x61, 0x72, 0x21, 0x1A, 0x07], FileFamily.Rar),
        (0, [0x1F, 0x8B, 0x08], FileFamily.Gzip),
        (0, [0x49, 0x49, 0x2A, 0x00], FileFamily.Tiff),
        (0, [0x4D, 0x4D, 0x00, 0x2A], FileFamily.Tiff),
        (0, [0x49, 0x49, 0x2B, 0x00], FileFamily.Tiff),
        (0, [0x4D, 0x4D, 0x00, 0x2B], FileFamily.Tiff),
        (0, [0xFF, 0xD8, 0xFF], FileFamily.Jpeg),
        (0, [0x00, 0x00, 0x00, 0x0C, 0x6A, 0x50, 0x20, 0x20, 0x0D, 0x0A, 0x87, 0x0A], FileFamily.Jpeg2000),
        (0, [0xFF, 0x4F, 0xFF, 0x51], FileFamily.Jpeg2000),
        (0, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], FileFamily.Png),
        (0, "GIF87a"u8.ToArray(), FileFamily.Gif),
        (0, "GIF89a"u8.ToArray(), FileFamily.Gif),
        (0, "fLaC"u8.ToArray(), FileFamily.Flac),
        (0, "OggS"u8.ToArray(), FileFamily.Ogg),
        (0, "ID3"u8.ToArray(), FileFamily.Mp3),
        (4, "ftyp"u8.ToArray(), FileFamily.Mp4),
        (4, "moov"u8.ToArray(), FileFamily.Mp4),
        (4, "mdat"u8.ToArray(), FileFamily.Mp4),
        (0, [0x1A, 0x45, 0xDF, 0xA3], FileFamily.Matroska),
        (0, [0x06, 0x0E, 0x2B, 0x34, 0x02, 0x05, 0x01, 0x01, 0x0D, 0x01, 0x02], FileFamily.Mxf),
        (0, [0x00, 0x00, 0x01, 0xBA], FileFamily.Mpeg),
        (0, [0x00, 0x00, 0x01, 0xB3], FileFamily.Mpeg),
        (0, [0x7F, 0x45, 0x4C, 0x46], FileFamily.Executable),
        (0, [0xCF, 0xFA, 0xED, 0xFE], FileFamily.Executable),
        (0, [0xCE, 0xFA, 0xED, 0xFE], FileFamily.Executable),
        (0, [0xFE, 0xED, 0xFA, 0xCE], FileFamily.Executable),
        (0, [0xFE, 0xED, 0xFA, 0xCF], FileFamily.Executable),
        (0, [0xCA, 0xFE, 0xBA, 0xBE], FileFamily.Executable),
        (0, "#!"u8.ToArray(), FileFamily.Executable),
        (0, "-----BEGIN PGP"u8.ToArray(), FileFamily.OpenPgp),
        (0, "-----BEGIN PKCS7"u8.ToArray(), FileFamily.Cms),
        (0, "-----BEGIN CMS"u8.ToArray(), FileFamily.Cms),
    ];

    /// <summary>The family of a file.</summary>
    /// <exception cref="IOException">The source failed.</exception>
    public static FileFamily Find(FileContent content)
    {
        Span<byte> buffer = stackalloc byte[Start];
        var start = buffer[..content.Read(0, buffer)];
        foreach (var (offset, bytes, family) in Marks)
        {
            if (start.Length >= offset + bytes.Length && start.Slice(offset, bytes.Length).SequenceEqual(bytes))
            {
                return family;
            }
        }

        if (start.StartsWith("PK\x03\x04"u8) || start.StartsWith("PK\x05\x06"u8))
        {
            return OfZip(content);
        }

        if (ContainerDetection.FindSingle(start) == ContainerKind.Tar)
        {
            return FileFamily.Tar;
        }

        return OfRiff(start) ?? OfPdf(start) ?? OfTransportStream(start) ?? OfAudio(start) ?? OfProgram(content, start) ?? OfEnvelope(start) ?? OfText(start);
    }

    private static FileFamily OfZip(FileContent content)
    {
        if (ZipGlance.TryRead(content.OpenStream()) is not { } zip)
        {
            return FileFamily.Zip;
        }

        // When every part is encrypted, only the entry of decryption stays in clear (GM/T 0099-2020).
        if (zip.Find("OFD.xml") is not null || (zip.Find("Encryptions.xml") is { } keys && zip.ReadStart(keys, 1024).AsSpan().IndexOf("Encryptions"u8) >= 0))
        {
            return FileFamily.Ofd;
        }

        if (zip.Find("[Content_Types].xml") is not null)
        {
            return FileFamily.OpenXml;
        }

        var type = zip.Find("mimetype") is { } entry && zip.ReadStart(entry, 128) is { } bytes ? Encoding.Latin1.GetString(bytes) : "";
        return type.StartsWith("application/vnd.oasis.opendocument", StringComparison.Ordinal) ? FileFamily.OpenDocument
            : type.StartsWith("application/epub+zip", StringComparison.Ordinal) ? FileFamily.Epub
            : FileFamily.Zip;
    }

    private static FileFamily? OfRiff(ReadOnlySpan<byte> start) =>
        start.Length < 12 || !(start.StartsWith("RIFF"u8) || start.StartsWith("RF64"u8) || start.StartsWith("BW64"u8)) ? OfBitmap(start)
        : start[8..].StartsWith("WAVE"u8) ? FileFamily.Wave
        : start[8..].StartsWith("AVI "u8) ? FileFamily.Avi
        : start[8..].StartsWith("WEBP"u8) ? FileFamily.WebP
        : null;

    // "BM" alone begins many texts: the reserved bytes must be zero too.
    private static FileFamily? OfBitmap(ReadOnlySpan<byte> start) =>
        start.Length >= 18 && start.StartsWith("BM"u8) && start[6..10].IndexOfAnyExcept((byte)0) < 0 && start[15..18].IndexOfAnyExcept((byte)0) < 0 ? FileFamily.Bmp : null;

    // Readers look for the mark in the first 1,024 bytes (ISO 32000-1, annex H, note 13).
    private static FileFamily? OfPdf(ReadOnlySpan<byte> start) =>
        start[..Math.Min(start.Length, 1024)].IndexOf("%PDF-"u8) >= 0 ? FileFamily.Pdf : null;

    private static FileFamily? OfTransportStream(ReadOnlySpan<byte> start) =>
        start.Length >= 565 && start[0] == 0x47 && start[188] == 0x47 && start[376] == 0x47 && start[564] == 0x47 ? FileFamily.Mpeg : null;

    // A frame header of MPEG audio: eleven bits of synchronisation, layer III, a bit rate and a sampling rate that exist.
    private static FileFamily? OfAudio(ReadOnlySpan<byte> start) =>
        start.Length >= 4 && start[0] == 0xFF && (start[1] & 0xE6) == 0xE2 && (start[1] & 0x18) != 0x08 && start[2] >> 4 is > 0 and < 15 && (start[2] & 0x0C) != 0x0C
            ? FileFamily.Mp3
            : null;

    private static FileFamily? OfProgram(FileContent content, ReadOnlySpan<byte> start)
    {
        if (start.Length < 64 || !start.StartsWith("MZ"u8))
        {
            return null;
        }

        Span<byte> mark = stackalloc byte[4];
        var place = BitConverter.ToUInt32(start[60..64]);
        return content.Read(place, mark) == 4 && mark.SequenceEqual("PE\0\0"u8) ? FileFamily.Executable : null;
    }

    private static FileFamily? OfEnvelope(ReadOnlySpan<byte> start)
    {
        if (start.Length < 16)
        {
            return null;
        }

        // ContentInfo: SEQUENCE, then an OID under pkcs-7 or smime-ct (RFC 5652, RFC 5083) or under the SM2 arc of GM/T 0006.
        var head = start[..16];
        if (head[0] == 0x30 && (head.IndexOf((ReadOnlySpan<byte>)[0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01]) is > 0 and < 8
            || head.IndexOf((ReadOnlySpan<byte>)[0x06, 0x0B, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09]) is > 0 and < 8
            || head.IndexOf((ReadOnlySpan<byte>)[0x06, 0x0A, 0x2A, 0x81, 0x1C, 0xCF, 0x55, 0x06, 0x01]) is > 0 and < 8))
        {
            return FileFamily.Cms;
        }

        return OpenPgpStart.IsLikely(start) ? FileFamily.OpenPgp : null;
    }

    private static FileFamily OfText(ReadOnlySpan<byte> start)
    {
        var bytes = start.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? start[3..] : start;
        var isWide = start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]);
        if (isWide)
        {
            return Latin(start).StartsWith('<') ? FileFamily.Xml : FileFamily.Text;
        }

        if (bytes.IsEmpty || bytes.ContainsAnyInRange((byte)0, (byte)8) || bytes.ContainsAnyInRange((byte)14, (byte)26))
        {
            return FileFamily.Other;
        }

        var text = bytes.TrimStart(" \t\r\n"u8);
        return text.StartsWith("<?xml"u8) || (text.Length > 1 && text[0] == '<' && BeginsMarkup(text) && !IsHtml(text)) ? FileFamily.Xml : FileFamily.Text;
    }

    // Names of elements may be Chinese; a document type stands before elements too.
    private static bool BeginsMarkup(ReadOnlySpan<byte> text) =>
        char.IsAsciiLetter((char)text[1]) || text[1] is (byte)'_' or (byte)':' or >= 0x80 || text.StartsWith("<!--"u8) || text.StartsWith("<!DOCTYPE"u8);

    private static bool IsHtml(ReadOnlySpan<byte> text) => StartsWith(text, "<html") || StartsWith(text, "<!doctype html");

    private static bool StartsWith(ReadOnlySpan<byte> text, string mark) =>
        Encoding.Latin1.GetString(text[..Math.Min(text.Length, mark.Length)]).Equals(mark, StringComparison.OrdinalIgnoreCase);

    // Every second byte of UTF-16, for what is ASCII in it.
    private static string Latin(ReadOnlySpan<byte> wide)
    {
        var text = new StringBuilder();
        for (var i = 2; i + 1 < Math.Min(wide.Length, 64); i += 2)
        {
            _ = text.Append((char)(wide[i] | wide[i + 1]));
        }

        return text.ToString().TrimStart();
    }
}
