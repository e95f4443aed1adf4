using System.Collections.Concurrent;
using Lantai.StoreFormat;

namespace Lantai.ArchivalStorage;

/// <summary>
/// The memory in which an index keeps the heads of its runs' sections, 8 KiB each. It grows to its limit and is used
/// again; a head that finds no room in it is read from disk each time.
/// </summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class HeadPool(int limit)
{
    private readonly ConcurrentBag<byte[]> _free = [];
    private int _made;

    /// <summary>Room for a head, or null when all is in use.</summary>
    public byte[]? TryTake()
    {
        if (_free.TryTake(out var head))
        {
            return head;
        }

        if (Interlocked.Increment(ref _made) <= limit)
        {
            return new byte[SortedRun.HeadSize];
        }

        _ = Interlocked.Decrement(ref _made);
        return null;
    }

    public void Return(byte[] head) => _free.Add(head);
}
