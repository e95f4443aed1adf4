using System.CommandLine;
using Lantai.Characterization.Policy;
using Lantai.Cli.Arguments;
using Lantai.Cli.Commands.Registers;
using Lantai.Cli.Output;

namespace Lantai.Cli.Commands.Inspections;

/// <summary>Writes the kit of a source system, so that its packages can be inspected before they are sent.</summary>
internal sealed class InspectKitExportCommand : CliCommand
{
    private Argument<string?> _file = null!;
    private Option<string?> _source = null!;
    private Option<string[]> _policy = null!;

    public override string Name => "inspect kit export";

    public override Task<int> RunAsync(CommandContext context)
    {
        var (path, source) = (context.PathOf(context.Parsed.GetValue(_file)!), context.Value(_source)!);
        var policies = (context.Parsed.GetValue(_policy) ?? []).Select(p => Policy(context, p)).ToList();
        if (policies.Contains(null))
        {
            return Task.FromResult(1);
        }

        var unfinished = path + ".part";
        try
        {
            long? documents;
            using (var target = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                documents = context.Repository.WriteKit(source, [.. policies.OfType<string>()], target, context.Stop);
            }

            if (documents is not { } count)
            {
                throw RegisterAnswer.Unknown(source);
            }

            File.Move(unfinished, path, overwrite: true);
            context.Report.Say("inspect.kit.written", ("path", path), ("source", source), ("documents", Amounts.Count(count)), ("key", context.Repository.SigningKey));
            SecrecyStatement.Say(context, context.Repository.Records.PolicyFor(null));
            context.Report.Set("file", path);
            context.Report.Set("source", source);
            context.Report.Set("documents", count);
            return Task.FromResult(context.Verdict);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    protected override void Declare(Command command)
    {
        _file = Argument(command, "file", "FILE");
        _source = Text(command, "--source", "ID", required: true);
        _policy = Texts(command, "--policy", "FILE…");
    }

    /// <summary>The text of a policy file that can be read as one; null when it cannot, which is told.</summary>
    private static string? Policy(CommandContext context, string said)
    {
        string? text = null;
        return FileText.Read<FormatPolicy>(context, said, Read) is null ? null : text;

        FormatPolicy? Read(ReadOnlySpan<byte> bytes, string name, ICollection<Words.Finding> findings)
        {
            text = System.Text.Encoding.UTF8.GetString(bytes);
            return FormatPolicy.TryRead(bytes, name, findings);
        }
    }
}
