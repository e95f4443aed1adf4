using Lantai.Characterization.Examination;
using Lantai.Words;

namespace Lantai.Adapters.OutsideTools;

/// <summary>Remembers the last reports of one program by the digest of the file, so that the same file is read once.</summary>
/// <remarks>Bounded: the oldest is forgotten first. Safe for concurrent use.</remarks>
internal sealed class ReportMemory(int most)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Digest, OutsideReport> _reports = [];
    private readonly Queue<Digest> _order = new();

    /// <summary>The report of a file; null when there is none any more.</summary>
    public OutsideReport? Find(Digest digest)
    {
        lock (_gate)
        {
            return _reports.GetValueOrDefault(digest);
        }
    }

    /// <summary>Remembers a report.</summary>
    public void Keep(Digest digest, OutsideReport report)
    {
        lock (_gate)
        {
            if (_reports.TryAdd(digest, report))
            {
                _order.Enqueue(digest);
            }

            if (_order.Count > most)
            {
                _ = _reports.Remove(_order.Dequeue());
            }
        }
    }
}
