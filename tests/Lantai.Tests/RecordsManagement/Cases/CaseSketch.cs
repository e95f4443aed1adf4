using System.Text;
using Lantai.RecordsManagement;
using Lantai.Words;

namespace Lantai.Tests.RecordsManagement;

/// <summary>Cases for tests: told, moved, and looked at.</summary>
internal static class CaseSketch
{
    public const string Source = "S01";

    /// <summary>The way of a case into the agency's archive.</summary>
    public static readonly CaseState[] WayIn = [CaseState.Collecting, CaseState.Checking, CaseState.Passed, CaseState.Registered];

    public static CompletionTime Time(string text) => CompletionTime.TryParse(text, out var time) ? time : throw new ArgumentException(text);

    public static CaseNotice Notice(string number, string completed = "2025-05-10T09:00:00+08:00", string agency = "A01", string item = "I01", JointHandling? joint = null) =>
        new(number, agency, item, Time(completed)) { Joint = joint };

    public static NoticeOutcome Tell(this TestOffice office, params CaseNotice[] notices) => office.TellFrom(Source, notices);

    /// <summary>Notices from a source, which is registered first when it is not.</summary>
    public static NoticeOutcome TellFrom(this TestOffice office, string source, params CaseNotice[] notices)
    {
        office.Register(source);
        return office.Office.Cases.Notify(source, [.. notices.Select(n => (n.Number, n))], TestOffice.Clerk);
    }

    public static void Register(this TestOffice office, string source, SourceChannel channel = SourceChannel.Online, params string[] items)
    {
        if (office.Office.Sources.Find(source) is null)
        {
            _ = office.Office.Organisations.Enter(KnownOffice.Agency, OrganisationType.Agency, "350100", "福州市市场监督管理局", TestOffice.Clerk);
            Assert.False(office.Office.Sources.Enter(
                new SourceSystem(source, KnownOffice.Agency, channel, channel == SourceChannel.Offline ? "no network" : null, items, null), null, TestOffice.Clerk).IsRefused);
        }
    }

    public static DecisionOutcome Move(this TestOffice office, string number, CaseState to, Digest? digest = null, string reason = "as planned", string source = Source) =>
        office.Office.Cases.Move([new CaseMove(source, number, digest)], to, reason, null, TestOffice.Clerk, isLawful: false);

    /// <summary>Moves a case on, step by step; each must be allowed.</summary>
    public static void Lead(this TestOffice office, string number, params CaseState[] way)
    {
        foreach (var state in way)
        {
            var outcome = office.Move(number, state, state == CaseState.Checking ? Content("first") : null);
            Assert.False(outcome.IsRefused, $"{number} to {state}: {string.Join("; ", outcome.Findings)}");
        }
    }

    public static void Archive(this TestOffice office, string number) => office.Lead(number, WayIn);

    public static ServiceCase Case(this TestOffice office, string number, string source = Source) =>
        office.Office.Cases.Find(source, number) ?? throw new InvalidOperationException($"No case {source}/{number}.");

    public static Digest Content(string text) => Digest.Of(Encoding.UTF8.GetBytes(text));

    /// <summary>Sets the clock on; it never goes back.</summary>
    public static void At(this TestOffice office, string moment) => office.Time.SetUtcNow(DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture));

    public static void AssertRebuilds(this TestOffice office)
    {
        var report = office.CompareWithRebuild();
        Assert.True(report.AreEqual, string.Join("; ", report.Findings));
    }
}
