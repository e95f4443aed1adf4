using System.CommandLine;
using Lantai.Administration;
using Lantai.Characterization.Identification;
using Lantai.Cli.Arguments;
using Lantai.Words;

namespace Lantai.Cli.Commands.Formats;

/// <summary>Where a command that needs no store finds the formats: signature files that were named, a store, or what is built in.</summary>
internal static class FormatSource
{
    /// <summary>The registry that was meant.</summary>
    /// <param name="context">The command.</param>
    /// <param name="signatures">Signature files that were named.</param>
    /// <exception cref="WrongUseException">A named file is not there or is none.</exception>
    public static FormatRegistry Open(CommandContext context, string[] signatures)
    {
        if (signatures.Length > 0)
        {
            return Import(context, [.. signatures.Select(context.PathOf)]);
        }

        if ((context.Parsed.GetValue(context.Tree.Store) ?? context.World.Variables("LANTAI_STORE")) is not { Length: > 0 })
        {
            return FormatRegistry.BuiltIn;
        }

        using var repository = Repository.OpenReadOnly(new RepositorySettings(context.Store, context.Keys, null, context.Actor, context.World.Time));
        return Told(context, repository);
    }

    /// <summary>The registry of the open store. What is wrong with imported files is told, not as an error: the built-in registry takes their place.</summary>
    public static FormatRegistry Of(CommandContext context) => Told(context, context.Repository);

    private static FormatRegistry Told(CommandContext context, Repository repository)
    {
        var registry = repository.Formats;
        context.Report.Tell(repository.FormatFindings.Select(f => f with { Severity = f.Severity == Severity.Error ? Severity.Warning : f.Severity }));
        return registry;
    }

    private static FormatRegistry Import(CommandContext context, string[] paths)
    {
        if (paths.FirstOrDefault(p => !File.Exists(p)) is { } missing)
        {
            throw new WrongUseException("usage.path", ("path", missing));
        }

        // The same files were compiled before, as a rule: a start takes milliseconds then.
        var contents = paths.Select(p => (Name: Path.GetFileName(p), Bytes: File.ReadAllBytes(p))).ToList();
        var key = Digest.Of(contents.SelectMany(c => Digest.Of(c.Bytes).ToString()).Select(c => (byte)c).ToArray());
        var cache = Path.Combine(CacheFolder(context.World), $"formats-{key.ToString()[..16]}.compiled");
        if (CompiledFormats.Read(cache) is { } known)
        {
            return known;
        }

        var findings = new List<Finding>();
        var registry = FormatRegistry.TryImport([.. contents.Select(c => (c.Name, (Stream)new MemoryStream(c.Bytes)))], findings);
        context.Report.Tell(findings);
        if (registry is null)
        {
            throw new WrongUseException("usage.signatures", ("path", paths[0]));
        }

        CompiledFormats.Write(registry, cache);
        return registry;
    }

    private static string CacheFolder(World world) => world.Variables("XDG_CACHE_HOME") is { Length: > 0 } given && Path.IsPathRooted(given)
        ? Path.Combine(given, "lantai")
        : Path.Combine(world.Variables("HOME") ?? "/", ".cache", "lantai");
}
