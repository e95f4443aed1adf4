namespace Lantai.Characterization.Examination;

/// <summary>How much looking into one file may cost.</summary>
/// <remarks>Immutable, safe for concurrent use.</remarks>
public sealed record ExaminationLimits
{
    /// <summary>The limits that apply when nobody sets any.</summary>
    public static ExaminationLimits Default { get; } = new();

    /// <summary>The longest file that a library reads into memory as a whole, in bytes; a longer one is not checkable, or read in parts.</summary>
    public long MaxWhole { get; init; } = 64L << 20;

    /// <summary>The most that the parts of a package (zip, OLE2) may unpack to, in bytes.</summary>
    public long MaxUnpacked { get; init; } = 256L << 20;

    /// <summary>The most pixels that are decoded.</summary>
    public long MaxPixels { get; init; } = 100_000_000;

    /// <summary>How many containers one in another are looked into; with 1 only the file itself.</summary>
    public int MaxDepth { get; init; } = 3;

    /// <summary>The longest time for one file.</summary>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromSeconds(20);
}
