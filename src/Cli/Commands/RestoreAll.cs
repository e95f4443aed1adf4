using System.Text.Json.Nodes;
using Lantai.Access;
using Lantai.Access.Restoration;
using Lantai.ArchivalStorage;
using Lantai.Cli.Output;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Cli.Commands;

/// <summary>Gives out the latest version of everything: <c>dip build --all</c>.</summary>
internal sealed class RestoreAll(CommandContext context, string folder, bool withProof)
{
    private const int Page = 500;

    private readonly Lock _gate = new();
    private readonly HashSet<Finding> _told = [];
    private readonly Dictionary<RestorationState, long> _packages = Enum.GetValues<RestorationState>().ToDictionary(s => s, _ => 0L);
    private readonly JsonArray _incomplete = [];
    private long _files;
    private long _folders;
    private long _bytes;
    private long _filesNow;
    private long _bytesNow;

    public async Task<int> RunAsync()
    {
        var (repository, report) = (context.Repository, context.Report);
        if (!CanLieThere(report))
        {
            return 1;
        }

        var (totals, began) = (repository.Aips.Totals(), context.World.Time.GetTimestamp());
        var request = new RestorationRequest(Items(), folder, repository.Vault.Descriptor.Origin, withProof ? repository.EvidenceOf : null);
        report.Progress.Start();
        await new Restoration(repository.Vault, context.World.Time).RunAsync(
            request,
            bytes => report.Progress.Report(Interlocked.Increment(ref _filesNow), Interlocked.Add(ref _bytesNow, bytes), totals.Files, totals.Bytes, null, ""),
            Ended,
            context.Stop);
        Record();
        report.Say(
            "restore.sum", ("whole", Count(RestorationState.Whole)), ("path", folder), ("present", Count(RestorationState.Present)), ("incomplete", Count(RestorationState.Incomplete)),
            ("files", Amounts.Count(_files)), ("bytes", Amounts.Bytes(_bytes)), ("time", Amounts.Span(context.World.Time.GetElapsedTime(began))));
        report.Set("path", folder);
        report.Set("whole", _packages[RestorationState.Whole]);
        report.Set("present", _packages[RestorationState.Present]);
        report.Set("files", _files);
        report.Set("bytes", _bytes);
        report.Set("incomplete", _incomplete);
        return context.Verdict;
    }

    private string Count(RestorationState state) => Amounts.Count(_packages[state]);

    private bool CanLieThere(Report report)
    {
        var above = Path.GetDirectoryName(folder);
        var problem = File.Exists(folder) ? Finding.Error("DIP-001", folder)
            : !Directory.Exists(above) ? Finding.Error("DIP-005", folder, ("folder", above ?? ""))
            : null;
        if (problem is not null)
        {
            report.Tell(problem);
        }

        return problem is null;
    }

    /// <summary>All AIPs in the order in which they were taken in: so lie their files in the packs.</summary>
    private IEnumerable<RestorationItem> Items()
    {
        var aips = context.Repository.Aips;
        IReadOnlyList<DataManagement.AipEntry> page;
        for (var after = 0L; (page = aips.Page(after, Page)).Count > 0; after = page[^1].Id)
        {
            foreach (var e in page)
            {
                yield return new RestorationItem(e.Aip, e.Version, e.Submission, e.Manifest, e.Sequence);
            }
        }
    }

    private void Ended(RestorationOutcome done)
    {
        lock (_gate)
        {
            _packages[done.State]++;
            (_files, _folders, _bytes) = (_files + done.Files, _folders + done.Folders, _bytes + done.Bytes);
            foreach (var finding in done.Findings.Where(_told.Add)) // one damaged frame may be the content of many files
            {
                context.Report.Tell(finding);
            }

            if (done.State == RestorationState.Incomplete)
            {
                context.Report.Say("restore.incomplete", ("path", done.Path));
                _incomplete.Add((JsonNode)new JsonObject { ["aip"] = done.Item.Aip.ToString("D"), ["version"] = done.Item.Version, ["path"] = done.Path });
            }
        }
    }

    /// <summary>One event for the whole run. A store without its key is restored all the same: that may be why it is.</summary>
    private void Record()
    {
        var vault = context.Repository.Vault;
        if (!vault.CanAppend)
        {
            context.Report.Remark("restore.unrecorded");
            return;
        }

        if (_files + _folders == 0)
        {
            return; // nothing left
        }

        _ = vault.Append(
            new EventDraft(EventTypes.Dissemination, vault.Descriptor.Store.ToString("D"))
            {
                Outcome = _packages[RestorationState.Incomplete] > 0 ? "findings" : "success",
                Body = new JsonMap().Set("form", "folder").Set("files", _files),
                Counts = new Dictionary<string, long> { ["aips"] = _packages[RestorationState.Whole] + _packages[RestorationState.Incomplete], ["files"] = _files, ["folders"] = _folders, ["bytes"] = _bytes },
            },
            context.Actor);
        vault.Publish();
    }
}
