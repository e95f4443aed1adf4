using System.Runtime.InteropServices;
using System.Text;
using Lantai.Characterization.Registry;

namespace Lantai.Characterization.Matching;

/// <summary>Reads and writes a compiled table, so that a start of the program costs milliseconds. It is a cache: whoever doubts it makes it anew.</summary>
internal static class TableFile
{
    private const uint Mark = 0x314D_4654; // "TFM1"
    private const int MostItems = 1 << 24;

    /// <summary>Writes a table.</summary>
    public static void Write(FormatTable table, Stream target)
    {
        using var writer = new BinaryWriter(target, Encoding.UTF8, leaveOpen: true);
        writer.Write(Mark);
        writer.Write(table.Source);
        WriteList(writer, table.Formats, WriteFormat);
        WriteList(writer, table.Over, WriteArray);
        WriteList(writer, table.Signatures, (w, s) =>
        {
            w.Write(s.Format);
            WriteSignature(w, s.Signature);
        });
        WriteList(writer, [.. table.Zips, .. table.Compounds], (w, c) =>
        {
            w.Write(c.Format);
            w.Write((byte)c.Container.Kind);
            WriteList(w, c.Container.Files, (x, f) =>
            {
                x.Write(f.Path);
                WriteList(x, f.Signatures, WriteSignature);
            });
        });
        table.Triggers.Write(writer);
        WriteArray(writer, table.Scanned);
    }

    /// <summary>Reads a table.</summary>
    /// <exception cref="InvalidDataException">It is none, or of another version.</exception>
    /// <exception cref="EndOfStreamException">It is cut off.</exception>
    public static FormatTable Read(Stream source)
    {
        using var reader = new BinaryReader(source, Encoding.UTF8, leaveOpen: true);
        if (reader.ReadUInt32() != Mark)
        {
            throw new InvalidDataException("Not a table of formats of this version.");
        }

        return new FormatTable(
            reader.ReadString(), ReadList(reader, ReadFormat), ReadList(reader, ReadArray<int>),
            ReadList(reader, r => new FormatSignature(r.ReadInt32(), ReadSignature(r))),
            ReadList(reader, r => new FormatContainer(r.ReadInt32(), new RegistryContainer((ContainerKind)r.ReadByte(), ReadList(r, x => new RegistryContainerFile(x.ReadString(), ReadList(x, ReadSignature)))))),
            TriggerTable.Read(reader), ReadArray<int>(reader));
    }

    /// <summary>Writes an array of numbers with its length.</summary>
    public static void WriteArray<T>(BinaryWriter writer, T[] items)
        where T : unmanaged
    {
        writer.Write(items.Length);
        writer.Write(MemoryMarshal.AsBytes(items.AsSpan()));
    }

    /// <summary>Reads an array of numbers.</summary>
    public static T[] ReadArray<T>(BinaryReader reader)
        where T : unmanaged
    {
        var items = new T[Count(reader)];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(items.AsSpan()));
        return items;
    }

    private static void WriteFormat(BinaryWriter writer, FileFormat format)
    {
        writer.Write(format.Id);
        writer.Write(format.Name);
        writer.Write(format.ChineseName ?? "");
        writer.Write(format.Version ?? "");
        WriteList(writer, format.MediaTypes, (w, t) => w.Write(t));
        WriteList(writer, format.Extensions, (w, t) => w.Write(t));
        writer.Write((byte)format.Class);
    }

    private static FileFormat ReadFormat(BinaryReader reader) => new(
        reader.ReadString(), reader.ReadString(), NullIfEmpty(reader.ReadString()), NullIfEmpty(reader.ReadString()),
        ReadList(reader, r => r.ReadString()), ReadList(reader, r => r.ReadString()), (FormatClass)reader.ReadByte());

    private static void WriteSignature(BinaryWriter writer, RegistrySignature signature) => WriteList(writer, signature.Sequences, (w, s) =>
    {
        w.Write((byte)s.Place);
        w.Write(s.Least);
        w.Write(s.Most);
        w.Write(s.Bytes);
    });

    private static RegistrySignature ReadSignature(BinaryReader reader) =>
        new(ReadList(reader, r => new RegistrySequence((SequencePlace)r.ReadByte(), r.ReadInt64(), r.ReadInt64(), r.ReadString())));

    private static void WriteList<T>(BinaryWriter writer, IReadOnlyList<T> items, Action<BinaryWriter, T> write)
    {
        writer.Write(items.Count);
        foreach (var item in items)
        {
            write(writer, item);
        }
    }

    private static T[] ReadList<T>(BinaryReader reader, Func<BinaryReader, T> read)
    {
        var items = new T[Count(reader)];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = read(reader);
        }

        return items;
    }

    private static int Count(BinaryReader reader) => reader.ReadInt32() is var count and >= 0 and <= MostItems
        ? count
        : throw new InvalidDataException("A table of formats with an impossible count.");

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
