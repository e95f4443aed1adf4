using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Lantai.Cli.Arguments;
using Lantai.Cli.Demo;
using Lantai.Cli.Demo.Day;

namespace Lantai.Cli.Commands;

/// <summary>Shows Lantai at work with invented cases: each step is a command line that is run as if it had been typed.</summary>
internal sealed class DemoCommand : CliCommand
{
    private const string Usual = "lantai-demo";

    private Option<string?> _folder = null!;
    private Option<string?> _clamd = null!;

    public override string Name => "demo";

    public override StoreUse Use => StoreUse.None;

    public override async Task<int> RunAsync(CommandContext context)
    {
        var folder = context.PathOf(context.Value(_folder) ?? Usual);
        if (Path.Exists(folder))
        {
            throw new WrongUseException("usage.demo.exists", ("path", Near(context, folder)));
        }

        _ = Directory.CreateDirectory(Path.Combine(folder, "dip"));
        context.Report.Say("demo.samples", ("path", Near(context, Path.Combine(folder, "samples"))));
        var cases = DemoCases.Write(Path.Combine(folder, "samples"));
        context.Report.Say("demo.cases", ("count", cases.Count));
        DemoLaw.Write(folder, context.World.Time.GetUtcNow());
        var run = new DemoRun(context, Near(context, folder));
        var plain = Steps(cases).Concat(DemoLaw.Steps(folder, context.World.Time.GetUtcNow())).Append(("demo.stats", ["stats"])).Select(s => new DayStep(s.Item1, s.Item2));
        if (await RunAsync(run, plain, "store") is var code and not 0 || await LiveADayAsync(context, run, folder) is var other and not 0 && (code = other) != 0)
        {
            context.Report.Say("demo.failed", ("code", code));
            run.Answer();
            return code;
        }

        run.Answer();
        await run.SayNextAsync();
        context.Report.Set("folder", folder);
        return 0;
    }

    protected override void Declare(Command command)
    {
        _folder = Text(command, "--dir", "DIR");
        _clamd = Text(command, "--clamd", "ADDRESS");
    }

    /// <summary>The second half: an archive that follows the rules of records, and one day of it.</summary>
    private async Task<int> LiveADayAsync(CommandContext context, DemoRun run, string folder)
    {
        var packages = DayPackages.Write(Path.Combine(folder, "day"), context.World.Time.GetUtcNow(), context.Stop);
        DayRegisters.Write(folder, packages);
        var engine = context.Value(_clamd) ?? context.World.Variables(EngineChoice.Variable);
        context.Report.Say("demo.day", ("count", packages.Count));
        context.Report.Say(engine is null ? "demo.day.noengine" : "demo.day.engine", ("engine", engine ?? ""));
        return await RunAsync(run, DaySteps.Of(packages, engine), "archive");
    }

    private static async Task<int> RunAsync(DemoRun run, IEnumerable<DayStep> steps, string store)
    {
        foreach (var step in steps)
        {
            if (await run.StepAsync(step, store) is var code && code != step.Exit)
            {
                return code == 0 ? 1 : code;
            }
        }

        return 0;
    }

    /// <summary>The steps. <c>{d}</c> is the demonstration's folder.</summary>
    private static IEnumerable<(string Text, string[] Arguments)> Steps(IReadOnlyList<string> cases)
    {
        // The case with the large file shows that its proof is no other than that of a small one.
        var shown = Path.GetFileName(cases.First(c => c.Contains("不动产登记", StringComparison.Ordinal)));
        yield return ("demo.init", ["init", "{d}/store", "--pack-size", "1MiB", "--large-from", "4MiB"]);
        yield return ("demo.key", ["key", "show", "--out", "{d}/log.vkey"]);
        yield return ("demo.ingest", ["ingest", "--batch", "{d}/samples", "--source", "demo", "--retention", "D30", "--completed", "2025-07-29", "--receipts", "{d}/receipts"]);
        yield return ("demo.seal", ["seal"]);
        yield return ("demo.list", ["list"]);
        yield return ("demo.profile", ["formats", "profile"]);
        yield return ("demo.audit", ["audit"]);
        yield return ("demo.verify", ["verify", "--key", "{d}/log.vkey"]);
        yield return ("demo.build", ["dip", "build", "demo/" + shown, "--out", "{d}/dip/case"]);
        yield return ("demo.check", ["dip", "verify", "{d}/dip/case", "--key", "{d}/log.vkey"]);
    }

