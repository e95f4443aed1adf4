using Lantai.ArchivalStorage;
using Lantai.Cli.Demo.Day;
using Lantai.InformationPackages;
using Lantai.Ingest;
using Lantai.Inspection;
using Lantai.RecordsManagement;
using Lantai.Words;

namespace Lantai.Tests.Ingest.Door;

/// <summary>No case is stuck, wherever an earlier package or a person left it; and what is refused leaves the rest as it was.</summary>
public sealed class DoorWayBackTests : IDisposable
{
    private static readonly string Source = DayAgency.Approval.Source;

    private readonly DoorPlace _place = new();

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("archived", CaseState.Registered)]
    [InlineData("waiting", CaseState.RefusedAsSecret)]
    [InlineData("returned", CaseState.RefusedAsSecret)]
    [InlineData("passed", CaseState.RefusedAsSecret)]
    [InlineData("supplement", CaseState.Registered)]
    public async Task A_state_secret_is_refused_as_one_wherever_its_case_stands(string before, CaseState after)
    {
        var c = DoorPlace.Case(1);
        await BringAsync(c, before);
        var request = DoorPlace.Request(_place.Write(DoorPlace.Case(1).Add(MaterialKind.Process, "渡鸦.txt", "机密★10年\n渡鸦"u8.ToArray()))) with
        {
            Announced = c.Number,
            Declaration = before == "supplement" ? new ContentDeclaration(ContentAct.Supplement, "补正") : null,
        };

        var refused = await _place.AdmitAsync<DoorOutcome.RefusedAsSecret>(request);

        Assert.True(refused.IsUnnamed);
        Assert.Contains(refused.Findings, f => f.Code == "SEC-001");
        Assert.Equal(after, _place.Known(c).State);
    }

    [Fact]
    public async Task A_case_that_passed_and_was_cut_off_takes_another_package_and_goes_back_when_a_person_says_so()
    {
        var c = DoorPlace.Case(1);
        await BringAsync(c, "passed");
        var other = DoorPlace.Request(_place.Write(DoorPlace.Case(1).Add(MaterialKind.Process, "补充说明.txt", "补交"u8.ToArray())));

        _ = await _place.AdmitAsync<DoorOutcome.Archived>(other);

        Assert.Equal(CaseState.Registered, _place.Known(c).State);
        var second = DoorPlace.Case(2);
        await BringAsync(second, "passed");
        Assert.False(Move(second, CaseState.Returned).IsRefused);
        _ = await _place.AdmitAsync<DoorOutcome.Archived>(DoorPlace.Request(_place.Write(second)));
    }

    [Fact]
    public async Task What_cannot_be_registered_goes_back_and_comes_in_when_it_is_sent_again()
    {
        var c = DoorPlace.Case(1);
        var path = _place.Write(c);
        var other = _place.Write(DoorPlace.Case(1).Add(MaterialKind.Process, "补充说明.txt", "补交"u8.ToArray()));
        var means = DoorPlace.Means(DoorPlace.Scheme, new Meanwhile(_place.Repository.Terms, () => File.Move(other, path, overwrite: true)), _place.Vault.Time);

        var refused = Assert.IsType<DoorOutcome.Refused>(Assert.Single(await _place.Repository.Door.AdmitAsync([DoorPlace.Request(path)], means, isDry: false, DoorPlace.Clerk, default)));

        Assert.Equal(["ING-021"], refused.Findings.Select(f => f.Code));
        Assert.Equal(CaseState.Returned, _place.Known(c).State);
        Assert.Equal(["ING-021"], _place.Repository.Inspections.ReasonsOf(Assert.Single(_place.Repository.Inspections.RunsOf(refused.Report!.Number))).Select(f => f.Code));
        Assert.Equal(0, _place.Repository.Aips.Totals().Aips);
        _ = await _place.AdmitAsync<DoorOutcome.Archived>(DoorPlace.Request(_place.Write(c)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Two_cases_with_one_record_code_never_both_get_in(bool isOneBatch)
    {
        var (first, second) = (DoorPlace.Case(1), DoorPlace.Case(2));
        second.Draft.Configuration["electronic_record_code"] = first.RecordCode;
        var requests = new[] { DoorPlace.Request(_place.Write(first)), DoorPlace.Request(_place.Write(second)) };
        var terms = new Meanwhile(_place.Repository.Terms, () =>
        {
            if (!isOneBatch)
            {
                _ = Task.Run(() => _place.AdmitAsync<DoorOutcome.Archived>(requests[0])).Result;
            }
        });

        var outcomes = await _place.Repository.Door.AdmitAsync(
            isOneBatch ? requests : [requests[1]], DoorPlace.Means(DoorPlace.Scheme, terms, _place.Vault.Time), isDry: false, DoorPlace.Clerk, default);

        Assert.Equal("CAS-063", Assert.Single(Assert.IsType<DoorOutcome.Returned>(outcomes[^1]).Findings).Code);
        Assert.Equal((CaseState.Registered, CaseState.Returned), (_place.Known(first).State, _place.Known(second).State));
        Assert.Equal(1, _place.Repository.Aips.Totals().Aips);
    }

    [Theory]
    [InlineData("胡写的档号", "REF-004")]
    [InlineData("0061-ZY·ZW·2026-D10-0109900100-000077", "CAS-024")]
    public async Task A_chosen_code_is_judged_before_anything_is_kept(string code, string why)
    {
        var c = DoorPlace.Case(1);
        var request = DoorPlace.Request(_place.Write(c)) with { ReferenceCode = code };

        var refused = await _place.AdmitAsync<DoorOutcome.Refused>(request);

        Assert.Contains(why, refused.Findings.Select(f => f.Code));
        Assert.Equal(0, _place.Repository.Aips.Totals().Aips);
        Assert.Null(_place.Repository.Records.Codes.Find(code));
        const string Good = "0061-ZY·ZW·2026-D30-0109900100-000077";
        Assert.Equal(Good, (await _place.AdmitAsync<DoorOutcome.Archived>(request with { ReferenceCode = Good })).Receipt.ReferenceCode);
    }

    [Fact]
    public async Task A_case_that_has_a_code_gets_no_other()
    {
        const string Code = "0061-ZY·ZW·2026-D30-0109900100-000077";
        var c = DoorPlace.Case(1);
        await BringAsync(c, "passed");
        Assert.False(_place.Repository.Records.Codes.Assign("case-item", Code, _place.Known(c).Case, DoorPlace.Clerk).IsRefused);
        var request = DoorPlace.Request(_place.Write(c));

        var refused = await _place.AdmitAsync<DoorOutcome.Refused>(request with { ReferenceCode = Code.Replace("77", "78", StringComparison.Ordinal) });

        Assert.Equal("ING-034", Assert.Single(refused.Findings).Code);
        Assert.Equal(Code, (await _place.AdmitAsync<DoorOutcome.Archived>(request)).Receipt.ReferenceCode);
    }

    [Fact]
    public async Task A_package_of_another_case_than_the_announced_one_goes_back()
    {
        var request = DoorPlace.Request(_place.Write(DoorPlace.Case(1))) with { Announced = "SP-ANDERS" };

        Assert.Equal("ING-035", Assert.Single((await _place.AdmitAsync<DoorOutcome.Returned>(request)).Findings).Code);
        Assert.Equal(0, _place.Repository.Aips.Totals().Aips);
    }

    private async Task BringAsync(DayCase c, string where)
    {
        switch (where)
        {
            case "archived" or "supplement":
                _ = await _place.AdmitAsync<DoorOutcome.Archived>(DoorPlace.Request(_place.Write(c)));
                break;
            case "waiting":
                _ = await _place.AdmitAsync<DoorOutcome.Waiting>(DoorPlace.Request(_place.Write(c)), DoorPlace.Strict);
                break;
            case "returned":
                await BringAsync(c, "waiting");
                Assert.False(Move(c, CaseState.Returned).IsRefused);
                break;
            default:
                await BringAsync(c, "waiting");
                Assert.False(Move(c, CaseState.Passed).IsRefused); // as a run leaves it that is cut off
                break;
        }
    }

    private DecisionOutcome Move(DayCase c, CaseState to) =>
        _place.Repository.Records.Cases.Move([new CaseMove(Source, c.Number) { Report = _place.Known(c).Report }], to, "测试", null, DoorPlace.Clerk);

    /// <summary>The terms, behind which something happens once while a package is inspected.</summary>
    private sealed class Meanwhile(IArchivingTerms terms, Action happens) : IArchivingTerms
    {
        private bool _happened;

        public TermsFacts Ask(InspectedPackage package, ChannelFacts channel, DateTimeOffset now)
        {
            var answer = terms.Ask(package, channel, now);
            if (!_happened)
            {
                _happened = true;
                happens();
            }

            return answer;
        }
    }
}
