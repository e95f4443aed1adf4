namespace Lantai.Inspection.Storage;

/// <summary>Counts what a run finds while it runs.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class StorageTally(StorageRun run, InspectionScheme scheme, long chosen, long left, Action<StorageProgress>? progress)
{
    private readonly Lock _gate = new();
    private readonly long _total = left;
    private readonly Dictionary<InspectionOutcome, long> _outcomes = Enum.GetValues<InspectionOutcome>().ToDictionary(o => o, _ => 0L);
    private readonly Dictionary<string, Dictionary<RuleVerdict, long>> _rules = new(StringComparer.Ordinal);
    private readonly List<(StorageResult, InspectionReport)> _bad = [];
    private readonly List<long> _events = [];
    private long _done;
    private long _bytes;
    private long _gaps;

    /// <summary>The run.</summary>
    public StorageRun Run => run;

    /// <summary>How many packages the run has in all.</summary>
    public long Chosen => chosen;

    /// <summary>How many of them are not inspected yet.</summary>
    public long Left
    {
        get
        {
            lock (_gate)
            {
                return _total - _done;
            }
        }
    }

    /// <summary>Counts a package.</summary>
    public void Add(StorageResult result, InspectionReport report)
    {
        lock (_gate)
        {
            _outcomes[result.Outcome]++;
            _gaps += report.HasGap ? 1 : 0;
            foreach (var rule in report.Results)
            {
                var verdicts = _rules.TryGetValue(rule.Rule.Id, out var known) ? known : _rules[rule.Rule.Id] = [];
                verdicts[rule.Verdict] = verdicts.GetValueOrDefault(rule.Verdict) + 1;
            }

            if (result.Outcome == InspectionOutcome.Failed && _bad.Count < StorageInspection.MostShown)
            {
                _bad.Add((result, report));
            }

            (_done, _bytes) = (_done + 1, _bytes + report.Subject.Bytes);
            progress?.Invoke(new StorageProgress(_done, _total, _bytes, report.Subject.Package));
        }
    }

    /// <summary>Takes the sequence of an event that holds a part.</summary>
    public void Kept(long sequence) => _events.Add(sequence);

    /// <summary>The report of what was counted.</summary>
    public StorageRunReport ToReport(DateTimeOffset finished)
    {
        lock (_gate)
        {
            return new StorageRunReport
            {
                Run = run,
                Scheme = scheme,
                Finished = finished,
                Chosen = chosen,
                Left = _total - _done,
                Outcomes = _outcomes,
                Gaps = _gaps,
                Rules = _rules.ToDictionary(r => r.Key, r => (IReadOnlyDictionary<RuleVerdict, long>)r.Value, StringComparer.Ordinal),
                Bad = [.. _bad.OrderBy(b => b.Item1.Aip)],
                Events = [.. _events],
            };
        }
    }
}
