namespace Lantai.Characterization.Pdf;

/// <summary>How much the streams of one PDF may still unpack to, and whether the work is to stop.</summary>
/// <param name="most">The most bytes in all.</param>
/// <param name="cancellation">Stops the work.</param>
internal sealed class PdfBudget(long most, CancellationToken cancellation)
{
    private long _left = most;
    private int _nodes;

    /// <summary>Whether more was asked for than there is; stays so even when a library swallows the exception.</summary>
    public bool IsSpent => _left < 0;

    /// <summary>Takes what was unpacked from the budget.</summary>
    /// <exception cref="PdfOverspentException">There is nothing left.</exception>
    /// <exception cref="OperationCanceledException">The work is to stop.</exception>
    public void Spend(long bytes)
    {
        cancellation.ThrowIfCancellationRequested();
        _left = _left < 0 ? _left : _left - bytes;
        if (_left < 0)
        {
            throw new PdfOverspentException();
        }
    }

    /// <summary>Counts nodes of page trees that were unpacked.</summary>
    /// <exception cref="InsufficientExecutionStackException">There are more than the library may follow.</exception>
    public void CountNodes(ReadOnlySpan<byte> unpacked)
    {
        _nodes += PdfGuard.CountNodes(unpacked);
        if (_nodes > PdfGuard.MostNodes)
        {
            _left = -1;
            throw new InsufficientExecutionStackException();
        }
    }

    /// <summary>Stops here when the work is to stop.</summary>
    public void GoOn() => Spend(0);
}

/// <summary>A PDF unpacks to more than is allowed.</summary>
internal sealed class PdfOverspentException : Exception;
