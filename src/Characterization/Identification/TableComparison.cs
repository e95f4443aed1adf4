using Lantai.Characterization.Matching;

namespace Lantai.Characterization.Identification;

/// <summary>A format that matched.</summary>
/// <param name="Format">The format.</param>
/// <param name="IsInside">Whether files inside the container told it.</param>
/// <param name="Weight">Bytes that its signature spells out: the more, the less by chance.</param>
internal readonly record struct FormatMatch(FileFormat Format, bool IsInside, int Weight);

/// <summary>Compares files with the signatures of one table.</summary>
/// <remarks>Made for one thread: it keeps its lists from file to file.</remarks>
internal sealed class TableComparison(FormatTable table, int window)
{
    private readonly ContainerIdentification _containers = new(table, window);
    private readonly MatchMemory _memory = new();
    private readonly List<int> _tried = [];
    private readonly List<(int Format, int Weight)> _found = [];

    /// <summary>The table.</summary>
    public FormatTable Table => table;

    /// <summary>The formats that match and that no other of them sets aside.</summary>
    public List<FormatMatch> Compare(FileContent content, in FileWindows windows, ref long budget)
    {
        _found.Clear();
        _tried.Clear();
        table.Triggers.Find(windows, _tried);
        _tried.AddRange(table.Scanned);
        _tried.Sort();
        _memory.Begin(table.Sequences.Count);
        var last = -1;
        foreach (var place in _tried)
        {
            if (place != last && table.Sequences.Matches(place, windows, ref budget, _memory))
            {
                _found.Add((table.Signatures[place].Format, table.Signatures[place].Weight));
            }

            last = place;
        }

        return Left(_containers.TryIdentify(content, windows.Head, _found, ref budget));
    }

    private List<FormatMatch> Left(bool isInside)
    {
        var matches = new List<FormatMatch>();
        foreach (var (format, weight) in _found)
        {
            if (_found.Exists(other => other.Format != format && table.Over[other.Format].AsSpan().Contains(format)))
            {
                continue;
            }

            var match = new FormatMatch(table.Formats[format], isInside, weight);
            var known = matches.FindIndex(m => m.Format.Id == match.Format.Id);
            if (known < 0)
            {
                matches.Add(match);
            }
            else if (matches[known].Weight < weight)
            {
                matches[known] = match;
            }
        }

        return matches;
    }
}
