using System.Collections.Concurrent;
using System.Text;

namespace Lantai.Characterization.Matching;

/// <summary>Numbers the anchors of a table: equal bytes have one number, so that each is searched for once in a file.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class AnchorNames
{
    private readonly ConcurrentDictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private int _next = -1;

    /// <summary>How many numbers were given.</summary>
    public int Count => Volatile.Read(ref _next) + 1;

    /// <summary>The number of an anchor.</summary>
    public int Of(byte[] anchor) => _numbers.GetOrAdd(Encoding.Latin1.GetString(anchor), _ => Interlocked.Increment(ref _next));
}

/// <summary>What is known about one file while it is compared with the signatures of a table.</summary>
/// <remarks>Made for one thread, begun anew for each file.</remarks>
internal sealed class MatchMemory
{
    private const byte Matches = 1;
    private const byte Fails = 2;

    private byte[] _sequences = [];
    private bool[] _absent = [];

    /// <summary>Forgets all about the file before.</summary>
    /// <param name="sequences">Sequences of the table.</param>
    public void Begin(int sequences)
    {
        if (_sequences.Length < sequences)
        {
            _sequences = new byte[sequences];
        }
        else
        {
            Array.Clear(_sequences);
        }

        Array.Clear(_absent);
    }

    /// <summary>Whether a sequence matches, if that is known.</summary>
    public bool? Known(int sequence) => _sequences[sequence] switch { Matches => true, Fails => false, _ => null };

    /// <summary>Keeps whether a sequence matches.</summary>
    public bool Keep(int sequence, bool matches)
    {
        _sequences[sequence] = matches ? Matches : Fails;
        return matches;
    }

    /// <summary>Whether an anchor is known to stand nowhere in the beginning of the file.</summary>
    public bool IsAbsent(int anchor) => anchor >= 0 && anchor < _absent.Length && _absent[anchor];

    /// <summary>Keeps that an anchor stands nowhere in the beginning of the file.</summary>
    public void KeepAbsent(int anchor)
    {
        if (anchor >= _absent.Length)
        {
            Array.Resize(ref _absent, Math.Max(64, anchor * 2));
        }

        _absent[anchor] = true;
    }
}
