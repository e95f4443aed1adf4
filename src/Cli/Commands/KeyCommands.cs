using System.CommandLine;
using System.Text;
using Lantai.Administration;
using Lantai.ArchivalStorage;
using Lantai.Cli.Arguments;
using Lantai.Evidence;
using Lantai.StoreFormat;

namespace Lantai.Cli.Commands;

/// <summary>Shows the public verifier key.</summary>
internal sealed class KeyShowCommand : CliCommand
{
    private Option<string?> _out = null!;
    private Option<bool> _sm2 = null!;

    public override string Name => "key show";

    public override StoreUse Use => StoreUse.None;

    public override Task<int> RunAsync(CommandContext context)
    {
        _ = Vault.ReadDescriptor(new LocalDisk(context.Store));
        var isSm2 = context.Has(_sm2);
        if (isSm2 && !File.Exists(Path.Combine(context.Store, StoreLayout.Sm2VerifierKey)))
        {
            context.Report.Say("key.sm2.none"); // an answer, and no damage: whether one should be there is the ledger's to say
            return Task.FromResult(1);
        }

        if ((isSm2 ? StatedKeys.Sm2(context.Store)?.ToString() : StatedKeys.Log(context.Store)?.ToString()) is not { } key)
        {
            context.Report.Tell(Words.Finding.Error(Codes.VerifierKeyBad, isSm2 ? StoreLayout.Sm2VerifierKey : StoreLayout.VerifierKey));
            return Task.FromResult(1);
        }

        if (context.Value(_out) is { Length: > 0 } said)
        {
            var path = context.PathOf(said);
            ReceiptFile.Write(path, Encoding.UTF8.GetBytes(key + "\n"));
            context.Report.Say("key.written", ("path", path));
            context.Report.Set("path", path);
        }
        else
        {
            context.Report.Write(key);
            context.Report.Remark("key.paper");
        }

        context.Report.Set("key", key);
        return Task.FromResult(context.Verdict);
    }

    protected override void Declare(Command command)
    {
        _out = Text(command, "--out", "FILE");
        _sm2 = Flag(command, "--sm2");
    }
}

/// <summary>Writes a copy of the secret key for safe keeping.</summary>
internal sealed class KeyExportCommand : CliCommand
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private Option<string?> _out = null!;
    private Option<bool> _sm2 = null!;

    public override string Name => "key export";

    public override StoreUse Use => StoreUse.None;

    public override Task<int> RunAsync(CommandContext context)
    {
        var keys = new KeyStore(context.Keys);
        var store = Vault.ReadDescriptor(new LocalDisk(context.Store)).Store;
        var from = context.Has(_sm2) ? keys.PathOfSm2(store) : keys.PathOf(store);
        if (!File.Exists(from))
        {
            throw new StorageException(StorageProblem.KeyMissing, from);
        }

        var bytes = File.ReadAllBytes(from);
        if (context.Value(_out) is not { Length: > 0 } said)
        {
            context.Report.Write(Encoding.UTF8.GetString(bytes).TrimEnd('\n'));
            context.Report.Set("secretKey", Encoding.UTF8.GetString(bytes));
            return Task.FromResult(0);
        }

        var path = context.PathOf(said);
        if (path.StartsWith(context.Store + "/", StringComparison.Ordinal))
        {
            throw new WrongUseException("usage.key.inside", ("path", path));
        }

        using (var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }))
        {
            file.Write(bytes);
        }

        context.Report.Say("key.exported", ("path", path));
        context.Report.Set("path", path);
        return Task.FromResult(0);
    }

    protected override void Declare(Command command)
    {
        _out = Text(command, "--out", "FILE");
        _sm2 = Flag(command, "--sm2");
    }
}

/// <summary>Replaces the signing key by a new one that the old one vouches for.</summary>
internal sealed class KeyRotateCommand : CliCommand
{
    private Option<bool> _passphrase = null!;

    public override string Name => "key rotate";

    // Afterwards the open repository can append nothing: nobody must be using it.
    public override StoreUse Use => StoreUse.Alone;

    public override Task<int> RunAsync(CommandContext context)
    {
        var isLocked = context.Has(_passphrase) || Passphrase.IsNeeded(context.Store, context.Keys);
        var key = context.Repository.RotateKey(isLocked ? Passphrase.New(context.World, context.Report.Speech) : null, context.Actor);
        context.Report.Say("key.rotated");
        context.Report.Say("init.key", ("key", key));
        context.Report.Set("key", key.ToString());
        return Task.FromResult(context.Verdict);
    }

    protected override void Declare(Command command) => _passphrase = Flag(command, "--passphrase");
}

/// <summary>Makes a key of SM2 that signs checkpoints too, or puts a new one in its place.</summary>
internal sealed class KeySm2Command : CliCommand
{
    public override string Name => "key sm2";

    public override Task<int> RunAsync(CommandContext context)
    {
        var key = context.Repository.AddSm2Key(context.Actor);
        context.Report.Say("key.sm2");
        context.Report.Say("init.sm2", ("key", key));
        context.Report.Set("sm2Key", key.ToString());
        return Task.FromResult(context.Verdict);
    }

    protected override void Declare(Command command)
    {
        // It asks for nothing: the log key's folder and lock are its own.
    }
}
