using System.Text.Json.Nodes;
using Lantai.ArchivalStorage;
using Lantai.Cli.Output;
using Lantai.Ingest;

namespace Lantai.Cli.Commands;

/// <summary>
/// Lets submissions in, many at a time, says what became of each, and ends the batch whatever happens. Begun again after a
/// crash or a stop it goes on where it was: what is kept already is recognised by its content and stored no second time.
/// </summary>
/// <remarks>As many read as there are processors; those that wait for their commit make room for the next ones to be read.</remarks>
internal sealed class IngestBatch(CommandContext context, IReadOnlyList<IngestRequest> requests, string? receipts) : IDisposable
{
    /// <summary>The most deposits that are under way at once.</summary>
    private const int MostInFlight = 64;

    /// <summary>Bytes of contents that a reader gathers before it computes their digests.</summary>
    private const long HashedTogether = 8L << 20;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _room = new(MostInFlight, MostInFlight);
    private readonly BatchAnswers? _answers = context.Report.IsJson ? new BatchAnswers(requests.Count) : null;
    private readonly List<(Guid Aip, long Version)> _receipts = [];
    private Exception? _failure;
    private int _next = -1;
    private long _kept;
    private long _refused;
    private long _files;
    private long _bytes;
    private long _filesRead;
    private long _bytesRead;
    private int _done;

