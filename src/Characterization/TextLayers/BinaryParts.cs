using System.Buffers.Binary;
using Lantai.Characterization.Examination;

namespace Lantai.Characterization.TextLayers;

/// <summary>Parts of documents that are no text by design, told by their bytes and never by their names: fonts, seals and signatures, drawings, settings of printers.</summary>
internal static class BinaryParts
{
    private const int Start = 128;

    /// <summary>Reads what letters such a part holds; what is none of them is told.</summary>
    public static void Read(FileContent content, TextSink sink, ExaminationLimits limits, CancellationToken stop)
    {
        Span<byte> buffer = stackalloc byte[Start];
        var start = buffer[..content.Read(0, buffer)];
        if (IsDrawing(start))
        {
            CompoundLetters.Scan(content, sink, limits, stop); // drawings of Windows write their letters as UTF-16
            sink.Unread("image");
        }
        else if (!IsFont(start, content.Length) && !IsPrinter(start) && !DerLetters.TryRead(content, sink, limits, stop))
        {
            sink.Unread("unknown");
        }
    }

    private static bool IsDrawing(ReadOnlySpan<byte> start) =>
        start.StartsWith((ReadOnlySpan<byte>)[0xD7, 0xCD, 0xC6, 0x9A]) || (start.Length >= 44 && start.StartsWith((ReadOnlySpan<byte>)[1, 0, 0, 0]) && start[40..44].SequenceEqual(" EMF"u8));

    // DEVMODEW: its version and its size stand behind 32 letters of the printer's name.
    private static bool IsPrinter(ReadOnlySpan<byte> start) => start.Length >= 70 && start[64] == 1 && start[65] == 4 && BinaryPrimitives.ReadUInt16LittleEndian(start[68..]) is >= 188 and <= 220;

    private static bool IsFont(ReadOnlySpan<byte> start, long length)
    {
        if (start.Length < 80)
        {
            return false;
        }

        var isOutline = start.StartsWith((ReadOnlySpan<byte>)[0, 1, 0, 0]) || start.StartsWith("OTTO"u8) || start.StartsWith("true"u8);
        var isWrapped = start.StartsWith("ttcf"u8) || start.StartsWith("wOFF"u8) || start.StartsWith("wOF2"u8);
        var isCompact = start.StartsWith((ReadOnlySpan<byte>)[1, 0, 4]) && start[3] is >= 1 and <= 4 && start[4] == 0 && start[5] == 1;
        var isEmbedded = start[34] == 'L' && start[35] == 'P' && BinaryPrimitives.ReadUInt32LittleEndian(start) == length;
        return isWrapped || isCompact || isEmbedded || (isOutline && IsTable(start[12..], length)) || (IsTable(start[44..], length) && IsTable(start[60..], length));
    }

    // A record of a font's list of tables. The first 32 bytes of fonts in Office documents are changed (ISO/IEC 29500-4, 9.2), those behind are not.
    private static bool IsTable(ReadOnlySpan<byte> record, long length) =>
        !record[..4].ContainsAnyExceptInRange((byte)' ', (byte)'~') && (long)BinaryPrimitives.ReadUInt32BigEndian(record[8..]) + BinaryPrimitives.ReadUInt32BigEndian(record[12..]) <= length;
}
