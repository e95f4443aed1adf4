using System.Security.Cryptography;
using System.Text;
using Lantai.ArchivalStorage;
using Lantai.Cli.Demo;
using Lantai.Cli.Demo.Day;
using Lantai.Containers;
using Lantai.DataManagement;
using Lantai.InformationPackages;
using Lantai.Ingest;
using Lantai.Inspection;
using Lantai.RecordsManagement;
using Lantai.StoreFormat;
using Lantai.Words;
using EntryKind = Lantai.StoreFormat.EntryKind;

namespace Lantai.Tests.Ingest.Door;

/// <summary>A package that waits is held, encrypted, until somebody has decided; nothing else is, and nothing of it is left afterwards.</summary>
public sealed class DoorWaitingTests : IDisposable
{
    private readonly DoorPlace _place = new();

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_held_is_let_in_as_if_it_had_been_let_in_at_once(bool asFolder)
    {
        var c = WaitingPlace.Doubtful(1);
        var path = _place.Write(c, asFolder);
        if (asFolder)
        {
            _ = Directory.CreateDirectory(Path.Combine(path, "空"));
        }

        using var other = new DoorPlace();
        var there = await other.AdmitAsync<DoorOutcome.Waiting>(DoorPlace.Request(path));
        WaitingPlace.Decide(other.Repository.Inspections, there);
        var direct = await other.AdmitAsync<DoorOutcome.Archived>(DoorPlace.Request(path)); // presented again, from where it lay
        var waiting = await _place.AdmitAsync<DoorOutcome.Waiting>(DoorPlace.Request(path));
        Assert.NotNull(waiting.Stay);
        Assert.Equal(waiting.Stay, _place.Repository.Door.WaitingOf(_place.Known(c)));
        Delete(path); // nobody has it any more
        _place.Reopen();
        WaitingPlace.Decide(_place.Repository.Inspections, waiting);

        var archived = Assert.IsType<DoorOutcome.Archived>(Assert.Single((await _place.ResumeAsync()).Outcomes));

        Assert.Equal(direct.Receipt.Package, archived.Receipt.Package);
        Assert.Equal(Entries(other, direct.Receipt), Entries(_place, archived.Receipt));
        Assert.Equal(Container(other, direct.Receipt), Container(_place, archived.Receipt));
        Assert.Equal(CaseState.Registered, _place.Known(c).State);
        Assert.Equal((DoorPlace.Clerk.AccountName, WaitingPlace.Reviewer.AccountName), (archived.Report!.Operator, Assert.Single(archived.Report.Reviewers)));
        Assert.Empty(WaitingPlace.Files(_place));
        Assert.Equal([("admitted", WaitingPlace.Named(archived.Receipt.Package))], WaitingPlace.Ended(_place.Vault));
    }

