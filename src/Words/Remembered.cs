using System.Collections.Concurrent;

namespace Lantai.Words;

/// <summary>What was found out lately: what is asked for again stays, what is not is forgotten.</summary>
/// <typeparam name="TKey">What it was found out of.</typeparam>
/// <typeparam name="TValue">What was found out.</typeparam>
/// <param name="most">How many answers make a generation; one to two generations are held.</param>
/// <remarks>Safe for concurrent use.</remarks>
public sealed class Remembered<TKey, TValue>(int most)
    where TKey : notnull
    where TValue : class
{
    private volatile Generation _recent = new();
    private volatile Generation _earlier = new();

    /// <summary>What was found out; null when that is not known.</summary>
    /// <param name="key">What is asked of.</param>
    public TValue? Find(TKey key)
    {
        if (_recent.Known.TryGetValue(key, out var value))
        {
            return value;
        }

        return _earlier.Known.TryGetValue(key, out value) ? Keep(key, value) : null; // what comes often stays
    }

    /// <summary>Keeps what was found out, and gives it back.</summary>
    /// <param name="key">What it was found out of.</param>
    /// <param name="value">What was found out.</param>
    public TValue Keep(TKey key, TValue value)
    {
        var recent = _recent;
        recent.Known[key] = value;
        if (Interlocked.Increment(ref recent.Kept) == most)
        {
            (_earlier, _recent) = (recent, new Generation());
        }

        return value;
    }

    private sealed class Generation
    {
        public readonly ConcurrentDictionary<TKey, TValue> Known = new();

        public int Kept; // counting the entries would lock all of them
    }
}
