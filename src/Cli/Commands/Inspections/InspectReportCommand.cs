using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Lantai.Cli.Arguments;
using Lantai.Cli.Commands.Registers;
using Lantai.Cli.Output;
using Lantai.Evidence;
using Lantai.Inspection;
using Lantai.RecordsManagement;
using Lantai.StoreFormat;

namespace Lantai.Cli.Commands.Inspections;

/// <summary>Gives out the report of an inspection, or lists the inspections that were run.</summary>
internal sealed class InspectReportCommand : CliCommand
{
    private const int Usual = 50;

    private static readonly Dictionary<string, string> Formats = new[] { "text", "html", "xml", "json" }.ToDictionary(f => f);

    private Argument<string?> _reference = null!;
    private Option<string?> _format = null!;
    private Option<string?> _out = null!;
    private Option<bool> _verify = null!;
    private Option<string?> _key = null!;
    private Option<string?> _asOf = null!;
    private Option<string?> _take = null!;

    public override string Name => "inspect report";

    public override Task<int> RunAsync(CommandContext context)
    {
        var format = RegisterAnswer.Choice(context.Value(_format) ?? "text", "--format", Formats);
        var day = RegisterAnswer.Day(context.Value(_asOf), "--as-of");
        var take = context.Value(_take) is { } t ? (int)Quantities.Whole(t, "--take", 1, 100_000) : Usual;
        if (context.Parsed.GetValue(_reference) is not { } reference)
        {
            return List(context, context.Repository.Inspections.Newest(take, day));
        }

        var runs = RunChoice.Find(context, reference).Where(r => day is null || LegalTime.DayOf(r.Started) <= day).ToList();
        return runs.Count == 0 ? throw RegisterAnswer.Unknown($"{reference} {LegalTime.Write(day!.Value)}") : Show(context, runs, format);
    }

    protected override void Declare(Command command)
    {
        _reference = Argument(command, "reference", "REF", required: false);
        _format = Text(command, "--format", string.Join('|', Formats.Keys));
        _out = Text(command, "--out", "FILE");
        _verify = Flag(command, "--verify");
        _key = Text(command, "--key", "VKEY|FILE");
        _asOf = Text(command, "--as-of", "YYYY-MM-DD");
        _take = Text(command, "--take", "N");
    }

    private static Task<int> List(CommandContext context, IReadOnlyList<RecordedRun> runs) => RegisterAnswer.List(
        context, "runs", ["reportNo", "time", "runPoint", "scheme", "outcome", "source", "caseNumber"],
        [.. runs.Select(r => (
            new[]
            {
                r.Number, Amounts.Time(r.Started), context.Report.Speech.Say("inspection.point." + InspectionCodes.Of(r.Point)), r.Scheme,
                context.Report.Speech.Say("inspection.outcome." + InspectionCodes.Of(r.Outcome)), r.Source, r.Case ?? "",
            },
            Describe(r)))]);

    private Task<int> Show(CommandContext context, List<RecordedRun> runs, string format)
    {
        var (desk, run, report) = (context.Repository.Inspections, runs[^1], context.Report);
        var found = desk.Verify(run, desk.KeysOf(context.KeyFrom(_key), null), out var whole);
        var (xml, note) = desk.Load(run);
        report.Tell(context.Has(_verify) ? found : found.Where(f => f.Severity == Words.Severity.Error));
        if (whole is null)
        {
            return Task.FromResult(context.Verdict);
        }

        var bytes = Bytes(context, whole, xml, note, format);
        if (context.Value(_out) is { } said)
        {
            var path = context.PathOf(said);
            File.WriteAllBytes(path, bytes);
            if (format == "xml")
            {
                File.WriteAllBytes(path + ".sig", note);
            }

            report.Say("report.written", ("path", path));
            report.Set("file", path);
        }
        else
        {
            report.Write(Encoding.UTF8.GetString(bytes).TrimEnd('\n'));
        }

        if (runs.Count > 1)
        {
            report.Say("inspection.report.earlier", ("count", runs.Count - 1), ("numbers", string.Join(' ', runs.SkipLast(1).Select(r => r.Number))));
        }

        report.Set("report", ReportJson.Of(whole, Speech.Phrases, report.Speech.Language));
        report.Set("runs", new JsonArray([.. runs.Select(r => (JsonNode)Describe(r))]));
        if (context.Has(_verify))
        {
            report.Say(report.HasErrors ? "inspection.report.bad" : "inspection.report.good", ("number", run.Number), ("event", run.Sequence));
            report.Set("good", !report.HasErrors);
        }

        return Task.FromResult(context.Verdict);
    }

    private static byte[] Bytes(CommandContext context, InspectionReport whole, byte[] xml, byte[] note, string format)
    {
        var language = context.Report.Speech.Language;
        switch (format)
        {
            case "xml":
                return xml;
            case "json":
                return ReportJson.Write(whole, Speech.Phrases, language);
            case "html":
                using (var page = new MemoryStream())
                {
                    var isSigned = SignedNote.TryParse(note, out var signed);
                    _ = ReportSeal.TryRead(signed?.Text ?? "", out var seal);
                    ReportPage.Write(whole, isSigned ? seal : null, [.. signed?.Signatures.Select(s => $"{s.Name} ({s.KeyId:x8})") ?? []], Papers.HoldersOf(context, whole.Subject.Source), Speech.Phrases, language, page);
                    return page.ToArray();
                }

            default:
                return Encoding.UTF8.GetBytes(ReportText.Of(whole, Speech.Phrases, language));
        }
    }

    private static JsonObject Describe(RecordedRun run) => new()
    {
        ["reportNo"] = run.Number,
        ["started"] = StoreTime.Write(run.Started),
        ["point"] = InspectionCodes.Of(run.Point),
        ["scheme"] = run.Scheme,
        ["outcome"] = InspectionCodes.Of(run.Outcome),
        ["operator"] = run.Operator,
        ["source"] = run.Source,
        ["case"] = run.Case,
        ["package"] = run.Package,
        ["aip"] = run.Aip?.ToString("D", CultureInfo.InvariantCulture),
        ["event"] = run.Sequence,
        ["sha256"] = run.Xml.ToString(),
    };
}