    public async Task<int> RunAsync()
    {
        var report = context.Report;
        if (receipts is not null)
        {
            _ = Directory.CreateDirectory(receipts); // before anything is kept: a folder that cannot be made is the user's first news
        }

        report.Progress.Start();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.Stop);
        var readers = Math.Clamp(Environment.ProcessorCount, 1, requests.Count);
        await Task.WhenAll(Enumerable.Range(0, readers).Select(_ => Task.Factory.StartNew(() => ReadOn(stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        for (var i = 0; i < MostInFlight; i++)
        {
            await _room.WaitAsync(CancellationToken.None); // those that wait for their commit end as well, well or not
        }

        switch (_failure)
        {
            case null when !context.Stop.IsCancellationRequested || _done == requests.Count:
                await EndAsync(isWhole: true);
                return report.HasErrors ? 1 : 0;
            case null or OperationCanceledException:
                report.Trouble("stopped", "trouble.stopped.ingest", ("kept", _kept), ("refused", _refused), ("left", requests.Count - _done));
                await EndAsync(isWhole: false);
                return 2;
            case StorageException problem:
                var code = Troubles.Tell(report, problem);
                await EndAsync(isWhole: false);
                return code;
            default:
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_failure);
                return 2;
        }
    }

    public void Dispose()
    {
        _room.Dispose();
        _answers?.Dispose();
    }

    /// <summary>
    /// One reader: begins the next submission as soon as the one before waits for its commit, or for its digests, which are
    /// computed for many at a time. It never waits itself while others wait for the group that it holds. It has a thread of its
    /// own: on those of the pool, readers would leave none for commits until all rooms are taken.
    /// </summary>
    private void ReadOn(CancellationTokenSource stop)
    {
        var together = new DigestGroup();
        for (int place; !stop.IsCancellationRequested && (place = Interlocked.Increment(ref _next)) < requests.Count;)
        {
            if (!_room.Wait(0, CancellationToken.None))
            {
                together.Close();
                together = new DigestGroup();
                _room.Wait(CancellationToken.None);
            }

            _ = TakeAsync(place, together, stop); // reads here, on this thread, until it must wait; gives its room back when it ends
            if (together.Bytes >= HashedTogether)
            {
                together.Close();
                together = new DigestGroup();
            }
        }

        together.Close();
    }

    private async Task TakeAsync(int place, DigestGroup together, CancellationTokenSource stop)
    {
        try
        {
            var seen = (Files: 0L, Bytes: 0L); // of this submission
            var outcome = await context.Repository.Ingest.ExecuteAsync(requests[place] with { Together = together }, context.Actor, progress => Show(progress, ref seen), stop.Token);
            lock (_gate)
            {
                Count(place, outcome);
            }
        }
        catch (Exception problem)
        {
            _ = Interlocked.CompareExchange(ref _failure, problem, null);
            await stop.CancelAsync();
        }
        finally
        {
            _ = _room.Release();
        }
    }

    private void Count(int place, IngestOutcome outcome)
    {
        _done++;
        if (_answers is not null)
        {
            _answers.Add(place, Describe(outcome));
        }

        if (outcome is IngestOutcome.Kept kept)
        {
            _kept++;
            _files += kept.Files;
            _bytes += kept.Bytes;
            if (receipts is not null)
            {
                _receipts.Add((kept.Aip, kept.Version));
            }

            context.Report.Say(
                kept.WasHeld ? "ingest.held" : "ingest.kept",
                ("name", kept.Name), ("aip", kept.Aip), ("version", kept.Version), ("files", Amounts.Count(kept.Files)), ("bytes", Amounts.Bytes(kept.Bytes)));
        }
        else
        {
            _refused++;
            context.Report.Say("ingest.refused", ("name", outcome.Name));
        }

        context.Report.Tell(outcome.Findings);
    }

    private void Show(IngestProgress progress, ref (long Files, long Bytes) seen)
    {
        var files = Interlocked.Add(ref _filesRead, progress.Files - seen.Files);
        var bytes = Interlocked.Add(ref _bytesRead, progress.Bytes - seen.Bytes);
        seen = (progress.Files, progress.Bytes);
        var line = context.Report.Progress;
        if (!line.IsDue)
        {
            return;
        }

        if (requests.Count == 1)
        {
            line.Report(files, bytes, progress.TotalFiles > 0 ? progress.TotalFiles : null, progress.TotalBytes > 0 ? progress.TotalBytes : null, progress.TotalBytes > 0 ? (double)progress.Bytes / progress.TotalBytes : 0, progress.Current);
            return;
        }

        var done = Volatile.Read(ref _done);
        line.Report(files, bytes, null, null, (double)done / requests.Count, $"[{done + 1}/{requests.Count}] {progress.Current}");
    }

    /// <summary>Seals and publishes what was kept, writes the receipts, and says the sums.</summary>
    private async Task EndAsync(bool isWhole)
    {
        var vault = context.Repository.Vault;
        try
        {
            if (_kept + _refused > 0 && vault.CanAppend)
            {
                await vault.EndBatchAsync(_bytes, CancellationToken.None); // what was kept is sealed and signed, however the batch ended
            }

            WriteReceipts();
        }
        catch (StorageException) when (!isWhole)
        {
            // The first cause was said; what was acknowledged is on disk and the next opening finishes the rest.
        }

        if (_answers is not null)
        {
            context.Report.SetLong("submissions", _answers.InOrder());
        }

        context.Report.Set("kept", _kept);
        context.Report.Set("refused", _refused);
        context.Report.Set("left", requests.Count - _done);
        context.Report.Set("files", _files);
        context.Report.Set("bytes", _bytes);
        if (requests.Count > 1)
        {
            context.Report.Say(
                "ingest.sum", ("kept", Amounts.Count(_kept)), ("refused", Amounts.Count(_refused)), ("files", Amounts.Count(_files)), ("bytes", Amounts.Bytes(_bytes)));
        }
    }

    private void WriteReceipts()
    {
        if (receipts is null)
        {
            return;
        }

        var aips = context.Repository.Aips; // once: it brings the catalogue up to the ledger
        foreach (var (aip, number) in _receipts)
        {
            var version = aips.Versions(aip).First(v => v.Version == number);
            ReceiptFile.Write(Path.Combine(receipts, $"{aip:D}@{number}.receipt"), context.Repository.ReceiptOf(version));
        }

        context.Report.Say("ingest.receipts", ("count", _receipts.Count), ("folder", receipts));
        context.Report.Set("receipts", receipts);
    }

    private static JsonObject Describe(IngestOutcome outcome)
    {
        var answer = new JsonObject
        {
            ["name"] = outcome.Name, ["source"] = outcome.Source, ["submission"] = outcome.SubmissionId,
        };
        if (outcome is IngestOutcome.Kept kept)
        {
            answer["outcome"] = kept.WasHeld ? "held" : "kept";
            answer["aip"] = kept.Aip.ToString("D");
            answer["version"] = kept.Version;
            answer["sequence"] = kept.Sequence;
            answer["files"] = kept.Files;
            answer["bytes"] = kept.Bytes;
        }
        else
        {
            answer["outcome"] = "refused";
        }

        answer["codes"] = new JsonArray([.. outcome.Findings.Select(f => (JsonNode)f.Code)]);
        return answer;
    }
}

/// <summary>Writes what leaves the archive as a small file.</summary>
internal static class ReceiptFile
{
    /// <summary>Replaces nothing half: the bytes lie under another name until they are whole.</summary>
    public static void Write(string path, byte[] bytes)
    {
        var part = path + ".part";
        File.WriteAllBytes(part, bytes);
        File.Move(part, path, overwrite: true);
    }
}
