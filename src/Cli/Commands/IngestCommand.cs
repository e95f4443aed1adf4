using System.CommandLine;
using System.Globalization;
using System.Text;
using Lantai.Characterization;
using Lantai.Cli.Arguments;
using Lantai.Cli.Commands.Formats;
using Lantai.Ingest;
using Lantai.InformationPackages;

namespace Lantai.Cli.Commands;

/// <summary>Takes submissions in, one or a whole folder of them.</summary>
internal sealed class IngestCommand : CliCommand
{
    private Argument<string[]> _paths = null!;
    private Option<string?> _batch = null!;
    private Option<string?> _source = null!;
    private Option<string?> _id = null!;
    private Option<string?> _retention = null!;
    private Option<string?> _completed = null!;
    private Option<string?> _receipts = null!;
    private Option<string?> _container = null!;
    private Option<string?> _limit = null!;
    private Option<string?> _names = null!;
    private Option<string?> _characterize = null!;
    private Option<string?> _outside = null!;
    private Option<string[]> _policy = null!;
    private Option<string?> _digests = null!;

    public override string Name => "ingest";

    public override async Task<int> RunAsync(CommandContext context)
    {
        var requests = Requests(context);
        var receipts = context.Value(_receipts) is { Length: > 0 } folder ? context.PathOf(folder) : null;
        var batch = new IngestBatch(context, requests, receipts);
        context.Report.DisposeAtEnd(batch); // its answers are read while the report is written
        return await batch.RunAsync();
    }

    protected override void Declare(Command command)
    {
        _paths = Arguments(command, "paths", "PATH…");
        _batch = Text(command, "--batch", "DIR");
        _source = Text(command, "--source", "S");
        _id = Text(command, "--id", "ID");
        _retention = Text(command, "--retention", "Y|D30|D10");
        _completed = Text(command, "--completed", "YYYY-MM-DD");
        _receipts = Text(command, "--receipts", "DIR");
        _container = Text(command, "--container", "zip|tar|tar.gz|tar.zst|gz|zst|folder|file");
        _limit = Text(command, "--limit", "NAME=N,…");
        _names = Text(command, "--names", "ENCODING");
        _characterize = Text(command, "--characterize", "full|identify|none");
        _outside = Text(command, "--outside-tools", "always|doubt|never");
        _policy = Texts(command, "--policy", "FILE…");
        _digests = Text(command, "--digests", FurtherDigests.Choices);
    }

    private IReadOnlyList<IngestRequest> Requests(CommandContext context)
    {
        var paths = context.Parsed.GetValue(_paths) ?? [];
        var batch = context.Value(_batch);
        var id = context.Value(_id);
        if ((paths.Length == 0) == (batch is null))
        {
            throw new WrongUseException("usage.ingest.what");
        }

        if (id is not null && (batch is not null || paths.Length != 1))
        {
            throw new WrongUseException("usage.ingest.id");
        }

        var (form, names, retention) = (Form(context), Names(context), Retention(context));
        var isBagDemanded = form is SubmissionForm.Auto or SubmissionForm.Folder;
        var limits = LimitList.Read(context.Value(_limit), "--limit");
        var plan = Plan(context) is { } some ? PolicyOverlays.For(context, some, context.Parsed.GetValue(_policy)) : null;
        var source = context.Value(_source) is { Length: > 0 } said ? said : "local";
        var withSm3 = FurtherDigests.AreAsked(context.Value(_digests));
        if (batch is null)
        {
            return [.. paths.Select(path => Request(Existing(context, path), null))];
        }

        var folder = context.PathOf(batch);
        return new BatchRequests(Children(context, batch), child => Request(folder, child));

        IngestRequest Request(string path, Words.EntryName? child) =>
            new(new SubmissionSource(path, form, limits, names, child, isBagDemanded), source, id, retention) { Characterization = plan, WithSm3 = withSm3 };
    }

    private static IReadOnlyList<Words.EntryName> Children(CommandContext context, string batch)
    {
        var folder = context.PathOf(batch);
        if (!Directory.Exists(folder))
        {
            throw new WrongUseException("usage.folder", ("path", folder));
        }

        var children = ByteFolder.Children(folder);
        return children.Count > 0 ? children : throw new WrongUseException("usage.ingest.empty", ("path", folder));
    }

    private static string Existing(CommandContext context, string path)
    {
        var full = context.PathOf(path);
        return Path.Exists(full) ? full : throw new WrongUseException("usage.path", ("path", full));
    }

    private SubmissionForm Form(CommandContext context) => context.Value(_container) switch
    {
        null => SubmissionForm.Auto,
        "zip" => SubmissionForm.Zip,
        "tar" => SubmissionForm.Tar,
        "tar.gz" => SubmissionForm.TarGzip,
        "tar.zst" => SubmissionForm.TarZstd,
        "gz" => SubmissionForm.Gzip,
        "zst" => SubmissionForm.Zstd,
        "folder" => SubmissionForm.Folder,
        "file" => SubmissionForm.File,
        var other => throw new WrongUseException("usage.choice", ("option", "--container"), ("text", other), ("choices", "zip, tar, tar.gz, tar.zst, gz, zst, folder, file")),
    };

    private CharacterizationPlan? Plan(CommandContext context) => context.Value(_characterize) switch
    {
        null or "full" => OutsideTools.For(new CharacterizationPlan(FormatSource.Of(context), CharacterizationDepth.Full), context.Value(_outside)),
        "identify" => new CharacterizationPlan(FormatSource.Of(context), CharacterizationDepth.Identify),
        "none" => null,
        var other => throw new WrongUseException("usage.choice", ("option", "--characterize"), ("text", other), ("choices", "full, identify, none")),
    };

    private Encoding? Names(CommandContext context)
    {
        if (context.Value(_names) is not { Length: > 0 } said)
        {
            return null;
        }

        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(said) ?? Encoding.GetEncoding(said);
        }
        catch (ArgumentException)
        {
            throw new WrongUseException("usage.encoding", ("text", said));
        }
    }

    private RetentionDecision? Retention(CommandContext context)
    {
        var (code, completed) = (context.Value(_retention), context.Value(_completed));
        if (code is null && completed is null)
        {
            return null;
        }

        if (code is null || completed is null || !RetentionDecision.TryParse(code, completed, out var decision))
        {
            throw new WrongUseException("usage.retention");
        }

        return decision!.Completed > DateOnly.FromDateTime(context.World.Time.GetUtcNow().UtcDateTime.AddDays(1))
            ? throw new WrongUseException("usage.future", ("date", decision.Completed.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)))
            : decision;
    }
}
