namespace Lantai.Ingest;

/// <summary>Lets one submission of an identity in at a time, so that versions follow one another.</summary>
internal sealed class IdentityTurns
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (SemaphoreSlim Turn, int Users)> _turns = new(StringComparer.Ordinal);

    public async Task<IDisposable> TakeAsync(string source, string id, CancellationToken cancellation)
    {
        var key = source + "\0" + id;
        SemaphoreSlim turn;
        lock (_gate)
        {
            var known = _turns.GetValueOrDefault(key, (new SemaphoreSlim(1, 1), 0));
            _turns[key] = (known.Item1, known.Item2 + 1);
            turn = known.Item1;
        }

        try
        {
            await turn.WaitAsync(cancellation).ConfigureAwait(false);
            return new Turn(this, key, turn);
        }
        catch (OperationCanceledException)
        {
            Leave(key);
            throw;
        }
    }

    /// <summary>The turn if nobody has it now, else null.</summary>
    public IDisposable? TryTake(string source, string id)
    {
        var key = source + "\0" + id;
        lock (_gate)
        {
            if (_turns.ContainsKey(key))
            {
                return null;
            }

            var turn = new SemaphoreSlim(0, 1);
            _turns[key] = (turn, 1);
            return new Turn(this, key, turn);
        }
    }

    private void Leave(string key)
    {
        lock (_gate)
        {
            var (turn, users) = _turns[key];
            if (users > 1)
            {
                _turns[key] = (turn, users - 1);
                return;
            }

            _ = _turns.Remove(key);
            turn.Dispose();
        }
    }

    private sealed class Turn(IdentityTurns turns, string key, SemaphoreSlim turn) : IDisposable
    {
        public void Dispose()
        {
            _ = turn.Release();
            turns.Leave(key);
        }
    }
}
