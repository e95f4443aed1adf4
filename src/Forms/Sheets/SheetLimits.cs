namespace Lantai.Forms;

/// <summary>How much a sheet may hold. Every limit is inclusive.</summary>
/// <remarks>Immutable, safe for concurrent use.</remarks>
public sealed record SheetLimits
{
    /// <summary>The limits that apply when nobody sets any.</summary>
    public static SheetLimits Default { get; } = new();

    /// <summary>The greatest row number; reading stops behind it.</summary>
    public int MaxRows { get; init; } = 200_000;

    /// <summary>The greatest column number; cells behind it are not read.</summary>
    public int MaxColumns { get; init; } = 200;

    /// <summary>The greatest length of a cell in UTF-16 units; spreadsheet programs have the same.</summary>
    public int MaxCellLength { get; init; } = 32_767;

    /// <summary>The most UTF-16 units that the texts of a workbook which stand outside its sheets have together; they are held in memory.</summary>
    public int MaxSharedLength { get; init; } = 64 << 20;

    /// <summary>The most characters in one part of a workbook.</summary>
    public long MaxPartLength { get; init; } = 512L << 20;

    /// <summary>The most findings that are told one by one; the rest is counted.</summary>
    public int MaxFindings { get; init; } = 10_000;
}
