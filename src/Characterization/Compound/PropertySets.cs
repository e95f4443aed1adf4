using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Lantai.Characterization.Examination;
using Lantai.Containers;

namespace Lantai.Characterization.Compound;

/// <summary>Reads what the property sets say of a document (MS-OLEPS): title, author, program, dates, counts.</summary>
internal static class PropertySets
{
    private const int MostBytes = 1 << 20;
    private const int MostProperties = 1000;
    private const int MostText = 2000;

    /// <summary>Notes the properties; a set that makes no sense is passed over.</summary>
    public static void Note(CompoundFile file, ExaminationNotes notes)
    {
        if (CompoundEncryption.AtRoot(file, "\x05SummaryInformation") is { } summary)
        {
            Read(file.ReadStart(summary, MostBytes), (id, value) => NoteSummary(id, value, notes));
        }

        if (CompoundEncryption.AtRoot(file, "\x05" + "DocumentSummaryInformation") is { } document)
        {
            Read(file.ReadStart(document, MostBytes), (id, value) =>
            {
                if (id == 7 && value is long slides and > 0)
                {
                    notes.Set("slides", slides);
                }
            });
        }
    }

    private static void NoteSummary(uint id, object value, ExaminationNotes notes)
    {
        var name = id switch
        {
            2 => "title", 4 => "author", 12 => "created", 13 => "modified", 14 => "pages", 15 => "words", 18 => "creating-application", _ => null,
        };
        if (name is not null && value is string text)
        {
            notes.Set(name, text);
        }
        else if (name is "pages" or "words" && value is long and > 0 and var number)
        {
            notes.Set(name, number);
        }
    }

    private static void Read(ReadOnlySpan<byte> set, Action<uint, object> take)
    {
        if (set.Length < 48 || BinaryPrimitives.ReadUInt16LittleEndian(set) != 0xFFFE)
        {
            return;
        }

        var section = From(set, BinaryPrimitives.ReadUInt32LittleEndian(set[44..]));
        if (section.Length < 8)
        {
            return;
        }

        var count = (int)Math.Min(Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(section[4..]), MostProperties), (uint)(section.Length - 8) / 8);
        var codePage = 1252;
        for (var i = 0; i < count; i++)
        {
            if (Id(section, i) == 1 && Value(section, i, codePage) is long page)
            {
                codePage = (int)(page & 0xFFFF);
            }
        }

        for (var i = 0; i < count; i++)
        {
            if (Id(section, i) > 1 && Value(section, i, codePage) is { } value)
            {
                take(Id(section, i), value);
            }
        }
    }

    private static uint Id(ReadOnlySpan<byte> section, int i) => BinaryPrimitives.ReadUInt32LittleEndian(section[(8 + (i * 8))..]);

    private static object? Value(ReadOnlySpan<byte> section, int i, int codePage)
    {
        var value = From(section, BinaryPrimitives.ReadUInt32LittleEndian(section[(12 + (i * 8))..]));
        if (value.Length < 8)
        {
            return null;
        }

        var content = value[4..];
        return BinaryPrimitives.ReadUInt16LittleEndian(value) switch
        {
            2 => (long)BinaryPrimitives.ReadInt16LittleEndian(content),
            3 => (long)BinaryPrimitives.ReadInt32LittleEndian(content),
            0x1E => Text(Encoding(codePage), Counted(content, 1)),
            0x1F => Text(System.Text.Encoding.Unicode, Counted(content, 2)),
            0x40 when content.Length >= 8 => Time(BinaryPrimitives.ReadInt64LittleEndian(content)),
            _ => null,
        };
    }

    private static ReadOnlySpan<byte> Counted(ReadOnlySpan<byte> content, int unit)
    {
        var length = Math.Min((ulong)BinaryPrimitives.ReadUInt32LittleEndian(content) * (uint)unit, (ulong)Math.Min(content.Length - 4, MostText));
        return content.Slice(4, (int)length);
    }

    private static string Text(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        var text = encoding.GetString(bytes);
        var end = text.IndexOf('\0', StringComparison.Ordinal);
        return (end < 0 ? text : text[..end]).Trim();
    }

    // A code page that nobody knows is read byte by byte: the letters of ASCII are right at least.
    private static Encoding Encoding(int codePage) => codePage switch
    {
        1200 => System.Text.Encoding.Unicode,
        65001 => System.Text.Encoding.UTF8,
        _ => CodePagesEncodingProvider.Instance.GetEncoding(codePage) ?? System.Text.Encoding.Latin1,
    };

    // Hundreds of nanoseconds since 1601; less than a day is a duration, as editing time is one.
    private static string? Time(long ticks) =>
        ticks is > TimeSpan.TicksPerDay and < 2_650_467_743_990_000_000
            ? DateTime.FromFileTimeUtc(ticks).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)
            : null;

    private static ReadOnlySpan<byte> From(ReadOnlySpan<byte> bytes, uint offset) => offset < bytes.Length ? bytes[(int)offset..] : [];
}
