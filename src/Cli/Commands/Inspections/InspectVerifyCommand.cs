using System.CommandLine;
using Lantai.ArchivalStorage;
using Lantai.Cli.Arguments;
using Lantai.Evidence;
using Lantai.Inspection;
using Lantai.StoreFormat;

namespace Lantai.Cli.Commands.Inspections;

/// <summary>Verifies a report without any store: its form, its digests and its signatures.</summary>
internal sealed class InspectVerifyCommand : CliCommand
{
    private Argument<string?> _file = null!;
    private Option<string?> _note = null!;
    private Option<string?> _key = null!;
    private Option<string?> _sm2 = null!;

    public override string Name => "inspect verify";

    public override StoreUse Use => StoreUse.None;

    public override Task<int> RunAsync(CommandContext context)
    {
        var path = context.PathOf(context.Parsed.GetValue(_file)!);
        var notePath = context.Value(_note) is { } said ? context.PathOf(said) : path + ".sig";
        if (!File.Exists(path))
        {
            throw new WrongUseException("usage.path", ("path", path));
        }

        var (report, key) = (context.Report, context.KeyFrom(_key));
        var xml = new FileInfo(path).Length <= ReportReader.MaxSize ? File.ReadAllBytes(path) : [];
        var note = File.Exists(notePath) && new FileInfo(notePath).Length <= SignedNote.MaxLength ? File.ReadAllBytes(notePath) : null;
        report.Tell(ReportVerification.Verify(xml, note, new ReportKeys(key, context.Sm2KeyFrom(_sm2), null, Rotations(context)), Path.GetFileName(path), out var whole));
        if (whole is not null)
        {
            report.Say("inspection.verify.what", ("number", whole.Number), ("package", whole.Subject.Package), ("outcome", report.Speech.Say("inspection.outcome." + InspectionCodes.Of(whole.Outcome))));
            report.Set("reportNo", whole.Number);
            report.Set("outcome", InspectionCodes.Of(whole.Outcome));
        }

        report.Say(report.HasErrors ? "inspection.verify.bad" : "inspection.verify.good", ("path", path));
        report.Set("good", !report.HasErrors);
        return Task.FromResult(context.Verdict);
    }

    protected override void Declare(Command command)
    {
        _file = Argument(command, "file", "FILE");
        _note = Text(command, "--note", "FILE");
        _key = Text(command, "--key", "VKEY|FILE", required: true);
        _sm2 = Text(command, "--sm2-key", "VKEY|FILE");
    }

    /// <summary>The store's statements of rotated keys, when the user names it.</summary>
    private static IReadOnlyList<SignedNote> Rotations(CommandContext context)
    {
        if (context.Parsed.GetValue(context.Tree.Store) is null)
        {
            return [];
        }

        using var vault = Vault.OpenReadOnly(new LocalDisk(context.Store), context.World.Time);
        return KeyHistory.Read(vault.Rotations());
    }
}
