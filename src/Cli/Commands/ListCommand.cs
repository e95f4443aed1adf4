using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Lantai.Cli.Arguments;
using Lantai.Cli.Output;
using Lantai.DataManagement;

namespace Lantai.Cli.Commands;

/// <summary>Lists what is kept, a page at a time.</summary>
internal sealed class ListCommand : CliCommand
{
    private const int Usual = 50;

    private Option<string?> _after = null!;
    private Option<string?> _take = null!;

    public override string Name => "list";

    public override Task<int> RunAsync(CommandContext context)
    {
        var after = context.Value(_after) is { } a ? Quantities.Whole(a, "--after", 0, long.MaxValue) : 0;
        var take = context.Value(_take) is { } t ? (int)Quantities.Whole(t, "--take", 1, 100_000) : Usual;
        var page = context.Repository.Aips.Page(after, take);
        var total = context.Repository.Aips.Totals().Aips;
        var rows = new List<string[]>();
        var answer = new JsonArray();
        foreach (var aip in page)
        {
            rows.Add(
            [
                aip.Id.ToString(CultureInfo.InvariantCulture), $"{aip.Aip:D}@{aip.Version}", Amounts.Count(aip.Files), Amounts.Bytes(aip.Bytes),
                Amounts.Time(aip.LastTime), aip.Source + "/" + aip.Submission, aip.Name == aip.Submission ? "" : aip.Name,
            ]);
            answer.Add(Describe(aip));
        }

        var say = context.Report.Speech;
        if (rows.Count > 0)
        {
            rows.Insert(0, ["#", "AIP", say.Say("column.files"), say.Say("column.bytes"), say.Say("column.time"), say.Say("column.submission"), say.Say("column.name")]);
        }

        context.Report.Rows(rows);
        context.Report.Say(page.Count == 0 ? "list.none" : "list.sum", ("shown", page.Count), ("total", Amounts.Count(total)));
        if (page.Count == take && page[^1].Id < total)
        {
            context.Report.Say("list.more", ("last", page[^1].Id));
            context.Report.Set("next", page[^1].Id);
        }

        context.Report.Set("aips", answer);
        context.Report.Set("total", total);
        return Task.FromResult(context.Verdict);
    }

    internal static JsonObject Describe(AipEntry aip) => new()
    {
        ["id"] = aip.Id,
        ["aip"] = aip.Aip.ToString("D"),
        ["source"] = aip.Source,
        ["submission"] = aip.Submission,
        ["name"] = aip.Name,
        ["form"] = aip.Form,
        ["retention"] = aip.Retention,
        ["completed"] = aip.Completed,
        ["version"] = aip.Version,
        ["versions"] = aip.Versions,
        ["manifest"] = aip.Manifest.ToString(),
        ["files"] = aip.Files,
        ["bytes"] = aip.Bytes,
        ["firstTime"] = StoreFormat.StoreTime.Write(aip.FirstTime),
        ["lastTime"] = StoreFormat.StoreTime.Write(aip.LastTime),
        ["sequence"] = aip.Sequence,
        ["detail"] = aip.Detail switch { DetailState.Present => "present", DetailState.Erased => "erased", _ => "damaged" },
    };

    protected override void Declare(Command command)
    {
        _after = Text(command, "--after", "N");
        _take = Text(command, "--take", "N");
    }
}
