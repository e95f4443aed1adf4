namespace Lantai.Access.Restoration;

/// <summary>
/// One of those that restore side by side: takes version after version. The files of several versions are verified in one
/// batch, so a version waits, unfinished and under a name that says so, until its last file was verified and written.
/// </summary>
/// <param name="open">Gives a version that is to be restored.</param>
/// <param name="files">The files that wait.</param>
/// <param name="ended">Told what became of each version.</param>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class RestorationWorker(Func<RestorationItem, RestoredVersion> open, RestoredFiles files, Action<RestorationOutcome> ended) : IDisposable
{
    /// <summary>Each that waits holds two folders open, and is made anew after a crash.</summary>
    private const int MostWaiting = 64;

    private readonly Queue<RestoredVersion> _waiting = new();

    /// <summary>Restores what no other worker takes.</summary>
    public async Task RunAsync(SharedItems items, CancellationToken cancellation)
    {
        while (items.Next() is { } item)
        {
            cancellation.ThrowIfCancellationRequested();
            var version = open(item);
            _waiting.Enqueue(version);
            version.Begin(files, cancellation);
            if (_waiting.Count == MostWaiting)
            {
                files.Write(cancellation);
            }

            await EndAsync(cancellation).ConfigureAwait(false);
        }

        files.Write(cancellation);
        await EndAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Removes what did not become whole.</summary>
    public void Dispose()
    {
        foreach (var version in _waiting)
        {
            version.Dispose();
        }
    }

    /// <summary>Ends the versions of which no file waits.</summary>
    private async Task EndAsync(CancellationToken cancellation)
    {
        while (_waiting.TryPeek(out var version) && version.Waiting == 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var outcome = await version.EndAsync(cancellation).ConfigureAwait(false);
            _ = _waiting.Dequeue();
            ended(outcome);
        }
    }
}
