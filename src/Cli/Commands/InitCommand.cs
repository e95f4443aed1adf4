using System.CommandLine;
using Lantai.Administration;
using Lantai.Cli.Arguments;
using Lantai.StoreFormat;

namespace Lantai.Cli.Commands;

/// <summary>Makes a store and its key.</summary>
internal sealed class InitCommand : CliCommand
{
    private Argument<string?> _folder = null!;
    private Option<string?> _packSize = null!;
    private Option<string?> _largeFrom = null!;
    private Option<string?> _segmentSize = null!;
    private Option<bool> _passphrase = null!;
    private Option<string?> _digests = null!;
    private Option<bool> _sm2 = null!;
    private Option<string?> _records = null!;

    public override string Name => "init";

    public override StoreUse Use => StoreUse.None;

    public override Task<int> RunAsync(CommandContext context)
    {
        var root = context.Parsed.GetValue(_folder) is { Length: > 0 } folder ? Path.TrimEndingDirectorySeparator(context.PathOf(folder)) : context.Store;
        var passphrase = context.Has(_passphrase) ? Passphrase.New(context.World, context.Report.Speech) : null;
        var sizes = (
            Size(context, _packSize, StoreDescriptor.DefaultPackSize),
            Size(context, _largeFrom, StoreDescriptor.DefaultLargeFrom),
            Size(context, _segmentSize, StoreDescriptor.DefaultSegmentSize));
        var national = (FurtherDigests.AreAsked(context.Value(_digests)), context.Has(_sm2));
        var settings = new RepositorySettings(root, context.Keys, passphrase, context.Actor, context.World.Time);
        if (RepositoryCreation.Create(settings, sizes, SpecificationCopies.Read(), out var why, national, Records(context)) is not { } key)
        {
            context.Report.Trouble("refused", why!);
            return Task.FromResult(2);
        }

        context.Report.Say("init.done", ("store", root), ("keys", context.Keys));
        context.Report.Say("init.key", ("key", key));
        context.Report.Set("store", root);
        context.Report.Set("keys", context.Keys);
        context.Report.Set("key", key.ToString());
        if (Records(context) is { } records)
        {
            context.Report.Say("init.records", ("records", records));
            SecrecyStatement.Say(context, RecordsManagement.PolicyValues.National);
            context.Report.Set("records", records);
        }

        if (StatedKeys.Sm2(root) is { } sm2)
        {
            context.Report.Say("init.sm2", ("key", sm2));
            context.Report.Set("sm2Key", sm2.ToString());
        }

        return Task.FromResult(0);
    }

    protected override void Declare(Command command)
    {
        _folder = Argument(command, "folder", "DIR", required: false);
        _packSize = Text(command, "--pack-size", "N");
        _largeFrom = Text(command, "--large-from", "N");
        _segmentSize = Text(command, "--segment-size", "N");
        _passphrase = Flag(command, "--passphrase");
        _digests = Text(command, "--digests", FurtherDigests.Choices);
        _sm2 = Flag(command, "--sm2");
        _records = Text(command, "--records", StoreDescriptor.ChineseRecords);
    }

    private string? Records(CommandContext context) => context.Value(_records) switch
    {
        null => null,
        StoreDescriptor.ChineseRecords => StoreDescriptor.ChineseRecords,
        var other => throw new WrongUseException("usage.choice", ("option", "--records"), ("text", other), ("choices", StoreDescriptor.ChineseRecords)),
    };

    private static long Size(CommandContext context, Option<string?> option, long otherwise) =>
        context.Value(option) is { } said ? Quantities.Bytes(said, option.Name) : otherwise;
}
