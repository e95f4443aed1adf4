namespace Lantai.Adapters.OutsideTools;

/// <summary>What an outside program may use.</summary>
/// <remarks>Immutable, safe for concurrent use.</remarks>
public sealed record ToolLimits
{
    /// <summary>The limits that apply when nobody sets any.</summary>
    public static ToolLimits Default { get; } = new();

    /// <summary>The longest time from start to end.</summary>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The most processor time of each process, in seconds.</summary>
    public int MaxProcessorSeconds { get; init; } = 30;

    /// <summary>The most memory of each process, in bytes of address space.</summary>
    public long MaxMemory { get; init; } = 2L << 30;

    /// <summary>The most that is taken of what it says, in bytes, of each of its two outputs.</summary>
    public int MaxOutput { get; init; } = 1 << 20;

    /// <summary>The longest file that it writes, in bytes.</summary>
    public long MaxWritten { get; init; } = 64L << 20;

    /// <summary>The longest file that it gets, in bytes.</summary>
    public long MaxContent { get; init; } = 4L << 30;
}
