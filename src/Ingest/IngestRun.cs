using Lantai.ArchivalStorage;
using Lantai.DataManagement;
using Lantai.InformationPackages;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Ingest;

/// <summary>Takes submissions in: the steps in order, each on one line of <see cref="ExecuteAsync"/>.</summary>
/// <param name="vault">The store.</param>
/// <param name="keys">Gives the index that answers "is this new?", brought up to the ledger.</param>
/// <remarks>Safe for concurrent use: several submissions may be under way.</remarks>
public sealed class IngestRun(Vault vault, Func<KeyIndex> keys)
{
    private readonly IdentityTurns _turns = new();

    /// <summary>
    /// Lets one submission in, or refuses it with findings and keeps nothing of it. A store with a records profile takes nothing without
    /// an <see cref="Admission"/>, whoever asks: what was not inspected is not even opened (ING-020).
    /// </summary>
    /// <exception cref="StorageException">The disk failed, or there is not enough room: nothing of it was acknowledged.</exception>
    /// <exception cref="OperationCanceledException">Stopped on request: nothing of it was kept.</exception>
    public async Task<IngestOutcome> ExecuteAsync(IngestRequest request, Actor actor, Action<IngestProgress>? progress, CancellationToken cancellation)
    {
        if (vault.Descriptor.Records is not null && request.Admission is null)
        {
            var uninspected = SubmissionIdentity.Of(request, null);
            return new IngestOutcome.Refused(uninspected.Source, uninspected.Id, uninspected.Name, [Finding.Error(DoorCodes.NotAdmitted, uninspected.Name)], null);
        }

        var (outcome, awaited) = await AttemptAsync(request, null, actor, progress, cancellation).ConfigureAwait(false);
        while (outcome is null)
        {
            using var turn = await _turns.TakeAsync(awaited!.Source, awaited.Id, cancellation).ConfigureAwait(false);
            (outcome, awaited) = await AttemptAsync(request, awaited, actor, progress, cancellation).ConfigureAwait(false);
        }

        return outcome;
    }

    /// <summary>
    /// One reading. No outcome when its identity, known only after a stream was read, is another's turn while this deposit holds
    /// a pack that the other may be waiting for: then everything is let go, and it is read again once the turn is ours.
    /// </summary>
    private async Task<(IngestOutcome? Outcome, SubmissionIdentity? Awaited)> AttemptAsync(
        IngestRequest request, SubmissionIdentity? ours, Actor actor, Action<IngestProgress>? progress, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        using var submission = Submission.Open(request.Submission, findings);
        using var deposit = vault.Begin(request.Group, request.WithSm3);
        var character = request.Characterization is { } plan ? new SubmissionCharacter(plan, request.Admission?.Characters, findings, cancellation) : null;
        var passed = character is not null && submission is { IsStreamed: true } ? new PassedCharacters() : null;
        var sm3 = submission is { IsStreamed: true } && deposit.WithSm3 ? new PassedSm3() : null;
        if (submission is { IsStreamed: true })
        {
            await SubmissionReading.PassAsync(deposit, submission, findings, character, passed, sm3, progress, cancellation).ConfigureAwait(false); // its own name may stand at its end
        }

        var identity = SubmissionIdentity.Of(request, submission);
        var isOurs = ours is not null && (identity.Source, identity.Id) == (ours.Source, ours.Id);
        using var turn = isOurs ? null : deposit.HoldsPack
            ? _turns.TryTake(identity.Source, identity.Id)
            : await _turns.TakeAsync(identity.Source, identity.Id, cancellation).ConfigureAwait(false);
        if (turn is null && !isOurs)
        {
            return (null, identity);
        }

        return (submission is null
            ? await RefuseAsync(request, identity, "unknown", findings, actor, cancellation).ConfigureAwait(false)
            : await TakeInAsync(request, submission, identity, deposit, findings, (character, passed, sm3), actor, progress, cancellation).ConfigureAwait(false), null);
    }

