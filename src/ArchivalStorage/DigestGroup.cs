using Lantai.Evidence.National;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>
/// Contents of several deposits whose digests are computed together: sixteen short ones cost little more than five. Whoever
/// reads submissions one after the other gives them one group, closes it when enough waits in it, and begins another.
/// </summary>
/// <remarks>
/// Its deposits wait until it is closed: whoever holds an open group must close it before waiting for anything. Safe for
/// concurrent use.
/// </remarks>
public sealed class DigestGroup
{
    private readonly Lock _gate = new();
    private readonly List<Part> _parts = [];
    private bool _isClosed;

    /// <summary>Bytes that wait for their digests.</summary>
    public long Bytes { get; private set; }

    /// <summary>Computes all digests and lets the deposits go on, on the calling thread until they wait for something else.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true; // nobody joins any more
        }

        if (_parts.Count == 0)
        {
            return;
        }

        var contents = _parts.SelectMany(p => p.Contents).ToList();
        try
        {
            var digests = Compute(contents);
            var from = 0;
            foreach (var part in _parts)
            {
                part.Done.SetResult(new ArraySegment<Digest>(digests, from, part.Contents.Count));
                from += part.Contents.Count;
            }
        }
        catch (Exception problem) when (problem is OutOfMemoryException)
        {
            _parts.ForEach(p => p.Done.TrySetException(problem)); // nobody waits for ever
        }

        _parts.Clear();
    }

    /// <summary>Gives the digests in the order of the contents: when the group is closed, or at once if it is.</summary>
    internal Task<ArraySegment<Digest>> DigestAsync(IReadOnlyList<ReadContent> contents)
    {
        lock (_gate)
        {
            if (!_isClosed)
            {
                var part = new Part(contents, new TaskCompletionSource<ArraySegment<Digest>>());
                _parts.Add(part);
                Bytes += contents.Sum(c => (long)c.Bytes.Length);
                return part.Done.Task;
            }
        }

        return Task.FromResult(new ArraySegment<Digest>(Compute(contents)));
    }

    internal static Digest[] Compute(IReadOnlyList<ReadContent> contents)
    {
        var messages = new ReadOnlyMemory<byte>[contents.Count];
        for (var i = 0; i < messages.Length; i++)
        {
            messages[i] = contents[i].Bytes;
        }

        var digests = new Digest[messages.Length];
        DigestBatch.Compute(messages, digests);
        ComputeSm3(contents);
        return digests;
    }

    /// <summary>The SM3 of those contents whose deposit asks for it, side by side as well.</summary>
    private static void ComputeSm3(IReadOnlyList<ReadContent> contents)
    {
        var asked = contents.Where(c => c.WantsSm3 && c.Kept is null).ToList();
        var digests = new Sm3Digest[asked.Count];
        Sm3Batch.Compute([.. asked.Select(c => c.Bytes)], digests);
        for (var i = 0; i < digests.Length; i++)
        {
            asked[i].Sm3 = digests[i];
        }
    }

    private sealed record Part(IReadOnlyList<ReadContent> Contents, TaskCompletionSource<ArraySegment<Digest>> Done);
}

/// <summary>A content that was read and waits for its digest, before it is kept.</summary>
/// <remarks>Made by <see cref="Deposit.Read"/>; disposing of it before it was kept lets it go.</remarks>
public sealed class ReadContent : IDisposable
{
    private ContentBuffer? _buffer;

    internal ReadContent(ContentBuffer buffer, IReadOnlyList<IByteObserver> observers) => (_buffer, Observers) = (buffer, observers);

    internal ReadContent(KeptContent kept) => Kept = kept;

    /// <summary>Who saw it; those who look at whole contents see it once more when its digest is known.</summary>
    internal IReadOnlyList<IByteObserver> Observers { get; } = [];

    /// <summary>What was said of it when it turned out too long to wait, and was kept at once.</summary>
    internal KeptContent? Kept { get; }

    /// <summary>Whether its SM3 is to be computed with its digest.</summary>
    internal bool WantsSm3 { get; set; }

    /// <summary>Its SM3, once computed.</summary>
    internal Sm3Digest? Sm3 { get; set; }

    internal ReadOnlyMemory<byte> Bytes => _buffer?.Written ?? default;

    /// <summary>Length in bytes.</summary>
    public long Length => Kept?.Length ?? Bytes.Length;

    /// <summary>Lets its memory go.</summary>
    public void Dispose()
    {
        _buffer?.Dispose();
        _buffer = null;
    }

    internal ContentBuffer? TakeBuffer()
    {
        var buffer = _buffer;
        _buffer = null;
        return buffer;
    }
}
