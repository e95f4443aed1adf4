using Lantai.Containers;
using Lantai.Words;

namespace Lantai.InformationPackages;

/// <summary>
/// Puts the entries of a container in the order of their path bytes, drops folders that are known by their content, and
/// finds what cannot stand side by side. Costs four bytes for each entry, however deep the paths are.
/// </summary>
internal sealed class EntryArrangement(IContainerRows rows, BoundedFindings findings)
{
    private int[] _sorted = [];

    /// <summary>The numbers of the entries that a submission has, in order.</summary>
    internal int[] Arrange()
    {
        _sorted = new int[rows.Count];
        for (var i = 0; i < _sorted.Length; i++)
        {
            _sorted[i] = i;
        }

        Array.Sort(_sorted, Compare);
        var arranged = new int[_sorted.Length];
        var count = 0;
        for (var i = 0; i < _sorted.Length; i++)
        {
            if (IsKept(i))
            {
                arranged[count++] = _sorted[i];
            }
        }

        return arranged.AsSpan(0, count).ToArray();
    }

    private bool IsKept(int place)
    {
        var row = _sorted[place];
        if (place > 0 && rows.NameOf(row).SequenceEqual(rows.NameOf(_sorted[place - 1])))
        {
            var areFolders = rows.IsFolder(row) && rows.IsFolder(_sorted[place - 1]);
            var subject = rows.EntryNameOf(row).Display;
            findings.Add(areFolders ? Finding.Warning("SIP-003", subject) : Finding.Error("SIP-003", subject));
            return false;
        }

        if (!HasContent(place))
        {
            return true;
        }

        if (!rows.IsFolder(row))
        {
            findings.Add(Finding.Error("SIP-009", rows.EntryNameOf(row).Display));
        }

        return false;
    }

    /// <summary>Whether something lies below the path. What begins with it comes right after it; what goes on with '/' is looked for among that.</summary>
    private bool HasContent(int place)
    {
        var path = rows.NameOf(_sorted[place]);
        var (low, high) = (place + 1, _sorted.Length);
        if (low == high || !rows.NameOf(_sorted[low]).StartsWith(path))
        {
            return false;
        }

        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var name = rows.NameOf(_sorted[middle]);
            var isBefore = name.StartsWith(path)
                ? name.Length == path.Length || name[path.Length] < (byte)'/'
                : name.SequenceCompareTo(path) < 0;
            (low, high) = isBefore ? (middle + 1, high) : (low, middle);
        }

        return low < _sorted.Length && rows.NameOf(_sorted[low]) is var next && next.Length > path.Length
            && next.StartsWith(path) && next[path.Length] == (byte)'/';
    }

    private int Compare(int a, int b) => rows.NameOf(a).SequenceCompareTo(rows.NameOf(b)) is var order and not 0 ? order : a.CompareTo(b);
}
