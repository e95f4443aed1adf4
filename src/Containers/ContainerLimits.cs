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

    /// <summary>The greatest unpacked length of an entry, as a multiple of its packed length, beyond the first mebibyte.</summary>
    public int MaxRatio { get; init; } = 1000;

    internal bool AllowsRatio(long packed, long unpacked) =>
        unpacked <= RatioFreeBytes || (unpacked - RatioFreeBytes) / Math.Max(MaxRatio, 1) <= packed;
}
