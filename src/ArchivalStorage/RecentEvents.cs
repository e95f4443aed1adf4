namespace Lantai.ArchivalStorage;

/// <summary>The events that were committed last, so that whoever follows the ledger need not read them back.</summary>
/// <remarks>
/// Safe for concurrent use. Holds a thousand events or so, however long the process lives; one with a long detail is not held,
/// nor what came before it.
/// </remarks>
internal sealed class RecentEvents
{
    private const int Kept = 1024;
    private const long LongestDetail = 32 * 1024;

    private readonly Lock _gate = new();
    private readonly StoredEvent?[] _events = new StoredEvent?[Kept];
    private long _first = -1;
    private long _next;

    /// <summary>Adds the event that follows the last one, whose detail has so many bytes.</summary>
    public void Add(StoredEvent stored, long detail)
    {
        lock (_gate)
        {
            if (detail > LongestDetail)
            {
                Array.Clear(_events);
                _first = -1;
                return;
            }

            var sequence = stored.Leaf.Sequence;
            _first = _first < 0 ? sequence : Math.Max(_first, sequence + 1 - Kept);
            _events[sequence % Kept] = stored;
            _next = sequence + 1;
        }
    }

    /// <summary>The events from a sequence on, or null when the first of them are not at hand.</summary>
    public IReadOnlyList<StoredEvent>? From(long sequence)
    {
        lock (_gate)
        {
            if (_first < 0 || sequence < _first)
            {
                return null;
            }

            var events = new StoredEvent[Math.Max(0, _next - sequence)];
            for (var i = 0; i < events.Length; i++)
            {
                events[i] = _events[(sequence + i) % Kept]!;
            }

            return events;
        }
    }

    /// <summary>One event, or null when it is not at hand.</summary>
    public StoredEvent? Find(long sequence)
    {
        lock (_gate)
        {
            return _first >= 0 && sequence >= _first && sequence < _next ? _events[sequence % Kept] : null;
        }
    }
}
