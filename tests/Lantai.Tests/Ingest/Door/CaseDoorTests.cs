using Lantai.ArchivalStorage;
using Lantai.Cli.Demo.Day;
using Lantai.DataManagement;
using Lantai.Ingest;
using Lantai.InformationPackages;
using Lantai.Inspection;
using Lantai.RecordsManagement;
using Lantai.StoreFormat;
using Lantai.Words;
using EntryKind = Lantai.StoreFormat.EntryKind;

namespace Lantai.Tests.Ingest.Door;

/// <summary>The door: what comes in, what does not, and what is left of it.</summary>
public sealed class CaseDoorTests : IDisposable
{
    private readonly DoorPlace _place = new();

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_case_comes_in_with_its_report_and_gets_a_receipt(bool asFolder)
    {
        var c = DoorPlace.Case(1);
        var path = _place.Write(c, asFolder);

        var archived = await _place.AdmitAsync<DoorOutcome.Archived>(DoorPlace.Request(path));

        var (receipt, known) = (archived.Receipt, _place.Known(c));
        Assert.Equal((DayAgency.Approval.Source, c.Number, c.RecordCode), (receipt.Source, receipt.Number, receipt.RecordCode));
        Assert.Equal("0061-ZY·ZW·2026-D30-0109900100-000001", receipt.ReferenceCode);
        Assert.Equal((1L, archived.Report!.Number), (receipt.Version, receipt.Report));
        Assert.Equal((CaseState.Registered, receipt.Package, receipt.ReferenceCode), (known.State, known.Digest, known.As!.ReferenceCode));
        Assert.Equal(receipt, CaseReceipt.Of(known));
        if (!asFolder)
        {
            Assert.Equal(Digest.Of(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken)), receipt.Package);
        }

