using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>
/// Digest → where its frames lie. One sorted file read at opening, and what was added since. A cache: it is made
/// again from pack footers and frames whenever its watermark is not the ledger's.
/// </summary>
/// <remarks>spec/formats/index.md, "Digest index". Safe for concurrent use.</remarks>
internal sealed class DigestIndex
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Digest, List<FramePlace>> _added = [];
    private readonly DigestIndexFile? _file;

    public DigestIndex(DigestIndexFile? file)
    {
        _file = file;
        Count = file?.Count ?? 0;
    }

    /// <summary>Number of places.</summary>
    public long Count { get; private set; }

    /// <summary>Whether something was added since the file was read.</summary>
    public bool HasChanged
    {
        get
        {
            lock (_gate)
            {
                return _added.Count > 0;
            }
        }
    }

    public void Add(Digest digest, FramePlace place)
    {
        lock (_gate)
        {
            if (!_added.TryGetValue(digest, out var places))
            {
                _added.Add(digest, places = []);
            }

            places.Add(place);
            Count++;
        }
    }

    public IReadOnlyList<FramePlace> Find(Digest digest)
    {
        var places = _file?.Find(digest) ?? [];
        lock (_gate)
        {
            return _added.TryGetValue(digest, out var added) ? [.. places, .. added] : places;
        }
    }

    /// <summary>All entries sorted by digest, then pack and offset.</summary>
    public List<(Digest Digest, FramePlace Place)> Sorted()
    {
        List<(Digest Digest, FramePlace Place)> all;
        lock (_gate)
        {
            all = [.. _added.SelectMany(a => a.Value.Select(p => (a.Key, p)))];
        }

        all.AddRange(_file?.Entries() ?? []);
        all.Sort((x, y) => x.Digest != y.Digest ? x.Digest.CompareTo(y.Digest)
            : x.Place.Pack != y.Place.Pack ? x.Place.Pack.CompareTo(y.Place.Pack) : x.Place.Offset.CompareTo(y.Place.Offset));
        return all;
    }
}
