using System.Buffers.Binary;
using System.Text;

namespace Lantai.Tests.Containers;

/// <summary>Writes compound files sector by sector; what the tests need broken they change in the bytes afterwards.</summary>
internal sealed class HandMadeCompound(int sectorSize = 512)
{
    private const uint End = 0xFFFFFFFE;
    private const uint Free = 0xFFFFFFFF;
    private const int Cutoff = 4096;

    private readonly List<Node> _nodes = [new Node("Root Entry", 5, [])];
    private readonly List<uint> _table = [];
    private readonly List<byte> _sectors = [];

    /// <summary>Adds a stream; the storages of its path are made.</summary>
    public HandMadeCompound Add(string path, byte[] content)
    {
        var cut = path.LastIndexOf('/');
        Folder(path[..Math.Max(cut, 0)]).Children.Add(Keep(new Node(path[(cut + 1)..], 2, content)));
        return this;
    }

    /// <summary>Adds a storage, or gives one its class.</summary>
    public HandMadeCompound AddStorage(string path, Guid classId = default)
    {
        Folder(path).ClassId = classId;
        return this;
    }

    public byte[] Make()
    {
        var mini = new MemoryStream();
        var miniTable = new List<uint>();
        foreach (var node in _nodes.Skip(1).Where(n => n.Kind == 2 && n.Content.Length > 0))
        {
            node.First = node.Content.Length < Cutoff ? PutMini(mini, miniTable, node.Content) : Put(node.Content);
        }

        (_nodes[0].First, _nodes[0].Content) = (Put(mini.ToArray()), mini.ToArray());
        var miniTableAt = Put(Bytes(miniTable));
        var directoryAt = Put(Directory());
        return Finish(directoryAt, miniTableAt, miniTable.Count);
    }

    private Node Folder(string path)
    {
        var folder = _nodes[0];
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var next = folder.Children.Find(n => n.Name == name);
            if (next is null)
            {
                next = Keep(new Node(name, 1, []));
                folder.Children.Add(next);
            }

            folder = next;
        }

        return folder;
    }

    private Node Keep(Node node)
    {
        _nodes.Add(node);
        return node;
    }

    private uint Put(byte[] bytes)
    {
        if (bytes.Length == 0)
        {
            return End;
        }

        var first = (uint)_table.Count;
        for (var at = 0; at < bytes.Length; at += sectorSize)
        {
            var sector = new byte[sectorSize];
            bytes.AsSpan(at, Math.Min(sectorSize, bytes.Length - at)).CopyTo(sector);
            _sectors.AddRange(sector);
            _table.Add(at + sectorSize < bytes.Length ? (uint)_table.Count + 1 : End);
        }

        return first;
    }

    private static uint PutMini(MemoryStream mini, List<uint> table, byte[] content)
    {
        var first = (uint)table.Count;
        for (var at = 0; at < content.Length; at += 64)
        {
            var sector = new byte[64];
            content.AsSpan(at, Math.Min(64, content.Length - at)).CopyTo(sector);
            mini.Write(sector);
            table.Add(at + 64 < content.Length ? (uint)table.Count + 1 : End);
        }

        return first;
    }

    private byte[] Directory()
    {
        var bytes = new byte[_nodes.Count * 128];
        for (var i = 0; i < _nodes.Count; i++)
        {
            var node = _nodes[i];
            var record = bytes.AsSpan(i * 128, 128);
            var name = Encoding.Unicode.GetBytes(node.Name);
            name.CopyTo(record);
            BinaryPrimitives.WriteUInt16LittleEndian(record[64..], (ushort)(name.Length + 2));
            (record[66], record[67]) = (node.Kind, 1);
            BinaryPrimitives.WriteUInt32LittleEndian(record[68..], Free);
            BinaryPrimitives.WriteUInt32LittleEndian(record[72..], Next(node));
            BinaryPrimitives.WriteUInt32LittleEndian(record[76..], node.Children.Count > 0 ? (uint)_nodes.IndexOf(node.Children[0]) : Free);
            node.ClassId.TryWriteBytes(record[80..]);
            BinaryPrimitives.WriteUInt32LittleEndian(record[116..], node.First);
            BinaryPrimitives.WriteInt64LittleEndian(record[120..], node.Content.Length);
        }

        return bytes;
    }

    // The siblings of a storage hang one below the other.
    private uint Next(Node node)
    {
        var siblings = _nodes.Select(n => n.Children).FirstOrDefault(c => c.Contains(node));
        var at = siblings?.IndexOf(node) ?? -1;
        return siblings is not null && at + 1 < siblings.Count ? (uint)_nodes.IndexOf(siblings[at + 1]) : Free;
    }

    private byte[] Finish(uint directoryAt, uint miniTableAt, int minis)
    {
        var perTable = sectorSize / 4;
        var content = _table.Count;
        int tables = 1, lists = 0;
        while ((content + tables + lists) > tables * perTable || tables > 109 + (lists * (perTable - 1)))
        {
            (tables, lists) = (content + tables + lists) > tables * perTable ? (tables + 1, lists) : (tables, lists + 1);
        }

        var firstTable = (uint)content;
        var firstList = (uint)(content + tables);
        _table.AddRange(Enumerable.Repeat(0xFFFFFFFDu, tables));
        _table.AddRange(Enumerable.Repeat(0xFFFFFFFCu, lists));
        _table.AddRange(Enumerable.Repeat(Free, (tables * perTable) - _table.Count));
        var header = new byte[sectorSize];
        ((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]).CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(24), 0x3E);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(26), (ushort)(sectorSize == 512 ? 3 : 4));
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(28), 0xFFFE);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(30), (ushort)(sectorSize == 512 ? 9 : 12));
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(32), 6);
        uint[] fields = [(uint)tables, directoryAt, 0, Cutoff, miniTableAt, (uint)((minis + perTable - 1) / perTable), lists > 0 ? firstList : End, (uint)lists];
        Bytes(fields).CopyTo(header.AsSpan(44));
        Bytes([.. Enumerable.Range(0, 109).Select(i => i < tables ? firstTable + (uint)i : Free)]).CopyTo(header.AsSpan(76));
        return [.. header, .. _sectors, .. Bytes(_table), .. Lists(firstTable, firstList, tables, lists)];
    }

    private byte[] Lists(uint firstTable, uint firstList, int tables, int lists)
    {
        var inList = (sectorSize / 4) - 1;
        var all = new List<uint>();
        for (var i = 0; i < lists; i++)
        {
            all.AddRange(Enumerable.Range(109 + (i * inList), inList).Select(n => n < tables ? firstTable + (uint)n : Free));
            all.Add(i + 1 < lists ? firstList + (uint)i + 1 : End);
        }

        return Bytes(all);
    }

    private static byte[] Bytes(IReadOnlyList<uint> numbers)
    {
        var bytes = new byte[numbers.Count * 4];
        for (var i = 0; i < numbers.Count; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * 4), numbers[i]);
        }

        return bytes;
    }

    private sealed class Node(string name, byte kind, byte[] content)
    {
        public string Name { get; } = name;

        public byte Kind { get; } = kind;

        public byte[] Content { get; set; } = content;

        public uint First { get; set; } = End;

        public Guid ClassId { get; set; }

        public List<Node> Children { get; } = [];
    }
}
