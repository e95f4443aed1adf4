namespace Lantai.Access.Restoration;

/// <summary>The versions that are still to be restored, for several workers: each takes the next one.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class SharedItems(IEnumerable<RestorationItem> items) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly IEnumerator<RestorationItem> _items = items.GetEnumerator();

    /// <summary>The next one; null when none is left.</summary>
    public RestorationItem? Next()
    {
        lock (_gate)
        {
            return _items.MoveNext() ? _items.Current : null;
        }
    }

    public void Dispose() => _items.Dispose();
}
