using System.Globalization;

namespace Lantai.Evidence;

/// <summary>
/// The name of a tile: 1 to 256 neighbouring hashes of a tree, or the bundle of the entries behind such
/// hashes of level 0.
/// </summary>
/// <param name="Level">0 for leaf hashes, l for hashes of complete subtrees of 256^l leaves; -1 for a bundle of entries.</param>
/// <param name="Index">The index of the tile within its level.</param>
/// <param name="Width">How many hashes or entries it holds: 1 to 256, where fewer than 256 make it a partial tile.</param>
/// <remarks>spec: <c>spec/formats/tree.md</c>. Source: C2SP tlog-tiles. Immutable, safe for concurrent use.</remarks>
public readonly record struct Tile(int Level, ulong Index, int Width)
{
    /// <summary>The number of hashes or entries in a full tile.</summary>
    public const int FullWidth = 256;

    /// <summary>The level that stands for bundles of entries.</summary>
    public const int Entries = -1;

    private const int Bits = 8;
    private const int Levels = 8; // 256^8 leaves do not fit a size of 64 bits
    private const int HighestLevel = 63;

    /// <summary>Whether the tile may still grow.</summary>
    public bool IsPartial => Width < FullWidth;

    /// <summary>The relative path of the tile with '/' between segments, such as <c>tile/0/x001/067</c> or <c>tile/entries/000.p/5</c>.</summary>
    public string Path
    {
        get
        {
            var level = Level == Entries ? "entries" : Level.ToString(CultureInfo.InvariantCulture);
            var index = (Index % 1000).ToString("D3", CultureInfo.InvariantCulture);
            for (var rest = Index / 1000; rest > 0; rest /= 1000)
            {
                index = $"x{(rest % 1000).ToString("D3", CultureInfo.InvariantCulture)}/{index}";
            }

            var part = IsPartial ? $".p/{Width.ToString(CultureInfo.InvariantCulture)}" : "";
            return $"tile/{level}/{index}{part}";
        }
    }

    /// <summary>Reads a path in its one valid form; anything else is refused.</summary>
    public static bool TryParse(string? path, out Tile tile)
    {
        tile = default;
        if (path is not { Length: <= 64 } || path.Split('/') is not ["tile", var first, .. var rest] || rest.Length == 0)
        {
            return false;
        }

        var width = FullWidth;
        if (rest is [.., var last, var digits] && last.EndsWith(".p", StringComparison.Ordinal))
        {
            if (!TryNumber(digits, out var partial) || partial is 0 or >= FullWidth)
            {
                return false;
            }

            width = (int)partial;
            rest = [.. rest[..^2], last[..^2]];
        }

        var level = (ulong)HighestLevel;
        if (first != "entries" && (!TryNumber(first, out level) || level > HighestLevel))
        {
            return false;
        }

        if (!TryNumber(string.Concat(rest.Select(part => part.TrimStart('x'))), out var index))
        {
            return false;
        }

        var candidate = new Tile(first == "entries" ? Entries : (int)level, index, width);
        if (candidate.Path != path)
        {
            return false; // the right number in another form: one tile has one path
        }

        tile = candidate;
        return true;
    }

    /// <summary>All tiles and bundles of a tree of a size, the partial ones on its right edge included.</summary>
    /// <param name="size">The number of leaves.</param>
    public static IEnumerable<Tile> ForSize(ulong size) => New(0, size);

    /// <summary>The tiles and bundles to be written when a tree grows, each in the width it then has.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The new size is less than the old one.</exception>
    public static IEnumerable<Tile> New(ulong oldSize, ulong newSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(newSize, oldSize);
        return Grow(oldSize, newSize);
    }

    private static IEnumerable<Tile> Grow(ulong oldSize, ulong newSize)
    {
        for (var level = Entries; level < Levels; level++)
        {
            var shift = Bits * int.Max(level, 0);
            var (before, now) = (oldSize >> shift, newSize >> shift);
            for (var index = before / FullWidth; index < now / FullWidth; index++)
            {
                yield return new Tile(level, index, FullWidth);
            }

            if (now != before && now % FullWidth != 0)
            {
                yield return new Tile(level, now / FullWidth, (int)(now % FullWidth));
            }
        }
    }

    private static bool TryNumber(string digits, out ulong number) =>
        ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
