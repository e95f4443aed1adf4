using Lantai.Words;

namespace Lantai.Containers;

/// <summary>One entry of a zip container, as its central directory declares it.</summary>
/// <remarks>Immutable, safe for concurrent use.</remarks>
public sealed class ZipEntry
{
    internal ZipEntry(EntryName name, bool isFolder, int order, ZipHeader header, DateTimeOffset? modified)
    {
        Name = name;
        IsFolder = isFolder;
        OrderInContainer = order;
        Header = header;
        Modified = modified;
    }

    /// <summary>The path, '/' between segments; a folder's carries no '/' at its end.</summary>
    public EntryName Name { get; }

    /// <summary>Whether the entry is a folder.</summary>
    public bool IsFolder { get; }

    /// <summary>The unpacked length in bytes; zero for folders.</summary>
    public long Length => Header.Length;

    /// <summary>When the file was changed, if the container says so in universal time (extra field 0x5455).</summary>
    public DateTimeOffset? Modified { get; }

    /// <summary>The place in the central directory, from zero.</summary>
    public int OrderInContainer { get; }

    internal ZipHeader Header { get; }

    /// <summary>Where the packed bytes start; known once the local header was read.</summary>
    internal long ContentStart { get; set; }
}
