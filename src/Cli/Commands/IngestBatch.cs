using System.Text.Json.Nodes;
using Lantai.ArchivalStorage;
using Lantai.Cli.Output;
using Lantai.Ingest;

namespace Lantai.Cli.Commands;

/// <summary>Lets submissions in, a few at a time, says what became of each, and ends the batch whatever happens.</summary>
internal sealed class IngestBatch(CommandContext context, IReadOnlyList<IngestRequest> requests, string? receipts)
{
    private readonly Lock _gate = new();
    private readonly JsonNode?[] _answers = new JsonNode?[requests.Count];
    private readonly Dictionary<int, IngestProgress> _running = [];
    private readonly List<IngestOutcome.Kept> _kept = [];
    private long _refused;
    private long _files;
    private long _bytes;
    private int _done;

    public async Task<int> RunAsync()
    {
        var report = context.Report;
        if (receipts is not null)
        {
            _ = Directory.CreateDirectory(receipts); // before anything is kept: a folder that cannot be made is the user's first news
        }

        try
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Clamp(Environment.ProcessorCount, 1, 8), CancellationToken = context.Stop };
            report.Progress.Start();
            await Parallel.ForEachAsync(Enumerable.Range(0, requests.Count), options, async (i, stop) => await TakeAsync(i, stop));
        }
        catch (OperationCanceledException)
        {
            report.Trouble("stopped", "trouble.stopped.ingest", ("kept", _kept.Count), ("refused", _refused), ("left", requests.Count - _done));
            await EndAsync(isWhole: false);
            return 2;
        }
        catch (StorageException problem)
        {
            var code = Troubles.Tell(report, problem);
            await EndAsync(isWhole: false);
            return code;
        }

        await EndAsync(isWhole: true);
        return report.HasErrors ? 1 : 0;
    }

    private async Task TakeAsync(int place, CancellationToken stop)
    {
        var outcome = await context.Repository.Ingest.ExecuteAsync(requests[place], context.Actor, progress => Show(place, progress), stop);
        lock (_gate)
        {
            _ = _running.Remove(place);
            _done++;
            _answers[place] = Describe(outcome);
            if (outcome is IngestOutcome.Kept kept)
            {
                _kept.Add(kept);
                _files += kept.Files;
                _bytes += kept.Bytes;
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
    }

    private void Show(int place, IngestProgress progress)
    {
        lock (_gate)
        {
            _running[place] = progress;
            var (files, bytes) = (_files + _running.Values.Sum(p => p.Files), _bytes + _running.Values.Sum(p => p.Bytes));
            var share = (_done + _running.Values.Sum(p => p.TotalBytes > 0 ? (double)p.Bytes / p.TotalBytes : 0)) / requests.Count;
            var current = requests.Count == 1 ? progress.Current : $"[{_done + 1}/{requests.Count}] {progress.Current}";
            var isOne = requests.Count == 1;
            context.Report.Progress.Report(files, bytes, isOne ? progress.TotalFiles : null, isOne ? progress.TotalBytes : null, share, current);
        }
    }

    /// <summary>Seals and publishes what was kept, writes the receipts, and says the sums.</summary>
    private async Task EndAsync(bool isWhole)
    {
        var vault = context.Repository.Vault;
        try
        {
            if (_kept.Count + _refused > 0 && vault.CanAppend)
            {
                await vault.EndBatchAsync(_bytes, CancellationToken.None); // what was kept is sealed and signed, however the batch ended
            }

            WriteReceipts();
        }
        catch (StorageException) when (!isWhole)
        {
            // The first cause was said; what was acknowledged is on disk and the next opening finishes the rest.
        }

        var answers = new JsonArray();
        foreach (var answer in _answers.Where(a => a is not null))
        {
            answers.Add(answer);
        }

        context.Report.Set("submissions", answers);
        context.Report.Set("kept", _kept.Count);
        context.Report.Set("refused", _refused);
        context.Report.Set("left", requests.Count - _done);
        context.Report.Set("files", _files);
        context.Report.Set("bytes", _bytes);
        if (requests.Count > 1)
        {
            context.Report.Say(
                "ingest.sum", ("kept", Amounts.Count(_kept.Count)), ("refused", Amounts.Count(_refused)), ("files", Amounts.Count(_files)), ("bytes", Amounts.Bytes(_bytes)));
        }
    }

    private void WriteReceipts()
    {
        if (receipts is null)
        {
            return;
        }

        foreach (var kept in _kept)
        {
            var version = context.Repository.Aips.Versions(kept.Aip).First(v => v.Version == kept.Version);
            ReceiptFile.Write(Path.Combine(receipts, $"{kept.Aip:D}@{kept.Version}.receipt"), context.Repository.ReceiptOf(version));
        }

        context.Report.Say("ingest.receipts", ("count", _kept.Count), ("folder", receipts));
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