    [Fact]
    public async Task While_it_waits_no_word_of_it_is_anywhere()
    {
        var (canary, begun) = ("渡鸦" + Convert.ToHexString(RandomNumberGenerator.GetBytes(12)), DateTime.UnixEpoch.AddMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()));
        var path = _place.Write(WaitingPlace.Doubtful(1, canary), asFolder: true);
        var waiting = await _place.AdmitAsync<DoorOutcome.Waiting>(DoorPlace.Request(path));
        Assert.NotNull(waiting.Stay);
        Assert.Contains(Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories), f => Holds(f, canary)); // the search finds it where it is
        Delete(path);
        _place.Reopen();

        var root = Path.GetDirectoryName(_place.Store)!;
        var files = Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith("/run/lock", StringComparison.Ordinal)).ToList();
        var temporary = Directory.EnumerateFiles(Path.GetTempPath()).Where(f => File.GetLastWriteTimeUtc(f) >= begun && new FileInfo(f).Length < 1 << 24).ToList();

        Assert.Contains(files, f => f.Contains("/waiting/", StringComparison.Ordinal));
        Assert.Contains(files, f => f.EndsWith(".waiting.key", StringComparison.Ordinal));
        Assert.All(files.Concat(temporary), f => Assert.False(Holds(f, canary), f));
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(Owner, File.GetUnixFileMode(Directory.EnumerateFiles(Path.Combine(root, "keys"), "*.waiting.key").Single()));
        Assert.Equal(0, _place.Repository.Aips.Totals().Aips);
        Assert.DoesNotContain(_place.Vault.ReadEvents(0), e => e.Detail is { } detail && Encoding.UTF8.GetString(CanonicalJson.Write(detail.Body)).Contains(canary, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_does_not_wait_is_never_held()
    {
        var good = DoorPlace.Request(_place.Write(DoorPlace.Case(1)));
        var unproven = DoorPlace.Request(_place.Write(DoorPlace.Case(2)));
        unproven = unproven with { Submitted = unproven.Submitted with { Channel = unproven.Submitted.Channel with { IsAuthenticated = false } } };
        var secret = DoorPlace.Request(_place.Write(DoorPlace.Case(3).Add(MaterialKind.Process, "密.txt", "机密★10年\n"u8.ToArray())));
        var doubtful = DoorPlace.Request(_place.Write(WaitingPlace.Doubtful(4)));
        var supplement = doubtful with { Declaration = new ContentDeclaration(ContentAct.Supplement, "补正") };

        _ = await _place.AdmitAsync<DoorOutcome.Archived>(good);
        _ = await _place.AdmitAsync<DoorOutcome.Returned>(unproven);
        _ = await _place.AdmitAsync<DoorOutcome.RefusedAsSecret>(secret);
        _ = await _place.AdmitAsync<DoorOutcome.Refused>(supplement);
        Assert.IsType<DoorOutcome.Waiting>(Assert.Single(await _place.Repository.Door.AdmitAsync([doubtful], _place.Means(), isDry: true, DoorPlace.Clerk, default)));

        Assert.Empty(WaitingPlace.Files(_place));
        Assert.False(Directory.Exists(Path.Combine(_place.Store, "waiting")));
    }

    [Fact]
    public async Task An_encrypted_file_is_not_held_whatever_the_scheme_says_of_it()
    {
        var request = DoorPlace.Request(_place.Write(WaitingPlace.Doubtful(1).Add(MaterialKind.Process, "锁.pdf", DemoLocked.Pdf())));

        var waiting = await _place.AdmitAsync<DoorOutcome.Waiting>(request);

        Assert.Null(waiting.Stay);
        Assert.Equal(("ING-030", "encrypted"), Why(waiting));
        Assert.Empty(WaitingPlace.Files(_place));
    }

    [Fact]
    public async Task A_package_that_is_too_large_is_presented_again_after_the_decision()
    {
        var request = DoorPlace.Request(_place.Write(WaitingPlace.Doubtful(1)));
        var bytes = new FileInfo(request.Submitted.Package.Path).Length;

        var waiting = await AdmitAsync(request, new WaitingTerms(30, bytes - 1));

        Assert.Equal(("ING-030", "size"), Why(waiting));
        Assert.Empty(WaitingPlace.Files(_place));
        WaitingPlace.Decide(_place.Repository.Inspections, waiting);
        Assert.Empty((await _place.ResumeAsync()).Outcomes);
        _ = await _place.AdmitAsync<DoorOutcome.Archived>(request);
        Assert.NotNull(Assert.IsType<DoorOutcome.Waiting>(await AdmitAsync(DoorPlace.Request(_place.Write(WaitingPlace.Doubtful(2))), new WaitingTerms(30, bytes + 1000))).Stay);
    }

    [Fact]
    public async Task What_changed_since_its_inspection_is_not_held()
    {
        var request = DoorPlace.Request(_place.Write(WaitingPlace.Doubtful(1), asFolder: true));
        var at = new CaseAtDoor(request, _place.Means().Inspection.Inspect(request.Submitted, "os:clerk", default));
        var file = Directory.EnumerateFiles(request.Submitted.Package.Path, "说明.txt", SearchOption.AllDirectories).Single();
        var before = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        Assert.Null(Copy(at)); // unchanged, it would be
        Delete(Path.Combine(_place.Store, "waiting"));

        foreach (var bytes in new byte[][] { [.. before.Reverse()], [.. before, 1], before[..^1] })
        {
            await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
            Assert.Equal("changed", Copy(at)!.Arguments.First(a => a.Key == "unheld").Value);
            Assert.Empty(WaitingPlace.Files(_place));
        }

        await File.WriteAllBytesAsync(file, before, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(file + "2", "机密★10年", TestContext.Current.CancellationToken);
        Assert.NotNull(Copy(at));
        Assert.Empty(WaitingPlace.Files(_place));

        Finding? Copy(CaseAtDoor which) => WaitingCopy.Copy(which, _place.Repository.Waiting, new WaitingTerms(), (TimeProvider.System.GetUtcNow(), "os:clerk"), default);
    }

    [Fact]
    public async Task The_same_package_is_held_once_however_often_and_by_how_many_it_is_presented()
    {
        var c = WaitingPlace.Doubtful(1);
        var request = DoorPlace.Request(_place.Write(c));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => _place.AdmitAsync<DoorOutcome.Waiting>(request))));

        var file = Assert.Single(WaitingPlace.Files(_place));
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        Assert.Single(outcomes.Select(o => o.Stay).Distinct());
        _place.Reopen();
        Assert.Equal(outcomes[0].Stay, (await _place.AdmitAsync<DoorOutcome.Waiting>(request)).Stay);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Assert.Single(WaitingPlace.Files(_place)), TestContext.Current.CancellationToken));
        WaitingPlace.Decide(_place.Repository.Inspections, outcomes[0]);
        var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => _place.ResumeAsync())));
        Assert.Single(runs.SelectMany(r => r.Outcomes).OfType<DoorOutcome.Archived>());
        Assert.Equal(1, _place.Repository.Aips.Totals().Aips);
        Assert.Single(WaitingPlace.Ended(_place.Vault));
    }

    [Fact]
    public async Task What_nobody_decided_stays_where_it_is_and_is_not_inspected_again()
    {
        var c = WaitingPlace.Doubtful(1);
        var waiting = await _place.AdmitAsync<DoorOutcome.Waiting>(DoorPlace.Request(_place.Write(c)));
        var size = _place.Vault.Ledger.Size;

        var run = await _place.ResumeAsync();

        Assert.Equal((0, 0, 1), (run.Outcomes.Count, run.Findings.Count, run.Undecided));
        Assert.Equal((size, waiting.Stay), (_place.Vault.Ledger.Size, _place.Repository.Door.WaitingOf(_place.Known(c))));
    }

    [Fact]
    public async Task What_waits_for_a_check_alone_is_let_in_when_that_can_run()
    {
        var c = DoorPlace.Case(1);
        _ = await _place.AdmitAsync<DoorOutcome.Waiting>(DoorPlace.Request(_place.Write(c)), DoorPlace.Strict);

        Assert.IsType<DoorOutcome.Waiting>(Assert.Single((await _place.ResumeAsync(_place.Means(DoorPlace.Strict))).Outcomes));
        Assert.Single(WaitingPlace.Files(_place));
        Assert.IsType<DoorOutcome.Archived>(Assert.Single((await _place.ResumeAsync()).Outcomes)); // the engine is back

        Assert.Empty(WaitingPlace.Files(_place));
    }

    [Fact]
    public async Task A_decision_against_it_sends_it_back_and_destroys_it()
    {
        var c = WaitingPlace.Doubtful(1);
        var waiting = await _place.AdmitAsync<DoorOutcome.Waiting>(DoorPlace.Request(_place.Write(c)), Blocking);
        WaitingPlace.Decide(_place.Repository.Inspections, waiting, RuleVerdict.Failed);

        var outcome = Assert.Single((await _place.ResumeAsync(_place.Means(Blocking))).Outcomes);

        Assert.IsType<DoorOutcome.Returned>(outcome);
        Assert.Equal(CaseState.Returned, _place.Known(c).State);
        Assert.Empty(WaitingPlace.Files(_place));
        Assert.Equal([("returned", waiting.Report!.Subject.Digest)], WaitingPlace.Ended(_place.Vault));
    }

    [Theory]
    [InlineData(CaseState.Returned, "returned")]
    [InlineData(CaseState.RefusedAsSecret, "secret")]
    public async Task What_a_person_moves_on_waits_no_more(CaseState to, string cause)
    {
        var c = WaitingPlace.Doubtful(1);
        var waiting = await _place.AdmitAsync<DoorOutcome.Waiting>(DoorPlace.Request(_place.Write(c)));
        Assert.False(_place.Repository.Records.Cases.Move([new CaseMove(DayAgency.Approval.Source, c.Number)], to, "人工", null, DoorPlace.Clerk).IsRefused);
        Assert.Single(WaitingPlace.Files(_place));

        await _place.Repository.Door.ReleaseAsync(DayAgency.Approval.Source, c.Number, DoorPlace.Clerk, default);
        await _place.Repository.Door.ReleaseAsync(DayAgency.Approval.Source, c.Number, DoorPlace.Clerk, default);

        Assert.Empty(WaitingPlace.Files(_place));
        Assert.Equal([(cause, waiting.Report!.Subject.Digest)], WaitingPlace.Ended(_place.Vault));
    }

    [Fact]
    public async Task Another_package_of_the_case_takes_its_place()
    {
        var first = await _place.AdmitAsync<DoorOutcome.Waiting>(DoorPlace.Request(_place.Write(WaitingPlace.Doubtful(1))));

        var second = await _place.AdmitAsync<DoorOutcome.Waiting>(DoorPlace.Request(_place.Write(WaitingPlace.Doubtful(1, "补正"))));

        Assert.NotEqual(first.Stay!.Name, second.Stay!.Name);
        Assert.Contains(second.Stay.Name.ToString(), Assert.Single(WaitingPlace.Files(_place)), StringComparison.Ordinal);
        Assert.Equal([("replaced", first.Report!.Subject.Digest)], WaitingPlace.Ended(_place.Vault));
    }

    [Fact]
    public async Task A_supplement_that_waits_is_let_in_as_one()
    {
        var c = DoorPlace.Case(1);
        var first = await _place.AdmitAsync<DoorOutcome.Archived>(DoorPlace.Request(_place.Write(c)));
        var declared = DoorPlace.Request(_place.Write(WaitingPlace.Doubtful(1))) with { Declaration = new ContentDeclaration(ContentAct.Supplement, "补收送达回证") };
        var waiting = await _place.AdmitAsync<DoorOutcome.Waiting>(declared);
        Assert.Equal((CaseState.Registered, waiting.Stay), (_place.Known(c).State, _place.Repository.Door.WaitingOf(_place.Known(c))));
        _ = await _place.AdmitAsync<DoorOutcome.Refused>(declared with { Declaration = null }); // which takes nothing away
        WaitingPlace.Decide(_place.Repository.Inspections, waiting);

        var archived = Assert.IsType<DoorOutcome.Archived>(Assert.Single((await _place.ResumeAsync()).Outcomes));

        Assert.Equal((first.Receipt.Aip, 2L), (archived.Receipt.Aip, archived.Receipt.Version));
        Assert.Equal([ContentAct.Archiving, ContentAct.Supplement], _place.Known(c).Versions.Select(v => v.Act));
        Assert.Empty(WaitingPlace.Files(_place));
    }

    [Fact]
    public async Task What_was_said_of_a_package_is_said_again_when_it_is_let_in()
    {
        var c = WaitingPlace.Doubtful(1);
        var given = DoorPlace.Request(_place.Write(c)) with { PaperLocator = "A区3架2层", ReferenceCode = "0061-ZY·ZW·2026-D30-0109900100-000042", Announced = c.Number, Approval = "批〔2026〕1号" };
        given = given with { Submitted = given.Submitted with { Profile = PackageProfiles.Find("gbt42727"), Channel = given.Submitted.Channel with { IsAuthenticated = false, Channel = SourceChannel.Offline, OfflineReason = "断网", DeclaredItems = 1 } } };
        var waiting = await _place.AdmitAsync<DoorOutcome.Waiting>(given);

        using var held = _place.Repository.Waiting.Open(waiting.Stay!.Name);
        var read = HeldRequest.Read(held)!;

        Assert.Equal(given with { Submitted = null!, Presenter = DoorPlace.Clerk.AccountName }, read with { Submitted = null! });
        Assert.Equal((given.Submitted.Channel, given.Submitted.Profile), (read.Submitted.Channel, read.Submitted.Profile));
        Assert.Equal((given.Submitted.Package.Form, given.Submitted.Package.IsBagDemanded), (read.Submitted.Package.Form, read.Submitted.Package.IsBagDemanded));
    }

    [Fact]
    public async Task A_spoilt_file_decides_nothing_and_the_package_that_comes_again_takes_its_place()
    {
        var c = WaitingPlace.Doubtful(1);
        var request = DoorPlace.Request(_place.Write(c));
        var waiting = await _place.AdmitAsync<DoorOutcome.Waiting>(request);
        WaitingPlace.Decide(_place.Repository.Inspections, waiting);
        Spoil(-1);

        var run = await _place.ResumeAsync();

        var why = Assert.Single(run.Findings);
        Assert.Empty(run.Outcomes);
        Assert.Equal(("ING-032", Severity.Error, $"{DayAgency.Approval.Source}/{c.Number}", "chunk"), (why.Code, why.Severity, why.Subject, why.Arguments.First(a => a.Key == "waiting").Value));
        Assert.Equal(CaseState.Manual, _place.Known(c).State);
        Assert.Single(WaitingPlace.Files(_place));
        Spoil(40); // the head too
        Assert.Equal(["cut"], (await _place.ResumeAsync()).Findings.Select(f => f.Arguments.First(a => a.Key == "waiting").Value));
        _ = await _place.AdmitAsync<DoorOutcome.Archived>(request);
        Assert.Empty(WaitingPlace.Files(_place));

        void Spoil(int at)
        {
            var path = Assert.Single(WaitingPlace.Files(_place));
            var bytes = File.ReadAllBytes(path);
            bytes[at < 0 ? bytes.Length + at : at] ^= 1;
            File.WriteAllBytes(path, bytes);
        }
    }

    [Fact]
    public async Task A_spoilt_file_is_replaced_when_the_package_comes_again_undecided()
    {
        var request = DoorPlace.Request(_place.Write(WaitingPlace.Doubtful(1)));
        var waiting = await _place.AdmitAsync<DoorOutcome.Waiting>(request);
        var path = Assert.Single(WaitingPlace.Files(_place));
        using (var file = new FileStream(path, FileMode.Open))
        {
            file.SetLength(file.Length - 1);
        }

        Assert.NotNull((await _place.AdmitAsync<DoorOutcome.Waiting>(request)).Stay);

        Assert.Equal([("damaged", waiting.Report!.Subject.Digest)], WaitingPlace.Ended(_place.Vault));
        WaitingPlace.Decide(_place.Repository.Inspections, waiting);
        Assert.IsType<DoorOutcome.Archived>(Assert.Single((await _place.ResumeAsync()).Outcomes));
    }

    [Fact]
    public async Task What_nothing_waits_for_is_told_and_destroyed()
    {
        var c = WaitingPlace.Doubtful(1);
        var waiting = await _place.AdmitAsync<DoorOutcome.Waiting>(DoorPlace.Request(_place.Write(c)));
        _ = await _place.AdmitAsync<DoorOutcome.Waiting>(DoorPlace.Request(_place.Write(WaitingPlace.Doubtful(2))));
        Assert.False(_place.Repository.Records.Cases.Move([new CaseMove(DayAgency.Approval.Source, c.Number)], CaseState.Returned, "人工", null, DoorPlace.Clerk).IsRefused);
        _place.Repository.Waiting.DestroyKey(_place.Repository.Waiting.List().Single(s => s.Name != waiting.Stay!.Name).Name); // and a crash before it was written down

        var run = await _place.ResumeAsync();

        Assert.Equal(["leftover", "returned"], run.Findings.Select(f => f.Code == "ING-033" ? f.Arguments[0].Value : f.Code).Order());
        Assert.Empty(WaitingPlace.Files(_place));
        Assert.Equal(["leftover", "returned"], WaitingPlace.Ended(_place.Vault).Select(e => e.Cause).Order());
        Assert.Empty((await _place.ResumeAsync()).Findings);
    }

    private static InspectionScheme Blocking { get; } = DoorPlace.Scheme with { Rules = [.. DoorPlace.Scheme.Rules.Select(r => r.Rule == "ZW.SECRETS" ? r with { Weight = RuleWeight.Blocking } : r)] };

    private async Task<DoorOutcome> AdmitAsync(DoorRequest request, WaitingTerms terms) =>
        Assert.Single(await _place.Repository.Door.AdmitAsync([request], _place.Means() with { Waiting = terms }, isDry: false, DoorPlace.Clerk, TestContext.Current.CancellationToken));

    private static (string, string) Why(DoorOutcome outcome) => (outcome.Findings[^1].Code, outcome.Findings[^1].Arguments[0].Value);

    private static IEnumerable<object> Entries(DoorPlace place, CaseReceipt receipt) =>
        VersionEntries.Of(place.Vault, place.Vault.ReadEvent(receipt.Sequence).Record!.Manifest!.Value, default).Where(e => e.Role is null)
            .Select(e => (object)(e.Kind, e.Name, e.Length, e.Content, e.Modified, e.Kind == EntryKind.File ? CharacterOf(e) : ""));

    private static string CharacterOf(ManifestEntry entry) => entry.Format is { } format ? Encoding.UTF8.GetString(CanonicalJson.Write(new JsonMap().Set("format", format))) : "";

    private static object Container(DoorPlace place, CaseReceipt receipt) =>
        IngestionDetail.Read(place.Vault.ReadEvent(receipt.Sequence).Detail!.Body) is { } detail ? (detail.Name, detail.Form, detail.ContentDigest, detail.Container) : "";

    private static bool Holds(string file, string text)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0 || bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(text[2..])) >= 0;
    }

    private static void Delete(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
        else
        {
            File.Delete(path);
        }
    }
}