    private async Task<IngestOutcome> TakeInAsync(
        IngestRequest request, Submission submission, SubmissionIdentity identity, Deposit deposit, List<Finding> findings,
        (SubmissionCharacter? Files, PassedCharacters? Passed, PassedSm3? Sm3) character, Actor actor, Action<IngestProgress>? progress, CancellationToken cancellation)
    {
        var totals = Measure(submission);
        deposit.Expect(totals.Files);
        using var draft = new ManifestDraft(deposit, () => FindPrevious(identity));
        using var content = new ContentDigest();
        var again = request.Admission is { } admission ? new SecondReading(admission) : null;
        using var reading = new SubmissionReading(deposit, draft, content, findings, totals, request.Together, character.Files, character.Passed, character.Sm3, progress) { Met = again is null ? null : again.Meet, Added = request.Admission?.Added ?? [] };
        await reading.ReadAsync(submission, cancellation).ConfigureAwait(false);
        if (submission.CheckUnchanged() is { } changed)
        {
            findings.Add(changed);
        }

        var container = await reading.ReadContainerAsync(submission, cancellation).ConfigureAwait(false);
        findings.AddRange(again?.Conclude(submission.Name) ?? []);
        if (findings.Any(f => f.Severity == Severity.Error))
        {
            deposit.Abandon();
            return await RefuseAsync(request, identity, FormOf(submission), findings, actor, cancellation).ConfigureAwait(false);
        }

        if (keys().Same(identity.Source, identity.Id, content.Result()) is { } sequence)
        {
            deposit.Abandon();
            return AlreadyHeld(identity, sequence, findings);
        }

        var detail = new IngestionDetail(
            identity.Source, identity.Id, identity.Name, FormOf(submission), content.Result(), request.Retention?.Code,
            request.Retention?.Completed.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), container, findings)
        {
            Characterization = character.Files?.Conclude(),
        };
        return await CommitAsync(identity, deposit, draft.Build(), detail, request.Group, actor, cancellation).ConfigureAwait(false);
    }

    private static async Task<IngestOutcome> CommitAsync(
        SubmissionIdentity identity, Deposit deposit, Manifest manifest, IngestionDetail detail, string group, Actor actor, CancellationToken cancellation)
    {
        var root = manifest.ToBytes();
        deposit.KeepManifest(root);
        var draft = new EventDraft(EventTypes.Ingestion, manifest.Aip.ToString("D"))
        {
            Aip = manifest.Aip,
            Version = manifest.Version,
            Manifest = Digest.Of(root),
            Counts = new Dictionary<string, long> { ["bytes"] = manifest.Bytes, ["files"] = manifest.Files, ["folders"] = manifest.Folders },
            Body = detail.ToBody(),
            Group = group,
        };
        var done = await deposit.CommitAsync(draft, actor, cancellation).ConfigureAwait(false); // a crash before this line keeps nothing, after it everything
        return new IngestOutcome.Kept(
            identity.Source, identity.Id, identity.Name, detail.Findings, manifest.Aip, manifest.Version, done.Event.Leaf.Sequence, manifest.Files, manifest.Bytes, wasHeld: false);
    }

    private async Task<IngestOutcome> RefuseAsync(
        IngestRequest request, SubmissionIdentity identity, string form, List<Finding> findings, Actor actor, CancellationToken cancellation)
    {
        if (request.Admission is not null)
        {
            return new IngestOutcome.Refused(identity.Source, identity.Id, identity.Name, findings, null); // the door tells of it, in words that name nothing uninspected
        }

        var body = new JsonMap().Set("source", identity.Source).Set("submission", identity.Id).Set("name", identity.Name).Set("form", form)
            .Set("findings", EventDetail.Write(findings));
        var draft = new EventDraft(EventTypes.IngestionRefused, Guid.NewGuid().ToString("D")) { Outcome = "refused", Body = body, Group = Vault.UnscheduledGroup };
        var refusal = await vault.AppendAsync(draft, actor, cancellation).ConfigureAwait(false);
        return new IngestOutcome.Refused(identity.Source, identity.Id, identity.Name, findings, refusal.Event.Leaf.Sequence);
    }

    private IngestOutcome.Kept AlreadyHeld(SubmissionIdentity identity, long sequence, List<Finding> findings)
    {
        var record = vault.ReadEvent(sequence).Record
            ?? throw new StorageException(StorageProblem.Damaged, "ledger", null, Finding.Error(Codes.RecordMissing, "ledger/" + sequence));
        return new IngestOutcome.Kept(
            identity.Source, identity.Id, identity.Name, findings, record.Aip!.Value, record.Version!.Value, sequence,
            record.Counts.GetValueOrDefault("files"), record.Counts.GetValueOrDefault("bytes"), wasHeld: true);
    }

    private PreviousVersion? FindPrevious(SubmissionIdentity identity) =>
        keys().Submission(identity.Source, identity.Id) is { } sequence && vault.ReadEvent(sequence).Record?.Manifest is { } root
            ? PreviousVersion.Read(vault, root)
            : null;

    /// <summary>Counts the submission and refuses to begin what the disk cannot hold.</summary>
    private (long Files, long Bytes) Measure(Submission submission)
    {
        var (files, bytes) = submission.Measure();
        const long Margin = 1 << 20;
        if (!submission.IsStreamed && bytes + (files * 600) + Margin > vault.Disk.FreeBytes)
        {
            throw new StorageException(StorageProblem.DiskFull, vault.Disk.Root, null,
                Finding.Error("ING-001", submission.Name, ("needed", bytes + (files * 600) + Margin), ("free", vault.Disk.FreeBytes)));
        }

        return (files, bytes);
    }

    /// <summary>What detail and event call the form: that of the container, and whether it is a bag.</summary>
    private static string FormOf(Submission submission)
    {
        var form = submission.Form switch
        {
            SubmissionForm.Zip => "zip",
            SubmissionForm.Tar => "tar",
            SubmissionForm.TarGzip => "tar.gz",
            SubmissionForm.TarZstd => "tar.zst",
            SubmissionForm.Gzip => "gz",
            SubmissionForm.Zstd => "zst",
            SubmissionForm.File => "file",
            _ => submission.IsBag ? "bag" : "folder",
        };
        return submission.IsBag && form != "bag" ? form + "-bag" : form;
    }
}

/// <summary>Who a submission is: its source, its id there, and its name for people.</summary>
internal sealed record SubmissionIdentity(string Source, string Id, string Name)
{
    public static SubmissionIdentity Of(IngestRequest request, Submission? submission)
    {
        var name = submission?.Name ?? request.Submission.Child?.Display ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(request.Submission.Path));
        return new SubmissionIdentity(request.Source, request.Id ?? submission?.DefaultId ?? name, name);
    }
}
