using System.CommandLine;
using Lantai.Characterization.Identification;
using Lantai.Cli.Arguments;
using Lantai.Ingest;
using Lantai.Words;

namespace Lantai.Cli.Commands.Formats;

/// <summary>
/// Imports PRONOM's signature files into the store, where they are kept as a package like any other: what told a format is
/// preserved with what was told.
/// </summary>
internal sealed class FormatsImportCommand : CliCommand
{
    private Argument<string[]> _files = null!;

    public override string Name => "formats import";

    public override async Task<int> RunAsync(CommandContext context)
    {
        var paths = (context.Parsed.GetValue(_files) ?? []).Select(context.PathOf).ToList();
        if (paths.Count == 0)
        {
            throw new WrongUseException("usage.missing", ("argument", "FILE"));
        }

        if (paths.FirstOrDefault(p => !File.Exists(p)) is { } missing)
        {
            throw new WrongUseException("usage.path", ("path", missing));
        }

        var findings = new List<Finding>();
        var registry = FormatRegistry.TryImport([.. paths.Select(p => (Path.GetFileName(p), (Stream)new MemoryStream(File.ReadAllBytes(p))))], findings);
        context.Report.Tell(findings);
        if (registry is null)
        {
            return 1; // nothing was kept, and the findings say why
        }

        return Tell(context, registry, await KeepAsync(context, paths));
    }

    protected override void Declare(Command command) => _files = Arguments(command, "files", "FILE…");

    private static async Task<IngestOutcome> KeepAsync(CommandContext context, List<string> paths)
    {
        var folder = Directory.CreateTempSubdirectory("lantai-formats-").FullName;
        try
        {
            foreach (var path in paths)
            {
                File.Copy(path, Path.Combine(folder, Path.GetFileName(path)));
            }

            return await context.Repository.ImportFormatsAsync(folder, context.Actor, context.Stop);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int Tell(CommandContext context, FormatRegistry registry, IngestOutcome outcome)
    {
        context.Report.Tell(outcome.Findings);
        if (outcome is IngestOutcome.Kept kept)
        {
            registry = context.Repository.Formats; // compiled here and now, so that the next command need not
            context.Report.Say(kept.WasHeld ? "formats.held" : "formats.imported", ("registry", registry.Source), ("count", registry.Formats.Count), ("aip", $"{kept.Aip:D}@{kept.Version}"));
            context.Report.Set("aip", kept.Aip.ToString("D"));
            context.Report.Set("version", kept.Version);
            context.Report.Set("registry", registry.Source);
            context.Report.Set("formats", registry.Formats.Count);
        }

        return context.Verdict;
    }
}
