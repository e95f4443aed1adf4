namespace Lantai.Containers;

/// <summary>What kind of container a file is, by its bytes.</summary>
public enum ContainerKind
{
    /// <summary>None that is known.</summary>
    None,

    /// <summary>zip.</summary>
    Zip,

    /// <summary>tar, not compressed.</summary>
    Tar,

    /// <summary>A tar compressed by gzip.</summary>
    TarGzip,

    /// <summary>A tar compressed by zstd.</summary>
    TarZstd,

    /// <summary>One file compressed by gzip.</summary>
    Gzip,

    /// <summary>One file compressed by zstd.</summary>
    Zstd,

    /// <summary>7z; known, not opened.</summary>
    SevenZip,

    /// <summary>rar; known, not opened.</summary>
    Rar,

    /// <summary>compress (.Z); known, not opened.</summary>
    Compress,

    /// <summary>bzip2; known, not opened.</summary>
    Bzip2,

    /// <summary>xz; known, not opened.</summary>
    Xz,

    /// <summary>LZ4 frames; known, not opened.</summary>
    Lz4,
}
