using Lantai.Characterization.Policy;

namespace Lantai.Characterization.Profile;

/// <summary>
/// What holdings consist of, by format, risk (the policy's verdict) and age (the year): gathered one file at a time, in memory
/// that does not grow with the number of files.
/// </summary>
/// <remarks>Not safe for concurrent use: let each worker gather its own and add them up.</remarks>
public sealed class FormatProfile
{
    /// <summary>The most kinds of files that are told apart; those beyond lose their year first, then their format.</summary>
    public const int MostRows = 50_000;

    private const int FirstYear = 1900;
    private const int LastYear = 2199;

    private readonly Dictionary<Kind, Sum> _counts = [];
    private readonly Dictionary<string, FileFormat> _formats = new(StringComparer.Ordinal);

    /// <summary>Number of files.</summary>
    public long Files { get; private set; }

    /// <summary>Their lengths together, in bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>Whether there were more than <see cref="MostRows"/> kinds, so that some files are counted without year or format.</summary>
    public bool IsFolded { get; private set; }

    /// <summary>The rows, sorted by format id (not identified first), verdict, readability and year.</summary>
    public IReadOnlyList<ProfileRow> Rows =>
    [
        .. _counts.OrderBy(c => c.Key.Id, StringComparer.Ordinal).ThenBy(c => c.Key.Verdict).ThenBy(c => c.Key.Readability).ThenBy(c => c.Key.Year)
            .Select(c => new ProfileRow(c.Key.Id is { } id ? _formats[id] : null, c.Key.Verdict, c.Key.Readability, c.Key.Year, c.Value.Files, c.Value.Bytes)),
    ];

    /// <summary>Counts a file.</summary>
    /// <param name="format">Its format; null when it was not identified.</param>
    /// <param name="verdict">What the policy said of it.</param>
    /// <param name="readability">Whether it opens.</param>
    /// <param name="year">The year it is of; null when it is not known. A year outside 1900 to 2199 counts as not known: it comes from a clock that was never set.</param>
    /// <param name="bytes">Its length, in bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    public void Add(FileFormat? format, FormatVerdict verdict, Readability readability, int? year, long bytes)
    {
        Add(format, verdict, readability, year, 1, bytes);
    }

    /// <summary>Counts several files that are alike.</summary>
    /// <param name="format">Their format; null when they were not identified.</param>
    /// <param name="verdict">What the policy said of them.</param>
    /// <param name="readability">Whether they open.</param>
    /// <param name="year">The year they are of; null when it is not known. A year outside 1900 to 2199 counts as not known.</param>
    /// <param name="files">How many, at least one.</param>
    /// <param name="bytes">Their lengths together, in bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is none, or the length is negative.</exception>
    public void Add(FileFormat? format, FormatVerdict verdict, Readability readability, int? year, long files, long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(files, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        Count(format, verdict, readability, year is >= FirstYear and <= LastYear ? year : null, files, bytes);
    }

    /// <summary>Adds what another profile counted.</summary>
    public void Add(FormatProfile other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (var row in other.Rows)
        {
            Count(row.Format, row.Verdict, row.Readability, row.Year, row.Files, row.Bytes);
        }

        IsFolded |= other.IsFolded;
    }

    private void Count(FileFormat? format, FormatVerdict verdict, Readability readability, int? year, long files, long bytes)
    {
        var kind = Fold(new Kind(format?.Id, verdict, readability, year));
        if (kind.Id is { } id)
        {
            _formats.TryAdd(id, format!);
        }

        var held = _counts.GetValueOrDefault(kind);
        _counts[kind] = new Sum(held.Files + files, held.Bytes + bytes);
        Files += files;
        Bytes += bytes;
    }

    /// <summary>A kind that there is still room for. Without format and year there are so few that they always find room.</summary>
    private Kind Fold(Kind kind)
    {
        if (_counts.Count < MostRows || _counts.ContainsKey(kind))
        {
            return kind;
        }

        IsFolded = true;
        var withoutYear = kind with { Year = null };
        return _counts.ContainsKey(withoutYear) ? withoutYear : withoutYear with { Id = null };
    }

    private readonly record struct Kind(string? Id, FormatVerdict Verdict, Readability Readability, int? Year);

    private readonly record struct Sum(long Files, long Bytes);
}
