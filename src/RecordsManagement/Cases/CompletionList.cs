using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>A row of a list of completed cases, read as a notice.</summary>
/// <param name="Place">Where it stands: file and row.</param>
/// <param name="Notice">The notice; null when it cannot be read.</param>
/// <param name="Findings">Why it cannot be read, all of it; empty when it can.</param>
public sealed record ListedNotice(string Place, CaseNotice? Notice, IReadOnlyList<Finding> Findings);

/// <summary>
/// A list of completed cases from a source system (每日办结清单), read once, row by row. A row is fields by name, whatever file it stands in.
/// </summary>
/// <remarks>Not safe for concurrent use. Field names: spec/formats/completion-list.md.</remarks>
public sealed class CompletionList
{
    private const int MostRows = 1_000_000;

    private readonly IListFile _file;
    private string? _longFrom;

    internal CompletionList(IListFile file) => _file = file;

    /// <summary>The extensions of the files that lists come in.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".csv", ".json", ".xml"];

    /// <summary>A list in a file, read as what its name says it is; null when no list is called so.</summary>
    /// <param name="stream">The file, able to seek; not closed, and read while the rows are.</param>
    /// <param name="name">Its name, by which findings call it too.</param>
    public static CompletionList? Open(Stream stream, string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".csv" => new CompletionList(new SheetListFile(stream, name)),
        ".json" => new CompletionList(new JsonListFile(stream, name)),
        ".xml" => new CompletionList(new XmlListFile(stream, name)),
        _ => null,
    };

    /// <summary>What is wrong with the file as a whole; complete when all rows were read.</summary>
    public IReadOnlyList<Finding> Findings => [.. _file.Findings, .. LengthFindings(), .. OffsetFindings()];

    /// <summary>How findings call it.</summary>
    internal string Name => _file.Name;

    /// <summary>Rows whose completion time had no offset, so far.</summary>
    public long WithoutOffset { get; private set; }

    /// <summary>Reads the rows. Call it once.</summary>
    /// <param name="cancellation">Asked between rows.</param>
    public IEnumerable<ListedNotice> Notices(CancellationToken cancellation)
    {
        var rows = 0;
        foreach (var row in _file.Rows(cancellation))
        {
            if (++rows > MostRows)
            {
                _longFrom = row.Place;
                yield break;
            }

            var read = NoticeFields.Read(row);
            WithoutOffset += read.Notice is { Completed.IsOffsetAssumed: true } ? 1 : 0;
            yield return read;
        }
    }

    private IEnumerable<Finding> LengthFindings() =>
        _longFrom is null ? [] : [Finding.Error(CaseCodes.List, _file.Name, ("place", _longFrom), ("listfault", "long"))];

    private IEnumerable<Finding> OffsetFindings() =>
        WithoutOffset == 0 ? [] : [Finding.Information(CaseCodes.OffsetAssumed, _file.Name, ("count", WithoutOffset))];
}

/// <summary>A row of a file: its place, its fields by our names, and why they cannot be read (a text <c>listfault.FAULT</c>); null when they can.</summary>
internal sealed record ListRow(string Place, IReadOnlyDictionary<string, string> Fields, string? Fault = null);

/// <summary>A file of rows: what a CSV file, a workbook, JSON and XML have in common here.</summary>
internal interface IListFile
{
    string Name { get; }

    /// <summary>What is wrong with it so far.</summary>
    IReadOnlyList<Finding> Findings { get; }

    IEnumerable<ListRow> Rows(CancellationToken cancellation);
}
