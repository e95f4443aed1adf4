namespace Lantai.Containers;

/// <summary>How much a container may hold before it is refused. Every limit is inclusive.</summary>
/// <remarks>Immutable, safe for concurrent use.</remarks>
public sealed record ContainerLimits
{
    /// <summary>The limits that apply when nobody sets any.</summary>
    public static ContainerLimits Default { get; } = new();

    /// <summary>The output that an entry may have before <see cref="MaxRatio"/> is asked, in bytes.</summary>
    public const long RatioFreeBytes = 1 << 20;

    /// <summary>The greatest number of entries, folders included.</summary>
    public int MaxEntries { get; init; } = 2_000_000;

    /// <summary>The greatest length of one name in bytes.</summary>
    public int MaxNameBytes { get; init; } = 32_768;

    /// <summary>The greatest size of the list of entries in bytes; it is held in memory.</summary>
    public long MaxDirectoryBytes { get; init; } = 1L << 30;

    /// <summary>The greatest sum of the unpacked lengths in bytes.</summary>
    public long MaxTotalBytes { get; init; } = 1L << 40;

    /// <summary>
    /// The greatest unpacked length of an entry, or of all that comes out of a compressed file, as a multiple of the packed
    /// length, beyond the first mebibyte.
    /// </summary>
    public int MaxRatio { get; init; } = 1000;

    /// <summary>How many containers may lie one in another; a compressed tar counts as one. With 0 none is opened.</summary>
    public int MaxDepth { get; init; } = 1;

    /// <summary>The greatest number of segments in a path.</summary>
    public int MaxLevels { get; init; } = 1000;

    /// <summary>The greatest memory that unpacking zstd may ask for to look back in, in bytes; rounded down to a power of two.</summary>
    public long MaxWindowBytes { get; init; } = 64L << 20;

    /// <summary>The longest time from opening a container to the last byte read of it.</summary>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromHours(12);

    /// <summary>What measures <see cref="MaxTime"/>.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    internal bool AllowsRatio(long packed, long unpacked) =>
        unpacked <= RatioFreeBytes || (unpacked - RatioFreeBytes) / Math.Max(MaxRatio, 1) <= packed;
}