        var entries = Entries(receipt);
        Assert.Equal(
            ["metadata/preservation/inspection/" + receipt.Report + ".xml", "metadata/preservation/inspection/" + receipt.Report + ".xml.sig"],
            entries.Where(e => e.Role == ManifestEntry.Inspection).Select(e => e.Name.Display));
        _place.Reopen();
        var verified = StoreVerification.Run(_place.Vault.Disk, TimeProvider.System, new VerificationRequest(null, null) { Deep = true }, null, default);
        Assert.True(verified.IsClean, string.Join("; ", verified.Findings));
    }

    [Fact]
    public async Task What_is_stored_is_what_was_submitted_plain()
    {
        var path = _place.Write(DoorPlace.Case(1), asFolder: true);

        var archived = await _place.AdmitAsync<DoorOutcome.Archived>(DoorPlace.Request(path));

        var submitted = Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).ToDictionary(f => Path.GetRelativePath(path, f), f => Digest.Of(File.ReadAllBytes(f)));
        var stored = Entries(archived.Receipt).Where(e => e is { Kind: EntryKind.File, Role: null }).ToDictionary(e => e.Name.Display, e => e.Content!.Value);
        Assert.Equal(submitted.OrderBy(f => f.Key, StringComparer.Ordinal), stored.OrderBy(f => f.Key, StringComparer.Ordinal));
        Assert.All(stored.Values, d => Assert.True(_place.Vault.Holds(d)));
    }

    [Fact]
    public async Task The_steps_are_written_down_in_their_order()
    {
        var before = _place.Vault.Ledger.Size;

        var archived = await _place.AdmitAsync<DoorOutcome.Archived>(DoorPlace.Request(_place.Write(DoorPlace.Case(1))));

        var events = _place.Vault.ReadEvents(before).ToList();
        Assert.Equal(
            ["cases completed", "cases moved", "cases moved", "ingestion", "inspection run", "cases moved", "code assigned", "cases moved"],
            events.Select(e => e.Leaf.Type).Where(t => t is not "owner epoch"));
        var moves = events.Where(e => e.Leaf.Type == RecordsEvents.CasesMoved).Select(e => e.Detail!.Body).ToList();
        Assert.Equal(["collecting", "checking", "passed", "registered"], moves.Select(m => m.Text("to")));
        Assert.Equal(archived.Report!.Number, ((JsonMap)moves[2].List("moves")![0]).Text("report"));
    }

    [Fact]
    public async Task The_same_package_gets_the_very_same_receipt()
    {
        var path = _place.Write(DoorPlace.Case(1));
        var archived = await _place.AdmitAsync<DoorOutcome.Archived>(DoorPlace.Request(path));
        _place.Reopen();
        var size = _place.Vault.Ledger.Size;

        var again = await _place.AdmitAsync<DoorOutcome.AlreadyHeld>(DoorPlace.Request(path));

        Assert.Equal(archived.Receipt, again.Receipt);
        Assert.Equal(size, _place.Vault.Ledger.Size);
    }

    [Fact]
    public async Task Another_package_of_an_archived_case_is_refused_unless_somebody_says_what_it_is()
    {
        _ = await _place.AdmitAsync<DoorOutcome.Archived>(DoorPlace.Request(_place.Write(DoorPlace.Case(1))));
        var other = DoorPlace.Request(_place.Write(DoorPlace.Case(1).Add(MaterialKind.Process, "补充说明.txt", "补交"u8.ToArray())));
        var size = _place.Vault.Ledger.Size;

        var refused = await _place.AdmitAsync<DoorOutcome.Refused>(other);

        Assert.Equal("PKG-009", Assert.Single(refused.Findings).Code);
        var told = Assert.Single(_place.Vault.ReadEvents(size), e => e.Leaf.Type is not "owner epoch");
        Assert.Equal(InspectionEvents.Run, told.Leaf.Type); // that it was sent, inspected and refused, and why
        Assert.Equal(["PKG-009"], _place.Repository.Inspections.ReasonsOf(Runs(DoorPlace.Case(1))[^1]).Select(f => f.Code));
    }

    [Fact]
    public async Task A_supplement_is_a_further_version_and_the_archived_one_stays()
    {
        var c = DoorPlace.Case(1);
        var first = (await _place.AdmitAsync<DoorOutcome.Archived>(DoorPlace.Request(_place.Write(c)))).Receipt;
        var declaration = new ContentDeclaration(ContentAct.Supplement, "补收送达回证");
        var added = DoorPlace.Request(_place.Write(DoorPlace.Case(1).Add(MaterialKind.Process, "补充说明.txt", "补交"u8.ToArray()))) with { Declaration = declaration };

        var second = (await _place.AdmitAsync<DoorOutcome.Archived>(added)).Receipt;

        Assert.Equal((first.Aip, 2L, first.ReferenceCode), (second.Aip, second.Version, second.ReferenceCode));
        var versions = _place.Known(c).Versions;
        Assert.Equal([(first.Package, ContentAct.Archiving), (second.Package, ContentAct.Supplement)], versions.Select(v => (v.Package, v.Act)));
        Assert.All(Entries(first), e => Assert.True(e.Content is not { } d || _place.Vault.Holds(d)));
        var less = DoorPlace.Request(_place.Write(DoorPlace.Case(1).Without(MaterialKind.Process))) with { Declaration = declaration };
        Assert.Contains((await _place.AdmitAsync<DoorOutcome.Refused>(less)).Findings, f => f.Code == "ING-024");
        Assert.Equal(second, (await _place.AdmitAsync<DoorOutcome.AlreadyHeld>(added)).Receipt);
        Assert.Equal(first.Version, (await _place.AdmitAsync<DoorOutcome.AlreadyHeld>(DoorPlace.Request(_place.Write(c)))).Receipt.Version);
    }

    [Fact]
    public async Task A_further_version_is_kept_as_long_as_the_archived_one()
    {
        _ = await _place.AdmitAsync<DoorOutcome.Archived>(DoorPlace.Request(_place.Write(DoorPlace.Case(1))));
        var shorter = DoorPlace.Case(1).Add(MaterialKind.Process, "补充说明.txt", "补交"u8.ToArray());
        shorter.Draft.Configuration["retention_period"] = "D10";

        var added = await _place.AdmitAsync<DoorOutcome.Archived>(DoorPlace.Request(_place.Write(shorter)) with { Declaration = new ContentDeclaration(ContentAct.Supplement, "补收") });

        Assert.Equal("D30", IngestionDetail.Read(_place.Vault.ReadEvent(added.Receipt.Sequence).Detail!.Body)!.Retention);
    }

    [Fact]
    public async Task A_change_states_its_basis_and_may_leave_out_what_was_there()
    {
        var c = DoorPlace.Case(1);
        _ = await _place.AdmitAsync<DoorOutcome.Archived>(DoorPlace.Request(_place.Write(c)));
        var changed = DoorPlace.Request(_place.Write(DoorPlace.Case(1).Without(MaterialKind.Process)));

        var refused = await _place.AdmitAsync<DoorOutcome.Refused>(changed with { Declaration = new ContentDeclaration(ContentAct.Change, "更正登记") });
        var archived = await _place.AdmitAsync<DoorOutcome.Archived>(changed with { Declaration = new ContentDeclaration(ContentAct.Change, "更正登记", "（2026）云行终1号判决") });

        Assert.Equal("CAS-061", Assert.Single(refused.Findings).Code);
        Assert.Equal(2, archived.Receipt.Version);
        var told = _place.Vault.ReadEvents(0).Single(e => e.Leaf.Type == RecordsEvents.ContentAdded);
        Assert.Equal(("change", "（2026）云行终1号判决"), (told.Detail!.Body.Text("act"), told.Record!.Basis));
    }

    [Fact]
    public async Task A_case_that_may_not_be_archived_in_electronic_form_alone_is_returned_with_a_reason_for_each_condition()
    {
        var c = DoorPlace.Case(1);
        var request = DoorPlace.Request(_place.Write(c));
        var unproven = request with { Submitted = request.Submitted with { Channel = request.Submitted.Channel with { IsAuthenticated = false } } };

        var returned = await _place.AdmitAsync<DoorOutcome.Returned>(unproven);

        Assert.Equal(["CAS-030"], returned.Findings.Select(f => f.Code));
        Assert.Equal(["CAS-030"], _place.Repository.Inspections.ReasonsOf(Assert.Single(Runs(c))).Select(f => f.Code));
        Assert.Equal(new DateOnly(2027, 6, 30), returned.Due);
        Assert.Equal((CaseState.Returned, returned.Report!.Number), (_place.Known(c).State, _place.Known(c).Report));
        Assert.Equal(returned.Report.Number, Assert.Single(Runs(c)).Number);
        Assert.Equal(0, _place.Repository.Aips.Totals().Aips);
        var archived = await _place.AdmitAsync<DoorOutcome.Archived>(unproven with { PaperLocator = "A区3架2层" });
        Assert.Equal("A区3架2层", _place.Known(c).As!.PaperLocator);
        Assert.Equal([returned.Report.Number, archived.Receipt.Report], Runs(c).Select(r => r.Number)); // a resubmission keeps the earlier reports
        Assert.NotEqual(returned.Report.Number, archived.Receipt.Report);
    }

    [Fact]
    public async Task A_case_with_an_open_item_waits_and_nothing_of_it_is_kept()
    {
        var c = DoorPlace.Case(1);
        var request = DoorPlace.Request(_place.Write(c));

        var waiting = await _place.AdmitAsync<DoorOutcome.Waiting>(request, DoorPlace.Strict);

        Assert.Equal("FN.GD.SEC.ANTIVIRUS", Assert.Single(waiting.Open).Rule.Id);
        Assert.Equal((CaseState.Manual, waiting.Report!.Number), (_place.Known(c).State, _place.Known(c).Report));
        Assert.Equal(0, _place.Repository.Aips.Totals().Aips);
        _ = await _place.AdmitAsync<DoorOutcome.Archived>(request); // the engine is back
        Assert.Equal(CaseState.Registered, _place.Known(c).State);
    }

    [Fact]
    public async Task A_dry_run_changes_no_byte_of_the_store()
    {
        var good = DoorPlace.Request(_place.Write(DoorPlace.Case(1)));
        var bad = DoorPlace.Request(_place.Write(DoorPlace.Case(2)));
        bad = bad with { Submitted = bad.Submitted with { Channel = bad.Submitted.Channel with { IsAuthenticated = false } } };
        _place.Reopen();
        var before = Snapshot();

        var outcomes = await _place.Repository.Door.AdmitAsync([good, bad], _place.Means(), isDry: true, DoorPlace.Clerk, default);

        Assert.IsType<DoorOutcome.WouldArchive>(outcomes[0]);
        Assert.Equal(["CAS-030"], Assert.IsType<DoorOutcome.Returned>(outcomes[1]).Findings.Select(f => f.Code));
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public async Task A_dry_run_tells_why_no_notice_of_the_case_would_be_taken()
    {
        var c = DoorPlace.Case(1);
        c.Draft.Basic["task_code"] = "01/02"; // a code becomes a part of keys, whose parts a slash keeps apart
        var request = DoorPlace.Request(_place.Write(c));

        var dry = Assert.Single(await _place.Repository.Door.AdmitAsync([request], _place.Means(), isDry: true, DoorPlace.Clerk, default));
        var done = await _place.AdmitAsync<DoorOutcome.Returned>(request);

        Assert.Equal(["CAS-003"], done.Findings.Select(f => f.Code));
        Assert.Equal(done.Findings, Assert.IsType<DoorOutcome.Returned>(dry).Findings);
    }

    [Fact]
    public async Task Cases_of_a_batch_share_their_events_and_a_licence_that_all_of_them_called_is_stored_once()
    {
        var cases = Enumerable.Range(1, 20).Select(DoorPlace.Case).ToList();
        List<DoorRequest> requests = [.. cases.Select(c => DoorPlace.Request(_place.Write(c)))];
        var before = _place.Vault.Ledger.Size;

        var outcomes = await _place.Repository.Door.AdmitAsync(requests, _place.Means(), isDry: false, DoorPlace.Clerk, default);

        var receipts = outcomes.Select(o => Assert.IsType<DoorOutcome.Archived>(o).Receipt).ToList();
        Assert.Equal(20, receipts.Select(r => r.ReferenceCode).Distinct().Count());
        Assert.Equal(5, _place.Vault.ReadEvents(before).Count(e => e.Leaf.Type is "cases completed" or "cases moved"));
        var licences = receipts.Select(r => Entries(r).Single(e => e.Name.Display.EndsWith("营业执照.pdf", StringComparison.Ordinal)).Content!.Value).Distinct().ToList();
        Assert.Equal(1, Frames(Assert.Single(licences)));
    }

    [Fact]
    public async Task One_bad_case_of_a_batch_hinders_no_other()
    {
        var good = DoorPlace.Request(_place.Write(DoorPlace.Case(1)));
        var broken = Path.Combine(Path.GetDirectoryName(_place.Write(DoorPlace.Case(2)))!, "坏.zip");
        await File.WriteAllTextAsync(broken, "PK坏", TestContext.Current.CancellationToken);
        var again = DoorPlace.Request(_place.Write(DoorPlace.Case(1)));
        var stranger = DoorPlace.Request(_place.Write(DoorPlace.Case(3)));
        stranger = stranger with { Submitted = stranger.Submitted with { Channel = stranger.Submitted.Channel with { Source = "nobody" } } };

        var outcomes = await _place.Repository.Door.AdmitAsync([stranger, DoorPlace.Request(broken), good, again], _place.Means(), isDry: false, DoorPlace.Clerk, default);

        Assert.Contains(Assert.IsType<DoorOutcome.Returned>(outcomes[0]).Findings, f => f.Code == "SRC-001");
        Assert.IsType<DoorOutcome.Returned>(outcomes[1]);
        Assert.Equal(Assert.IsType<DoorOutcome.Archived>(outcomes[2]).Receipt, Assert.IsType<DoorOutcome.AlreadyHeld>(outcomes[3]).Receipt);
    }

    [Fact]
    public async Task Without_a_rule_of_codes_nothing_is_kept()
    {
        using var place = new DoorPlace(withRule: false);

        var refused = await place.AdmitAsync<DoorOutcome.Refused>(DoorPlace.Request(place.Write(DoorPlace.Case(1))));

        Assert.Equal("ING-029", Assert.Single(refused.Findings).Code);
        Assert.Equal(0, place.Repository.Aips.Totals().Aips);
    }

    [Fact]
    public async Task Nobody_registers_a_case_by_hand_or_lets_one_pass_by_moving_it()
    {
        var c = DoorPlace.Case(1);
        var request = DoorPlace.Request(_place.Write(c));
        _ = await _place.AdmitAsync<DoorOutcome.Waiting>(request, DoorPlace.Strict);
        var cases = _place.Repository.Records.Cases;

        Assert.Contains(cases.Move([new CaseMove(DayAgency.Approval.Source, c.Number)], CaseState.Passed, "喊过", null, DoorPlace.Clerk).Findings, f => f.Code == "CAS-062");
        Assert.Contains(cases.Archive([new CaseArchiving(DayAgency.Approval.Source, c.Number, new RetentionPeriod(30), "x")], "手工", DoorPlace.Clerk).Findings, f => f.Code == "CAS-062");
        _ = await _place.AdmitAsync<DoorOutcome.Waiting>(request, DoorPlace.Strict);
        Assert.Equal(0, _place.Repository.Aips.Totals().Aips);
    }

    [Fact]
    public async Task A_supplement_to_nothing_is_refused()
    {
        var declared = DoorPlace.Request(_place.Write(DoorPlace.Case(1))) with { Declaration = new ContentDeclaration(ContentAct.Supplement, "补正") };

        Assert.Equal("ING-026", Assert.Single((await _place.AdmitAsync<DoorOutcome.Refused>(declared)).Findings).Code);
    }

    [Fact]
    public async Task A_supplement_that_adds_nothing_is_none()
    {
        _ = await _place.AdmitAsync<DoorOutcome.Archived>(DoorPlace.Request(_place.Write(DoorPlace.Case(1))));
        var same = DoorPlace.Request(_place.Write(DoorPlace.Case(1), asFolder: true)) with { Declaration = new ContentDeclaration(ContentAct.Supplement, "补正") };

        Assert.Equal("ING-025", Assert.Single((await _place.AdmitAsync<DoorOutcome.Refused>(same)).Findings).Code);
    }

    [Fact]
    public async Task Of_a_case_that_was_refused_as_a_secret_nothing_is_taken()
    {
        var c = DoorPlace.Case(1);
        var request = DoorPlace.Request(_place.Write(c));
        _ = await _place.AdmitAsync<DoorOutcome.Waiting>(request, DoorPlace.Strict);
        Assert.False(_place.Repository.Records.Cases.Move([new CaseMove(DayAgency.Approval.Source, c.Number)], CaseState.RefusedAsSecret, "人工认定", null, DoorPlace.Clerk).IsRefused);

        Assert.Equal("ING-022", Assert.Single((await _place.AdmitAsync<DoorOutcome.Refused>(request)).Findings).Code);
    }

    private IReadOnlyList<RecordedRun> Runs(DayCase c) => _place.Repository.Inspections.RunsOfCase(DayAgency.Approval.Source, c.Number);

    private IReadOnlyList<ManifestEntry> Entries(CaseReceipt receipt) =>
        [.. VersionEntries.Of(_place.Vault, _place.Vault.ReadEvent(receipt.Sequence).Record!.Manifest!.Value, default)];

    /// <summary>How many frames of all packs hold a content.</summary>
    private int Frames(Digest digest)
    {
        var bytes = digest.ToArray();
        return Directory.EnumerateFiles(_place.Store, "*.pack*", SearchOption.AllDirectories).Sum(f => Count(Bytes(f), bytes));

        static int Count(ReadOnlySpan<byte> pack, ReadOnlySpan<byte> digest)
        {
            var count = 0;
            for (int at; (at = pack.IndexOf(digest)) >= 0; pack = pack[(at + digest.Length)..])
            {
                count++;
            }

            return count;
        }
    }

    private string Snapshot() => string.Join('\n', Directory.EnumerateFiles(_place.Store, "*", SearchOption.AllDirectories)
        .Where(f => !f.Contains("/run/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(f => f + " " + Digest.Of(Bytes(f))));

    private static byte[] Bytes(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }
}
