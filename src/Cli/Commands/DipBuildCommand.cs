using System.CommandLine;
using Lantai.Access;
using Lantai.ArchivalStorage;
using Lantai.Cli.Arguments;
using Lantai.Cli.Output;
using Lantai.StoreFormat;

namespace Lantai.Cli.Commands;

/// <summary>Builds a package for a reader, with the proof inside.</summary>
internal sealed class DipBuildCommand : CliCommand
{
    private Argument<string?> _aip = null!;
    private Option<string?> _out = null!;
    private Option<string?> _form = null!;
    private Option<string?> _version = null!;
    private Option<string[]> _file = null!;
    private Option<string?> _reason = null!;
    private Option<bool> _all = null!;
    private Option<bool> _noProof = null!;

    public override string Name => "dip build";

    public override async Task<int> RunAsync(CommandContext context)
    {
        var (repository, report) = (context.Repository, context.Report);
        var form = Form(context);
        var target = context.PathOf(context.Value(_out)!);
        if (context.Has(_all))
        {
            return await RestoreAsync(context, form, target);
        }

        if (context.Has(_noProof))
        {
            throw new WrongUseException("usage.noproof");
        }

        if (repository.Find(Reference(context), out var why) is not { } version)
        {
            report.Trouble("reference", why!);
            return 2;
        }

        var (copy, reason) = (EvidenceCopy.Find(context, version), context.Value(_reason));
        if (copy is { IsControlled: true } && string.IsNullOrWhiteSpace(reason))
        {
            throw new WrongUseException("usage.controlled", ("case", copy.Case.Name), ("classification", copy.Description?.Classification ?? "?"));
        }

        var request = new DisseminationRequest(
            version.Manifest, repository.EvidenceOf(version.Sequence), repository.Vault.Descriptor.Origin, form, context.Parsed.GetValue(_file) ?? [], target)
        {
            Certificate = repository.SigningKey is null ? null : copy?.Certificate(context, reason),
        };
        report.Progress.Start();
        var done = await new Dissemination(new VaultHoldings(repository.Vault), context.World.Time).MakeAsync(
            request, (files, bytes) => report.Progress.Report(files, bytes, version.Files, version.Bytes, null, ""), context.Stop);
        report.Tell(done.Findings);
        if (!done.IsMade)
        {
            report.Say("package.none");
            return 1;
        }

        // A package that has left and is not in the ledger would be the lesser evil; the other way round it would be a lie.
        var body = new JsonMap().Set("form", FormText(form)).Set("files", done.Files).Set("certificate", done.CertificateCode).Set("reason", reason);
        _ = repository.Vault.Append(
            new EventDraft(EventTypes.Dissemination, version.Aip.ToString("D"))
            {
                Aip = version.Aip, Version = version.Version, Manifest = version.Manifest, Body = body,
                Counts = new Dictionary<string, long> { ["files"] = done.Files, ["folders"] = done.Folders, ["bytes"] = done.Bytes },
            },
            context.Actor);
        repository.Vault.Publish();
        report.Say("package.made", ("path", done.Path), ("aip", version.Aip), ("version", version.Version), ("files", Amounts.Count(done.Files)), ("bytes", Amounts.Bytes(done.Bytes)));
        report.Say(done.Scope == ProofScope.Complete ? "package.complete" : "package.partial");
        if (done.CertificateCode is { } code)
        {
            report.Say("package.certified", ("code", code), ("reference", copy!.Case.As!.ReferenceCode));
        }

        report.Set("certificate", done.CertificateCode);
        report.Set("path", done.Path);
        report.Set("aip", version.Aip.ToString("D"));
        report.Set("version", version.Version);
        report.Set("scope", done.Scope == ProofScope.Complete ? "complete" : "partial");
        report.Set("files", done.Files);
        report.Set("bytes", done.Bytes);
        return context.Verdict;
    }

    private Task<int> RestoreAsync(CommandContext context, DisseminationForm form, string target) =>
        form != DisseminationForm.Folder || context.Parsed.GetValue(_aip) is not null || context.Value(_version) is not null || context.Parsed.GetValue(_file) is { Length: > 0 }
            ? throw new WrongUseException("usage.all")
            : new RestoreAll(context, target, withProof: !context.Has(_noProof)).RunAsync();

    protected override void Declare(Command command)
    {
        _aip = Argument(command, "aip", "AIP[@N]", required: false);
        _out = Text(command, "--out", "PATH", required: true);
        _form = Text(command, "--form", "folder|zip|bagit");
        _version = Text(command, "--version", "N");
        _file = Texts(command, "--file", "GLOB…");
        _reason = Text(command, "--reason", "TEXT");
        _all = Flag(command, "--all");
        _noProof = Flag(command, "--no-proof");
    }

    private string Reference(CommandContext context)
    {
        var said = context.Parsed.GetValue(_aip) ?? throw new WrongUseException("usage.missing", ("argument", "AIP[@N]"));
        return context.Value(_version) is { } number
            ? said + "@" + Quantities.Whole(number, "--version", 1, long.MaxValue).ToString(System.Globalization.CultureInfo.InvariantCulture)
            : said;
    }

    private DisseminationForm Form(CommandContext context) => context.Value(_form) switch
    {
        null or "folder" => DisseminationForm.Folder,
        "zip" => DisseminationForm.Zip,
        "bagit" => DisseminationForm.Bag,
        var other => throw new WrongUseException("usage.choice", ("option", "--form"), ("text", other), ("choices", "folder, zip, bagit")),
    };

    private static string FormText(DisseminationForm form) => form switch
    {
        DisseminationForm.Zip => "zip",
        DisseminationForm.Bag => "bagit",
        _ => "folder",
    };
}
