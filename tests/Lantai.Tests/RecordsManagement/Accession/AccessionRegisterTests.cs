using Lantai.RecordsManagement;
using Lantai.Words;

namespace Lantai.Tests.RecordsManagement;

public sealed class AccessionRegisterTests : IDisposable
{
    private static readonly DateOnly Spring = new(2026, 3, 1);

    private static readonly AccessionRequirements First = new(KnownOffice.Hall, "2026-1", Spring, null)
    {
        Formats = [new("fmt/95", "accept"), new("fmt/40", "convert")],
        MetadataProfile = "DA/T 46-2009",
        PackageProfile = "dat93",
        PackageVersion = "2022",
        MaxPackageBytes = 1_000_000,
        Channels = ["online"],
    };

    private readonly TestOffice _test = new TestOffice().WithFuzhou();

    private AccessionRegister Accession => _test.Office.Accession;

    public void Dispose() => _test.Dispose();

    [Fact]
    public void What_was_published_is_found_whole()
    {
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        var whole = First with { Version = "2026-2", Formats = [], FormatPolicy = "site 1", Until = Spring, Keys = [key.ExportSubjectPublicKeyInfoPem()], MaxPackageBytes = null };

        Assert.Empty(Accession.Publish(First, TestOffice.Clerk).Findings);
        Assert.Empty(Accession.Publish(whole, TestOffice.Clerk).Findings);

        Assert.Equivalent(new[] { First, whole }, Accession.Of(KnownOffice.Hall), strict: true);
        Assert.Empty(Accession.Of(KnownOffice.Agency));
    }

    [Fact]
    public void On_each_day_the_one_that_began_last_and_has_not_ended_holds()
    {
        _ = Accession.Publish(First, TestOffice.Clerk);
        _ = Accession.Publish(First with { Version = "2026-2", From = Spring.AddDays(10), Until = Spring.AddDays(19) }, TestOffice.Clerk);
        _ = Accession.Publish(First with { Version = "2026-3", From = Spring.AddDays(10), Until = Spring.AddDays(14) }, TestOffice.Clerk);

        Assert.Null(Accession.InForce(KnownOffice.Hall, Spring.AddDays(-1)));
        Assert.Equal(
            ["2026-1", "2026-1", "2026-3", "2026-3", "2026-2", "2026-2", "2026-1"],
            new[] { 0, 9, 10, 14, 15, 19, 20 }.Select(d => Accession.InForce(KnownOffice.Hall, Spring.AddDays(d))!.Version));
    }

    [Fact]
    public void A_version_is_published_once()
    {
        _ = Accession.Publish(First, TestOffice.Clerk);

        Assert.Equal(["ACC-001"], Accession.Publish(First with { From = Spring.AddDays(1) }, TestOffice.Clerk).Codes());
        Assert.Equal("ACC-001", Assert.Single(_test.Rebuilt().Accession.Publish(First, TestOffice.Clerk).Findings).Code);
    }

    [Fact]
    public void Requirements_with_everything_wrong_are_refused_with_all_of_it()
    {
        var bad = new AccessionRequirements(KnownOffice.Agency, " ", Spring, Spring.AddDays(-1))
        {
            Formats = [new("fmt/95", "accept"), new("fmt/95", "refuse"), new("fmt/1", "maybe")],
            FormatPolicy = "site 1",
            Channels = ["post"],
            Keys = ["no key"],
        };

        Assert.Equal(
            ["FON-007", "REC-002", "REC-002", "REC-002", "ACC-002", "ACC-003", "ACC-005", "ACC-004", "ACC-004", "SRC-006"], Accession.Publish(bad, TestOffice.Clerk).Codes());
        Assert.Equal(["ACC-003", "ACC-005"], Accession.Publish(First with { Formats = [], Channels = [] }, TestOffice.Clerk).Codes());
    }

    [Fact]
    public void A_package_that_fits_is_not_spoken_of()
    {
        _ = Accession.Publish(First, TestOffice.Clerk);

        Assert.Empty(Accession.Judge(KnownOffice.Hall, new AccessionPackage("2026-1", "dat93", 1_000_000, SourceChannel.Online), Spring));
    }

    [Fact]
    public void All_that_does_not_fit_a_package_is_told()
    {
        _ = Accession.Publish(First, TestOffice.Clerk);

        var findings = Accession.Judge(KnownOffice.Hall, new AccessionPackage(null, "eep", 1_000_001, SourceChannel.Offline), Spring);

        Assert.Equal(["ACC-006", "ACC-008", "ACC-009", "ACC-010"], findings.Select(f => f.Code));
        Assert.Equal("ACC-007", Assert.Single(Accession.Judge(KnownOffice.Hall, new AccessionPackage("2026-1", "dat93", 1, SourceChannel.Online), Spring.AddDays(-1))).Code);
    }

    [Fact]
    public void Another_version_is_a_warning_and_an_error_where_the_policy_blocks_it()
    {
        _ = Accession.Publish(First, TestOffice.Clerk);
        var package = new AccessionPackage("2025-1", "dat93", 1, SourceChannel.Online);
        Assert.Equal(Severity.Warning, Assert.Single(Accession.Judge(KnownOffice.Hall, package, Spring)).Severity);

        var basis = new PolicyBasis("榕档〔2026〕1号", "", "", "high");
        _ = _test.Office.Policy.Adopt(new PolicyOverlay("o", "350100", null, Spring, [new(PolicyKeys.AccessionMismatch, ["block"], basis)]), TestOffice.Clerk);

        Assert.Equal(Severity.Error, Assert.Single(Accession.Judge(KnownOffice.Hall, package, Spring)).Severity);
    }

    [Fact]
    public void Requirements_are_read_from_a_file()
    {
        var findings = new List<Finding>();
        var read = AccessionRequirements.TryRead(
            $$"""{"hall":"{{KnownOffice.Hall}}","version":"2026-1","from":"2026-03-01","formats":[{"format":"fmt/95","verdict":"accept"},{"format":"fmt/40","verdict":"convert"}],"metadataProfile":"DA/T 46-2009","packageProfile":"dat93","packageVersion":"2022","maxPackageBytes":1000000,"channels":["online"]}""".Select(c => (byte)c).ToArray(),
            "r.json", findings);

        Assert.Empty(findings);
        Assert.Equivalent(First, read, strict: true);
        Assert.Null(AccessionRequirements.TryRead("""{"hall":"x","maxPackageBytes":0,"channels":[1]}"""u8, "r.json", findings));
        Assert.Equal(
            ["REC-006 version", "REC-006 from", "REC-006 metadataProfile", "REC-006 packageProfile", "REC-007 maxPackageBytes", "REC-007 channels"],
            findings.Select(f => f.Code + " " + f.Arguments[0].Value));
    }

    [Fact]
    public void The_register_made_anew_says_the_same()
    {
        _ = Accession.Publish(First, TestOffice.Clerk);

        Assert.True(_test.CompareWithRebuild().AreEqual);
        Assert.Equivalent(Accession.Of(KnownOffice.Hall), _test.Rebuilt().Accession.Of(KnownOffice.Hall), strict: true);
    }
}
