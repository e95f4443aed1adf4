using System.CommandLine;
using Lantai.ArchivalStorage;
using Lantai.Cli.Arguments;
using Lantai.Cli.Output;
using Lantai.Evidence;

namespace Lantai.Cli.Commands;

/// <summary>Checks ledger, signatures, events and manifests; reads only and needs no lock.</summary>
internal sealed class VerifyCommand : CliCommand
{
    private Option<string?> _checkpoint = null!;
    private Option<string?> _key = null!;
    private Option<string?> _sm2Key = null!;
    private Option<bool> _deep = null!;

    public override string Name => "verify";

    public override StoreUse Use => StoreUse.None;

    public override Task<int> RunAsync(CommandContext context)
    {
        var request = new VerificationRequest(context.KeyFrom(_key), Checkpoint(context)) { Deep = context.Has(_deep), ExpectedSm2 = context.Sm2KeyFrom(_sm2Key) };
        var done = StoreVerification.Run(
            new LocalDisk(context.Store), context.World.Time, request,
            (step, count) => context.Report.Progress.Report(count, 0, null, null, null, context.Report.Speech.Say("verify.step." + step)), context.Stop);
        context.Report.Tell(done.Findings);
        context.Report.Say(
            done.IsClean ? "verify.clean" : "verify.bad", ("leaves", Amounts.Count(done.Leaves)), ("manifests", Amounts.Count(done.Manifests)), ("entries", Amounts.Count(done.Entries)));
        if (done.SignedBy is { } key)
        {
            context.Report.Say(request.Expected is null ? "verify.self" : "verify.signed", ("key", key));
        }

        if (done.SignedBySm2 is { } sm2)
        {
            context.Report.Say(request.ExpectedSm2 is null ? "verify.sm2.self" : "verify.sm2", ("key", sm2));
        }

        context.Report.Set("leaves", done.Leaves);
        context.Report.Set("events", done.Events);
        context.Report.Set("manifests", done.Manifests);
        context.Report.Set("entries", done.Entries);
        context.Report.Set("signedBy", done.SignedBy);
        context.Report.Set("signedBySm2", done.SignedBySm2);
        return Task.FromResult(context.Verdict);
    }

    protected override void Declare(Command command)
    {
        _checkpoint = Text(command, "--checkpoint", "FILE");
        _key = Text(command, "--key", "VKEY|FILE");
        _sm2Key = Text(command, "--sm2-key", "VKEY|FILE");
        _deep = Flag(command, "--deep");
    }

    private SignedNote? Checkpoint(CommandContext context)
    {
        if (context.Value(_checkpoint) is not { Length: > 0 } said)
        {
            return null;
        }

        var file = context.PathOf(said);
        return File.Exists(file) && new FileInfo(file).Length <= SignedNote.MaxLength && SignedNote.TryParse(File.ReadAllBytes(file), out var note)
            ? note
            : throw new WrongUseException("usage.checkpoint", ("path", file));
    }
}
