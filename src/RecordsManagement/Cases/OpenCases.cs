using Lantai.DataManagement;

namespace Lantai.RecordsManagement;

/// <summary>
/// The cases that a transaction has touched: each is written once, however often it moved, and so are the counts. Written
/// early when they are many, so that a transaction of any length takes the same memory.
/// </summary>
/// <remarks>Made for one transaction. When it writes does not change what comes of it.</remarks>
internal sealed class OpenCases(IDocumentWriter writer)
{
    private const int Most = 20_000;

    private readonly CaseSums _sums = new(writer);
    private readonly Dictionary<long, (ServiceCase? Before, ServiceCase? Now)> _touched = [];

    /// <summary>A case as it stands after all events so far; null when no event told of it.</summary>
    public ServiceCase? Find(long place)
    {
        if (_touched.TryGetValue(place, out var known))
        {
            return known.Now;
        }

        if (_touched.Count >= Most)
        {
            Write();
        }

        if (writer.Get(CaseEntry.Collection, place) is not { } document)
        {
            return null;
        }

        var c = CaseEntry.Read(new StoredDocument(place, document));
        _touched.Add(place, (c, c));
        return c;
    }

    public void Put(ServiceCase c)
    {
        var before = _touched.TryGetValue(c.Place, out var known) ? known.Before : Find(c.Place);
        _touched[c.Place] = (before, c);
        _sums.Touch(c);
    }

    public void Remove(ServiceCase c) => _touched[c.Place] = (_touched[c.Place].Before, null);

    public void Write()
    {
        foreach (var (place, (before, now)) in _touched)
        {
            if (ReferenceEquals(before, now))
            {
                continue; // looked at, not changed
            }

            if (before is not null)
            {
                _sums.Add(before, -1);
            }

            if (now is null)
            {
                writer.Delete(CaseEntry.Collection, place);
                continue;
            }

            _sums.Add(now, 1);
            writer.Put(CaseEntry.Collection, place, CaseEntry.Write(now));
        }

        _touched.Clear();
        _sums.Write();
    }
}
