namespace Lantai.DataManagement;

/// <summary>One collection in memory: documents by id, and sorted keys for each lookup field.</summary>
internal sealed class MemoryCollection(IEnumerable<string> lookups)
{
    // Nearly all documents are added with rising ids, which a sorted list takes at its end.
    private readonly SortedList<long, Document> _documents = [];
    private readonly Dictionary<string, SortedSet<string>> _keys = lookups.ToDictionary(f => f, _ => new SortedSet<string>(StringComparer.Ordinal));

    /// <summary>Number of documents.</summary>
    public int Count => _documents.Count;

    /// <summary>The highest id ever held, 0 at first.</summary>
    public long Highest { get; private set; }

    public Document? Get(long id) => _documents.GetValueOrDefault(id);

    /// <summary>Puts, replaces or (null) removes a document.</summary>
    public void Set(long id, Document? document, long highest)
    {
        Highest = highest;
        if (_documents.TryGetValue(id, out var before))
        {
            _ = _documents.Remove(id);
            foreach (var (field, keys) in _keys)
            {
                _ = before.Text(field) is { } text && keys.Remove(LookupField.Key(text, id));
            }
        }

        if (document is null)
        {
            return;
        }

        _documents.Add(id, document);
        foreach (var (field, keys) in _keys)
        {
            _ = document.Text(field) is { } text && keys.Add(LookupField.Key(text, id));
        }
    }

    public IReadOnlyList<StoredDocument> Scan(long afterId, int take, bool descending)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(take);
        var found = new List<StoredDocument>();
        if (descending)
        {
            for (var i = Place(afterId) - 1; i >= 0 && found.Count < take; i--)
            {
                found.Add(At(i));
            }
        }
        else if (afterId < long.MaxValue)
        {
            for (var i = Place(afterId + 1); i < _documents.Count && found.Count < take; i++)
            {
                found.Add(At(i));
            }
        }

        return found;
    }

    public IReadOnlyList<StoredDocument> Find(string field, string start, Func<string, bool> fits, int take, string? after = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(take);
        if (!_keys.TryGetValue(field, out var keys))
        {
            throw new ArgumentException($"'{field}' is no lookup field of this collection.", nameof(field));
        }

        var found = new List<StoredDocument>();
        var from = string.CompareOrdinal(after, start) > 0 ? after! : start;
        if (keys.Max is { } last && string.CompareOrdinal(from, last) <= 0)
        {
            foreach (var key in keys.GetViewBetween(from, last).TakeWhile(k => k.StartsWith(start, StringComparison.Ordinal)))
            {
                if (found.Count == take)
                {
                    break;
                }

                if (key == after)
                {
                    continue;
                }

                var id = LookupField.IdOf(key);
                if (fits(_documents[id].Text(field)!))
                {
                    found.Add(new StoredDocument(id, _documents[id]));
                }
            }
        }

        return found;
    }

    /// <summary>The place of the first id that is not below this one.</summary>
    private int Place(long id)
    {
        var (low, high) = (0, _documents.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _documents.GetKeyAtIndex(middle) < id ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private StoredDocument At(int place) => new(_documents.GetKeyAtIndex(place), _documents.GetValueAtIndex(place));
}
