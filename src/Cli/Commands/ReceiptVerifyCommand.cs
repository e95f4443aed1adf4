using System.CommandLine;
using Lantai.ArchivalStorage;
using Lantai.Cli.Arguments;
using Lantai.Cli.Output;
using Lantai.Evidence;
using Lantai.StoreFormat;

namespace Lantai.Cli.Commands;

/// <summary>Checks a receipt without any store.</summary>
internal sealed class ReceiptVerifyCommand : CliCommand
{
    private Argument<string?> _file = null!;
    private Option<string?> _key = null!;

    public override string Name => "receipt verify";

    public override StoreUse Use => StoreUse.None;

    public override Task<int> RunAsync(CommandContext context)
    {
        var path = context.PathOf(context.Parsed.GetValue(_file)!);
        if (!File.Exists(path))
        {
            throw new WrongUseException("usage.path", ("path", path));
        }

        var (report, key) = (context.Report, context.KeyFrom(_key));
        var bytes = new FileInfo(path).Length <= SignedNote.MaxLength ? File.ReadAllBytes(path) : [];
        report.Tell(Receipt.Verify(bytes, key, Rotations(context), path));
        report.Say(report.HasErrors ? "receipt.bad" : key is null ? "receipt.self" : "receipt.good", ("path", path));
        if (SignedNote.TryParse(bytes, out var note) && Receipt.TryRead(note.Text, out var receipt))
        {
            report.Say(
                "receipt.what", ("source", receipt.Source), ("submission", receipt.Submission), ("aip", receipt.Aip), ("version", receipt.Version),
                ("time", Amounts.Time(receipt.Accepted)), ("files", Amounts.Count(receipt.Counts["files"])), ("bytes", Amounts.Bytes(receipt.Counts["bytes"])));
            report.Set("source", receipt.Source);
            report.Set("submission", receipt.Submission);
            report.Set("aip", receipt.Aip.ToString("D"));
            report.Set("version", receipt.Version);
            report.Set("accepted", StoreTime.Write(receipt.Accepted));
        }

        report.Set("good", !report.HasErrors);
        report.Set("keyFromOutside", key is not null);
        return Task.FromResult(context.Verdict);
    }

    /// <summary>The store's statements of rotated keys, when the user names it: they lead from an older key to the one that signed.</summary>
    private static IReadOnlyList<SignedNote> Rotations(CommandContext context)
    {
        if (context.Parsed.GetValue(context.Tree.Store) is null)
        {
            return [];
        }

        using var vault = Vault.OpenReadOnly(new LocalDisk(context.Store), context.World.Time);
        return KeyHistory.Read(vault.Rotations());
    }

    protected override void Declare(Command command)
    {
        _file = Argument(command, "file", "FILE");
        _key = Text(command, "--key", "VKEY|FILE");
    }
}
