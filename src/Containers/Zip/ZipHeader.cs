namespace Lantai.Containers;

/// <summary>The facts of a central directory record that reading the content needs.</summary>
internal readonly record struct ZipHeader(
    ushort Flags, ushort Method, uint Crc, long PackedLength, long Length, long Offset)
{
    internal const ushort EncryptedFlag = 1;
    internal const ushort DescriptorFlag = 1 << 3;
    internal const ushort StrongEncryptionFlag = 1 << 6;
    internal const ushort Utf8Flag = 1 << 11;
    internal const ushort MaskedFlag = 1 << 13;

    internal const ushort Stored = 0;
    internal const ushort Deflated = 8;
    internal const ushort Aes = 99;

    /// <summary>Whether lengths and check value follow the content instead of standing in the local header.</summary>
    internal bool HasDescriptor => (Flags & DescriptorFlag) != 0;

    internal bool IsEncrypted =>
        (Flags & (EncryptedFlag | StrongEncryptionFlag | MaskedFlag)) != 0 || Method == Aes;

    /// <summary>The name of a method as the format's specification lists it (APPNOTE 4.4.5).</summary>
    internal static string NameMethod(ushort method) => method switch
    {
        0 => "stored",
        1 => "shrink",
        2 or 3 or 4 or 5 => "reduce",
        6 => "implode",
        8 => "deflate",
        9 => "deflate64",
        10 or 18 => "terse",
        12 => "bzip2",
        14 => "lzma",
        19 => "lz77",
        20 or 93 => "zstd",
        94 => "mp3",
        95 => "xz",
        96 => "jpeg",
        97 => "wavpack",
        98 => "ppmd",
        99 => "aes",
        _ => "unknown",
    };
}
