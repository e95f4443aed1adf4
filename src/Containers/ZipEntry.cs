using Lantai.Words;

namespace Lantai.Containers;

/// <summary>How the content of a zip entry is encrypted.</summary>
public enum ZipEncryption
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>By the classic cipher (APPNOTE 6).</summary>
    Classic,

    /// <summary>By AES as WinZip writes it (method 99).</summary>
    Aes,

    /// <summary>By the strong encryption of PKWARE, perhaps the list of entries as well (APPNOTE 7).</summary>
    Strong,
}

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

    /// <summary>How the content is encrypted.</summary>
    public ZipEncryption Encryption =>
        !Header.IsEncrypted ? ZipEncryption.None
        : Header.Method == ZipHeader.Aes ? ZipEncryption.Aes
        : (Header.Flags & (ZipHeader.StrongEncryptionFlag | ZipHeader.MaskedFlag)) != 0 ? ZipEncryption.Strong
        : ZipEncryption.Classic;

    /// <summary>Whether the content can be read here: not encrypted, stored or deflated, and where it is said to be.</summary>
    public bool CanRead =>
        IsFolder || (ContentStart > 0 && !Header.IsEncrypted && (Header.Method is ZipHeader.Stored or ZipHeader.Deflated));

    internal ZipHeader Header { get; }

    /// <summary>Where the packed bytes start; known once the local header was read.</summary>
    internal long ContentStart { get; set; }
}
