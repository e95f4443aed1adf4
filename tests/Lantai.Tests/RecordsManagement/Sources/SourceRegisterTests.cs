using System.Security.Cryptography;
using Lantai.RecordsManagement;

namespace Lantai.Tests.RecordsManagement;

public sealed class SourceRegisterTests : IDisposable
{
    private static readonly SourceSystem Market = new("fz-market", KnownOffice.Agency, SourceChannel.Online, null, ["0100190012"], null);

    private readonly TestOffice _test = new TestOffice().WithFuzhou();

    private SourceRegister Sources => _test.Office.Sources;

    public void Dispose() => _test.Dispose();

    [Fact]
    public void A_source_is_entered_with_its_key_and_enabled()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var pem = ecdsa.ExportSubjectPublicKeyInfoPem();

        var outcome = Sources.Enter(Market, pem + "\n", TestOffice.Clerk);

        Assert.Empty(outcome.Findings);
        var found = Sources.Find("fz-market");
        Assert.Equal(Market with { Key = new SourceKey("public-key", pem, Convert.ToHexStringLower(SHA256.HashData(ecdsa.ExportSubjectPublicKeyInfo()))) }, found);
        Assert.Equal(SourceState.Enabled, found!.State);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no key")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nMAA=\n-----END PUBLIC KEY-----\nand more")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n")]
    public void What_is_no_key_is_refused_and_not_kept(string pem)
    {
        var outcome = Sources.Enter(Market, pem, TestOffice.Clerk);

        Assert.Equal(["SRC-006"], outcome.Codes());
        Assert.Null(Sources.Find("fz-market"));
    }

    [Fact]
    public void A_source_with_everything_wrong_is_refused_with_all_of_it()
    {
        var outcome = Sources.Enter(new SourceSystem("市/1", KnownOffice.Hall, SourceChannel.Offline, " ", ["事项"], null), null, TestOffice.Clerk);

        Assert.Equal(["SRC-009", "FON-007", "SRC-007", "CAT-002"], outcome.Codes());
    }

    [Fact]
    public void An_offline_source_says_why_it_cannot_be_online()
    {
        var offline = Market with { Channel = SourceChannel.Offline, OfflineReason = "专网无法联通" };

        Assert.Empty(Sources.Enter(offline, null, TestOffice.Clerk).Findings);
        Assert.Equal(offline, Sources.Find("fz-market"));
        Assert.Empty(Sources.May("fz-market", KnownOffice.Agency, "0100190012", SourceChannel.Offline));
    }

    [Fact]
    public void What_a_source_may_submit_is_told_with_all_that_forbids_it()
    {
        _ = Sources.Enter(Market, null, TestOffice.Clerk);

        Assert.Empty(May("0100190012"));
        Assert.Equal(["SRC-002"], May("0100190013"));
        Assert.Equal(["SRC-002", "SRC-005", "SRC-004"], Sources.May("fz-market", KnownOffice.OtherAgency, "0100190013", SourceChannel.Offline).Select(f => f.Code));
        Assert.Equal("SRC-001 nobody source-state=unknown", Assert.Single(Sources.May("nobody", KnownOffice.Agency, "1", SourceChannel.Online)).ToString());
    }

    [Fact]
    public void A_source_without_a_list_of_items_may_submit_every_item_of_its_agency()
    {
        _ = Sources.Enter(Market with { Items = [] }, null, TestOffice.Clerk);

        Assert.Empty(May("0100190013"));
    }

    [Fact]
    public void Offline_from_a_source_that_can_be_online_needs_a_reason_and_is_told()
    {
        _ = Sources.Enter(Market, null, TestOffice.Clerk);

        var without = Assert.Single(Sources.May("fz-market", KnownOffice.Agency, "0100190012", SourceChannel.Offline, " "));
        var with = Assert.Single(Sources.May("fz-market", KnownOffice.Agency, "0100190012", SourceChannel.Offline, "网络中断"));

        Assert.Equal(("SRC-004", Lantai.Words.Severity.Error), (without.Code, without.Severity));
        Assert.Equal(("SRC-003", Lantai.Words.Severity.Warning), (with.Code, with.Severity));
    }

    [Fact]
    public void A_source_that_was_disabled_or_withdrawn_may_submit_nothing()
    {
        _ = Sources.Enter(Market, null, TestOffice.Clerk);

        Assert.Equal(["REC-002"], Sources.ChangeState("fz-market", SourceState.Disabled, null, TestOffice.Clerk).Codes());
        Assert.Empty(Sources.ChangeState("fz-market", SourceState.Disabled, "升级", TestOffice.Clerk).Findings);
        Assert.Equal(["SRC-001"], May("0100190012"));
        Assert.Equal("升级", Sources.Find("fz-market")!.StateReason);
        Assert.Empty(Sources.ChangeState("fz-market", SourceState.Enabled, null, TestOffice.Clerk).Findings);
        Assert.Empty(May("0100190012"));
        Assert.Empty(Sources.ChangeState("fz-market", SourceState.Withdrawn, "停用", TestOffice.Clerk).Findings);
        Assert.Equal(["SRC-001"], May("0100190012"));
    }

    [Fact]
    public void Nothing_follows_a_withdrawal()
    {
        _ = Sources.Enter(Market, null, TestOffice.Clerk);
        _ = Sources.ChangeState("fz-market", SourceState.Withdrawn, "停用", TestOffice.Clerk);

        Assert.Equal(["SRC-008"], Sources.ChangeState("fz-market", SourceState.Enabled, null, TestOffice.Clerk).Codes());
        Assert.Equal(["SRC-008"], Sources.Enter(Market with { Items = [] }, null, TestOffice.Clerk).Codes());
        Assert.Equal(SourceState.Withdrawn, Sources.Find("fz-market")!.State);
    }

    [Fact]
    public void The_state_of_an_unknown_source_cannot_be_changed() =>
        Assert.Equal(["SRC-001"], Sources.ChangeState("nobody", SourceState.Disabled, "x", TestOffice.Clerk).Codes());

    [Fact]
    public void A_state_stays_when_the_registration_changes()
    {
        _ = Sources.Enter(Market, null, TestOffice.Clerk);
        _ = Sources.ChangeState("fz-market", SourceState.Disabled, "升级", TestOffice.Clerk);

        _ = Sources.Enter(Market with { Items = ["7"] }, null, TestOffice.Clerk);

        Assert.Equal((SourceState.Disabled, "7"), (Sources.Find("fz-market")!.State, Assert.Single(Sources.Find("fz-market")!.Items)));
    }

    [Fact]
    public void The_register_made_anew_says_the_same()
    {
        _ = Sources.Enter(Market, null, TestOffice.Clerk);
        _ = Sources.Enter(Market with { Id = "fz-2", Items = [] }, null, TestOffice.Clerk);
        _ = Sources.ChangeState("fz-market", SourceState.Withdrawn, "停用", TestOffice.Clerk);

        Assert.True(_test.CompareWithRebuild().AreEqual);
        Assert.Equal(Sources.All(), _test.Rebuilt().Sources.All());
        Assert.Equal(["fz-2", "fz-market"], Sources.All().Select(s => s.Id));
    }

    private IEnumerable<string> May(string item) => Sources.May("fz-market", KnownOffice.Agency, item, SourceChannel.Online).Select(f => f.Code);
}
