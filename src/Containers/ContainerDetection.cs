using Lantai.Words;

namespace Lantai.Containers;

/// <summary>Tells what kind of container a file is: its first bytes decide, its name never does alone.</summary>
/// <remarks>Safe for concurrent use with different streams.</remarks>
public static class ContainerDetection
{
    private static readonly (byte[] Start, ContainerKind Kind)[] Starts =
    [
        ([0x50, 0x4B, 0x03, 0x04], ContainerKind.Zip),
        ([0x50, 0x4B, 0x05, 0x06], ContainerKind.Zip),
        ([0x50, 0x4B, 0x07, 0x08], ContainerKind.Zip),
        ([0x1F, 0x8B, 0x08], ContainerKind.Gzip),
        ([0x28, 0xB5, 0x2F, 0xFD], ContainerKind.Zstd),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], ContainerKind.SevenZip),
        ([0x52, 0x61, 0x72, 0x21, 0x1A, 0x07], ContainerKind.Rar),
        ([0x1F, 0x9D], ContainerKind.Compress),
        ([0x42, 0x5A, 0x68], ContainerKind.Bzip2),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], ContainerKind.Xz),
        ([0x04, 0x22, 0x4D, 0x18], ContainerKind.Lz4),
    ];

    /// <summary>
    /// The kind of a file. What gzip or zstd holds is a tar when its first block is one, or when the name says so
    /// (a broken tar is then reported as that). The stream is left at its start.
    /// </summary>
    /// <param name="seekable">The file.</param>
    /// <param name="displayName">Its name; its ending says whether a tar is expected inside.</param>
    /// <param name="limits">Apply to the block that is unpacked.</param>
    /// <exception cref="ContentException">The file cannot be unpacked even for one block.</exception>
    public static ContainerKind Find(Stream seekable, string displayName, ContainerLimits limits)
    {
        Span<byte> block = stackalloc byte[TarHeader.BlockSize];
        seekable.Position = 0;
        var length = seekable.ReadAtLeast(block, block.Length, throwOnEndOfStream: false);
        seekable.Position = 0;
        var kind = FindSingle(block[..length]);
        if (kind is not (ContainerKind.Gzip or ContainerKind.Zstd))
        {
            return kind;
        }

        if (!ContainerEnding.SaysTar(displayName))
        {
            using var unpacked = UnpackedStream.Open(seekable, kind, displayName, limits, leaveOpen: true);
            length = unpacked.ReadAtLeast(block, block.Length, throwOnEndOfStream: false);
            seekable.Position = 0;
            if (length < block.Length || !TarHeader.HasChecksum(block))
            {
                return kind;
            }
        }

        return kind == ContainerKind.Gzip ? ContainerKind.TarGzip : ContainerKind.TarZstd;
    }

    /// <summary>The kind by the first 512 bytes; what is compressed is not looked into.</summary>
    public static ContainerKind FindSingle(ReadOnlySpan<byte> start)
    {
        foreach (var (bytes, kind) in Starts)
        {
            if (start.StartsWith(bytes))
            {
                return kind;
            }
        }

        // A frame of zstd that holds no content may come first (RFC 8878 §3.1.2).
        if (start.Length >= 4 && start[0] is >= 0x50 and <= 0x5F && start[1..4].SequenceEqual((ReadOnlySpan<byte>)[0x2A, 0x4D, 0x18]))
        {
            return ContainerKind.Zstd;
        }

        return start.Length >= TarHeader.BlockSize && TarHeader.HasChecksum(start[..TarHeader.BlockSize]) ? ContainerKind.Tar : ContainerKind.None;
    }

    /// <summary>The name of a kind as people and <c>--container</c> write it.</summary>
    public static string Name(ContainerKind kind) => kind switch
    {
        ContainerKind.Zip => "zip",
        ContainerKind.Tar => "tar",
        ContainerKind.TarGzip => "tar.gz",
        ContainerKind.TarZstd => "tar.zst",
        ContainerKind.Gzip => "gz",
        ContainerKind.Zstd => "zst",
        ContainerKind.SevenZip => "7z",
        ContainerKind.Rar => "rar",
        ContainerKind.Compress => "Z",
        ContainerKind.Bzip2 => "bz2",
        ContainerKind.Xz => "xz",
        ContainerKind.Lz4 => "lz4",
        _ => "none",
    };

    /// <summary>The finding about a kind that is known and not opened here; null when the kind is opened or unknown.</summary>
    public static Finding? Refuse(ContainerKind kind, string displayName) =>
        kind >= ContainerKind.SevenZip ? Finding.Error("CON-001", displayName, ("kind", Name(kind))) : null;
}
