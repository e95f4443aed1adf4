using System.CommandLine;
using System.Globalization;
using Lantai.Cli.Arguments;
using Lantai.Cli.Commands.Registers;
using Lantai.Cli.Demo;
using Lantai.Cli.Output;
using Lantai.InformationPackages;

namespace Lantai.Cli.Commands.Packages;

/// <summary>Makes packages of invented cases, the same for the same seed.</summary>
internal sealed class SipGenerateCommand : CliCommand
{
    private Option<string?> _count = null!;
    private Option<string?> _seed = null!;
    private Option<string?> _profile = null!;
    private Option<string?> _out = null!;
    private Option<bool> _folders = null!;
    private Option<string?> _from = null!;
    private Option<string?> _rule = null!;

    public override string Name => "sip generate";

    public override StoreUse Use => StoreUse.None;

    public override Task<int> RunAsync(CommandContext context)
    {
        var (report, profile) = (context.Report, ProfileChoice.Case(context, _profile, _rule));

        // The running number alone tells two invented cases apart for certain.
        var most = Math.Min(10_000_000, Math.Max(1, (long)Math.Pow(10, Math.Min(profile.Rule.SerialWidth, 8)) - 1));
        var count = (int)Quantities.Whole(context.Value(_count)!, "--count", 1, most);
        var seed = (ulong)Quantities.Whole(context.Value(_seed) ?? "1", "--seed", 0, long.MaxValue);
        var folder = context.PathOf(context.Value(_out)!);
        var invention = new CaseInvention(profile, (title, lines, isSealed) => DemoPdf.Write(title, lines, "Example (fictitious)", isSealed), seed, RegisterAnswer.Day(context.Value(_from), _from.Name));
        var (bytes, files) = (0L, 0L);
        report.Progress.Start();
        for (var i = 0; i < count; i++)
        {
            context.Stop.ThrowIfCancellationRequested();
            var invented = invention.Make(i, context.Stop);
            var written = profile.Write(invented, context.Stop);
            var path = Path.Combine(folder, invented.RecordCode + (context.Has(_folders) ? "" : ".zip"));
            PackageOutput.Write(path, written, invented.RecordCode, invented.Configuration.Time("archive_time")!.Value, context.Stop);
            (bytes, files) = (bytes + written.Sum(f => f.Length), files + written.Count);
            report.Progress.Report(i + 1, bytes, count, null, (double)(i + 1) / count, invented.RecordCode);
        }

        report.Say("sip.generated", ("count", Amounts.Count(count)), ("files", Amounts.Count(files)), ("bytes", Amounts.Bytes(bytes)), ("path", folder), ("seed", seed.ToString(CultureInfo.InvariantCulture)));
        report.Set("count", count);
        report.Set("seed", seed);
        report.Set("files", files);
        report.Set("bytes", bytes);
        report.Set("folder", folder);
        return Task.FromResult(0);
    }

    protected override void Declare(Command command)
    {
        _count = Text(command, "--count", "N", required: true);
        _seed = Text(command, "--seed", "S");
        _profile = Text(command, "--profile", "gbt42727|dat85", required: true);
        _out = Text(command, "--out", "DIR", required: true);
        _folders = Flag(command, "--folders");
        _from = Text(command, "--from", "DATE");
        _rule = Text(command, "--code-rule", "PATTERN");
    }
}