    private static string Near(CommandContext context, string path)
    {
        var near = Path.GetRelativePath(context.World.Folder, path);
        return near.StartsWith("../..", StringComparison.Ordinal) ? path : near;
    }
}

/// <summary>Runs the steps of a demonstration and shows each as it would be typed.</summary>
internal sealed class DemoRun(CommandContext context, string folder)
{
    private readonly JsonArray _steps = [];

    public async Task<int> StepAsync(DayStep step, string store)
    {
        string[] typed = [.. step.Arguments.Select(a => a.Replace("{d}", folder, StringComparison.Ordinal)), .. Places(step.Arguments, store)];
        var line = Line(typed);
        context.Report.Say("demo.step", ("text", context.Report.Speech.Say(step.Text)), ("line", line));
        using var captured = new StringWriter();
        var world = context.Report.IsJson ? context.World with { Out = captured } : context.World;
        string[] language = ["--lang", context.Report.Speech.Language == Words.Language.Chinese ? "zh" : "en"];
        var code = await Application.RunAsync([.. typed, .. language, .. context.Report.IsJson ? ["--json"] : Array.Empty<string>()], world, context.Stop);
        if (context.Report.IsJson)
        {
            _steps.Add(new JsonObject { ["line"] = line, ["exit"] = code, ["answer"] = JsonNode.Parse(captured.ToString()) });
        }

        return code;
    }

    public void Answer() => context.Report.Set("steps", _steps);

    /// <summary>What to try now, to be copied.</summary>
    public Task SayNextAsync()
    {
        var report = context.Report;
        report.Say("demo.next");
        report.Write($"  export LANTAI_STORE={Quote(folder + "/store")} LANTAI_KEYS={Quote(folder + "/keys")}");
        foreach (var arguments in new string[][]
        {
            ["list"],
            ["show", "demo/LT20250709-0009", "--files"],
            ["formats", "identify", folder + "/samples", "--deep"],
            ["formats", "profile", "--html", folder + "/profile.html"],
            ["case", "show", "yz-cases/YZ-0001"],
            ["deadline", "report", "--list"],
            ["schedule", "show", "2024-1", "--agency", "11990100009900611P", "--export", folder + "/schedule.html"],
            ["policy", "show"],
            ["receipt", "show", "demo/LT20250709-0009"],
            ["dip", "build", "demo/LT20250709-0009", "--out", folder + "/dip/bag.zip", "--form", "zip"],
            ["dip", "verify", folder + "/dip/bag.zip", "--key", folder + "/log.vkey"],
            ["audit", "--deep"],
            ["rebuild", "--compare"],
            ["--help"],
        })
        {
            report.Write("  " + Line(arguments));
        }

        report.Say("demo.outside");
        report.Write($"  find {Quote(folder + "/store/packs")} -name '*.pack' | xargs sha256sum");
        report.Write($"  python3 {Quote(folder + "/store/lantai-read.py")} --help");
        report.Say("demo.again", ("path", folder));
        return Task.CompletedTask;
    }

    private IEnumerable<string> Places(string[] arguments, string store)
    {
        if (arguments[0] is "init")
        {
            return ["--keys", folder + "/keys"];
        }

        return arguments is ["dip", "verify", ..] ? [] : ["--store", $"{folder}/{store}", "--keys", folder + "/keys"];
    }

    private string Line(IEnumerable<string> arguments) => string.Join(' ', arguments.Prepend(context.World.Program).Select(Quote));

    private static string Quote(string text) =>
        text.Length > 0 && text.All(c => char.IsLetterOrDigit(c) || "-_./:@%+=,".Contains(c, StringComparison.Ordinal)) ? text : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
