using System.Buffers.Binary;

namespace Lantai.Containers;

/// <summary>
/// A compound file (OLE2, MS-CFB): storages and streams in one file, such as Office 97 to 2003 writes. What is damaged is
/// left out and said by <see cref="IsWhole"/>; what is sound is read.
/// </summary>
/// <remarks>
/// Source: MS-CFB. Bounded: at most 20,000 entries and 64 levels are read, and no chain is followed further than the file
/// has sectors. Memory grows with the allocation tables, at most a tenth of the file. Not safe for concurrent use.
/// </remarks>
public sealed class CompoundFile
{
    private const int MiniSize = 64;

    private readonly Stream _stream;
    private readonly CompoundSectors _sectors;
    private readonly uint _cutoff;
    private readonly uint _firstMiniTable;
    private List<uint>? _miniSectors;
    private uint[]? _miniTable;

    private CompoundFile(Stream stream, CompoundSectors sectors, byte[] header)
    {
        (_stream, _sectors) = (stream, sectors);
        _cutoff = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(56));
        _firstMiniTable = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(60));
        var chain = _sectors.Chain(BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(48)), long.MaxValue, out var isEnded);
        using var records = new ExtentStream(stream, chain.Select(sectors.Place), CompoundDirectory.MostBytes);
        var directory = new CompoundDirectory(ReadAll(records), (long)chain.Count * sectors.Size, sectors.Size > 512);
        var entries = directory.Read();
        Root = entries.Count > 0 ? entries[0] : new CompoundEntry("", "", isStorage: true, 0, Guid.Empty, uint.MaxValue);
        Entries = entries.Count > 0 ? entries[1..] : [];
        var isSound = isEnded && directory.IsWhole;
        IsTooLarge = isSound && (directory.IsTooLarge || (long)chain.Count * sectors.Size > CompoundDirectory.MostBytes);
        IsWhole = isSound && !IsTooLarge;
    }

    /// <summary>All storages and streams but the root; a storage comes before what lies in it.</summary>
    public IReadOnlyList<CompoundEntry> Entries { get; }

    /// <summary>The root, which holds all others and carries the class of the document.</summary>
    public CompoundEntry Root { get; }

    /// <summary>Whether the directory was read to its end and made sense. Streams are judged by what <see cref="Open"/> gives of them.</summary>
    public bool IsWhole { get; }

    /// <summary>Whether all that was read of the directory made sense, but it holds more entries or levels than are read here.</summary>
    public bool IsTooLarge { get; }

    /// <summary>Reads the directory; null when the file does not begin as a compound file.</summary>
    /// <param name="seekable">The file; stays the caller's and must stay open.</param>
    /// <exception cref="ArgumentException">The stream cannot seek.</exception>
    /// <exception cref="IOException">The source failed.</exception>
    public static CompoundFile? TryOpen(Stream seekable)
    {
        if (!seekable.CanSeek)
        {
            throw new ArgumentException("A compound file is read at many places: the stream must seek.", nameof(seekable));
        }

        return CompoundSectors.TryOpen(seekable, out var header) is { } sectors ? new CompoundFile(seekable, sectors, header) : null;
    }

    /// <summary>The entry with this path, else the first with this name at any place, in upper or lower case; null when there is none.</summary>
    public CompoundEntry? Find(string name) =>
        Entries.FirstOrDefault(e => e.Path.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? Entries.FirstOrDefault(e => e.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The first bytes of a stream; fewer when it, or what the file holds of it, is shorter. Nothing of a storage.</summary>
    /// <exception cref="IOException">The source failed.</exception>
    public byte[] ReadStart(CompoundEntry entry, int most)
    {
        using var stream = Take(entry, most);
        return ReadAll(stream);
    }

    /// <summary>
    /// The bytes of a stream, to be read forwards or at any place, as many as the file holds: when its length is less than
    /// the entry declares, the file is damaged or cut off. Streams of one file are not used at the same time.
    /// </summary>
    public Stream Open(CompoundEntry entry) => Take(entry, long.MaxValue);

    private ExtentStream Take(CompoundEntry entry, long most)
    {
        var length = entry.IsStorage ? 0 : Math.Min(entry.Length, most);
        return entry.Length < _cutoff
            ? new ExtentStream(_stream, length == 0 ? [] : MiniExtents(entry.FirstSector, (length / MiniSize) + 1), length)
            : new ExtentStream(_stream, _sectors.Chain(entry.FirstSector, (length / _sectors.Size) + 1, out _).Select(_sectors.Place), length);
    }

    // Short streams lie in sectors of 64 bytes inside one stream, the root's (MS-CFB §2.4).
    private IEnumerable<Extent> MiniExtents(uint first, long count)
    {
        _miniSectors ??= _sectors.Chain(Root.FirstSector, (Root.Length / _sectors.Size) + 1, out _);
        _miniTable ??= ReadMiniTable();
        var perSector = _sectors.Size / MiniSize;
        var bound = Math.Min(count, _miniSectors.Count * (long)perSector);
        var next = first;
        for (var i = 0L; i < bound && next / perSector < _miniSectors.Count; i++)
        {
            var sector = _sectors.Place(_miniSectors[(int)(next / perSector)]);
            var inside = (next % perSector) * MiniSize;
            yield return new Extent(sector.Start + inside, Math.Clamp(sector.Length - inside, 0, MiniSize));
            next = next < _miniTable.Length ? _miniTable[next] : uint.MaxValue;
        }
    }

    // No more of the table is read than there are small sectors to number.
    private uint[] ReadMiniTable()
    {
        var needed = _miniSectors!.Count * (long)(_sectors.Size / MiniSize) * 4;
        using var stream = new ExtentStream(_stream, _sectors.Chain(_firstMiniTable, (needed / _sectors.Size) + 1, out _).Select(_sectors.Place), needed);
        var bytes = ReadAll(stream);
        var table = new uint[bytes.Length / 4];
        for (var i = 0; i < table.Length; i++)
        {
            table[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(i * 4));
        }

        return table;
    }

    private static byte[] ReadAll(ExtentStream stream)
    {
        var bytes = new byte[(int)Math.Min(stream.Length, Array.MaxLength)];
        var count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return count == bytes.Length ? bytes : bytes[..count];
    }
}
