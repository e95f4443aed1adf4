using System.Text.Json.Nodes;
using Lantai.Administration;
using Lantai.Cli.Demo.Day;
using Lantai.Tests.Ingest.Door;

namespace Lantai.Tests.EndToEnd;

/// <summary>Cases that come on a medium, what persons decide of them, and the papers that go back, through the real program.</summary>
public sealed class OfflineCaseTests : IDisposable
{
    private const string Appearance = "FN.GD.SEC.MEDIUM-APPEARANCE";

    private static readonly string Source = DayAgency.Approval.Source;

    private readonly Workshop _shop = new Workshop().WithStore("--records", "cn");
    private readonly DayCase _case = DoorPlace.Case(1);

    public OfflineCaseTests()
    {
        using (var repository = Repository.Open(new RepositorySettings(_shop.Store, _shop.At("keys"), null, DoorPlace.Clerk, TimeProvider.System)))
        {
            DoorPlace.Enter(repository.Records);
        }

        _ = DoorPlace.Write(_case, _shop.At("盘"), "一.zip");
        _ = Run(0, "inspect scheme adopt --without-av --reason 机房尚未配备杀毒软件 --as os:chen");
    }

    public void Dispose() => _shop.Dispose();

    [Fact]
    public void What_comes_on_a_medium_is_looked_at_there_and_never_called_online()
    {
        var bare = Verdicts(Run(1, $"case archive {Source} 盘/一.zip --channel offline --reason 停电"));
        Assert.Equal(("could-not-run", "could-not-run", "manual", "manual"), bare);

        var read = Verdicts(Run(1, $"case archive {Source} 盘/一.zip --reason 停电 --medium YP-1 --medium-kind flash"));
        Assert.Equal(("passed", "manual", "not-applicable"), (read.Extra, read.Appearance, read.Disc));
        Assert.NotEqual("could-not-run", read.Speed);

        _ = _shop.Write("盘/Thumbs.db", "x");
        Assert.Equal("failed", Verdicts(Run(1, $"case archive {Source} --each 盘 --reason 停电 --medium YP-1 --medium-kind flash")).Extra);
        Run(2, $"case archive {Source} 盘/一.zip --medium YP-1");
        Run(2, $"case archive {Source} 盘/一.zip --medium YP-1 --medium-kind paper");
        Run(2, $"case archive {Source} 盘/一.zip --medium YP-1 --medium-kind flash --channel online");
        Run(2, "inspect run --medium YP-1 --medium-kind flash");
    }

    [Fact]
    public void A_medium_proves_no_sender_so_a_case_without_a_signature_goes_back_until_its_paper_is_kept()
    {
        var line = $"case archive {Source} 盘/一.zip --reason 停电 --medium YP-1 --medium-kind flash";
        Run(1, line);
        var name = $"{Source}/{_case.Number}";
        Run(2, $"case approve {name} --rule {Appearance} --note 完好");
        Run(2, $"case approve {name} --rule {Appearance} --note 完好 --attachment 没有.pdf --as os:li");

        var returned = Run(1, $"case approve {name} --rule {Appearance} --note 完好 --attachment {_shop.Write("照片.txt", "照片")} --as os:li");

        // It was held with what was read of its medium, and comes to the door again from there.
        Assert.Contains("CAS-030", returned.Json["packages"]![0]!["codes"]!.AsArray().Select(c => (string)c!));
        var archived = Run(0, line + " --paper A区3架");
        Assert.Equal("archived", (string?)archived.Json["packages"]![0]!["outcome"]);
        Run(0, $"case receipt {name} --out 回执.html --lang zh");
        var paper = File.ReadAllText(_shop.At("回执.html"));
        foreach (var told in new[] { "归档回执", _case.Number, (string)archived.Json["packages"]![0]!["receipt"]!["code"]! })
        {
            Assert.Contains(told, System.Net.WebUtility.HtmlDecode(paper), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_return_notice_says_by_when_the_case_is_to_be_archived()
    {
        Run(1, $"case archive {Source} 盘/一.zip --channel offline --reason 停电");

        Run(0, $"inspect notice {Source}/{_case.Number} --out 退回.html --lang zh");
        Run(0, $"inspect notice {Source}/{_case.Number} --due 2026-12-10 --out 另.html --lang zh");

        Assert.Contains("2027-06-30", File.ReadAllText(_shop.At("退回.html")), StringComparison.Ordinal);
        Assert.Contains("2026-12-10", File.ReadAllText(_shop.At("另.html")), StringComparison.Ordinal);
    }

    /// <summary>What the rules about a medium say in the newest report of the case.</summary>
    private (string Extra, string Speed, string Appearance, string Disc) Verdicts(Ended ended)
    {
        var number = (string)ended.Json["packages"]!.AsArray().Single(p => p!["report"] is not null && (string)p["name"]! == "一.zip")!["report"]!;
        var results = Run(0, $"inspect report {number}").Json["report"]!["results"]!.AsArray();
        string Of(string rule) => (string)results.Single(r => (string)r!["ruleId"]! == rule)!["verdict"]!;
        return (Of("FN.GD.SEC.EXTRA-FILES"), Of("FN.GD.SEC.READ-SPEED"), Of(Appearance), Of("FN.GD.SEC.OPTICAL-DISC"));
    }

    private Ended Run(int code, string line)
    {
        var ended = _shop.Run([.. line.Split(' '), "--json"]);
        Assert.True(ended.Code == code, $"{line}: {ended}");
        return ended;
    }
}
