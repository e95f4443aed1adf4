using System.CommandLine;
using Lantai.Cli.Arguments;
using Lantai.Inspection;
using Lantai.Words;

namespace Lantai.Cli.Commands.Inspections;

/// <summary>The medium that packages came on, as the user describes it and as it is read.</summary>
internal static class MediumChoice
{
    private static readonly string[] PackageFiles = [".zip", ".tar", ".tgz", ".gz", ".zst", ".xml", ".eep"];

    /// <summary>The words for <c>--medium-kind</c>.</summary>
    public static string Kinds => string.Join('|', MediumReading.Kinds);

    /// <summary>Whether packages came on a medium that the user describes.</summary>
    /// <exception cref="WrongUseException">Only one of number and kind was given, or the kind is none.</exception>
    public static bool IsGiven(CommandContext context, Option<string?> number, Option<string?> kind)
    {
        var (said, what) = (context.Value(number), context.Value(kind));
        return string.IsNullOrWhiteSpace(said) != (what is null) ? throw new WrongUseException("usage.medium")
            : what is null || MediumReading.Kinds.Contains(what, StringComparer.Ordinal) ? what is not null
            : throw new WrongUseException("usage.choice", ("option", kind.Name), ("text", what), ("choices", string.Join(", ", MediumReading.Kinds)));
    }

    /// <summary>Reads the medium whose packages were named: they lie in one folder of it.</summary>
    /// <exception cref="WrongUseException">They lie in several.</exception>
    public static MediumFacts? Read(CommandContext context, Option<string?> number, Option<string?> kind, IEnumerable<string> packages)
    {
        if (!IsGiven(context, number, kind))
        {
            return null;
        }

        List<string> paths = [.. packages.Select(p => Path.TrimEndingDirectorySeparator(Path.GetFullPath(context.PathOf(p))))];
        var names = paths.Select(p => EntryName.OfText(Path.GetFileName(p))).ToHashSet();
        return paths.Select(Path.GetDirectoryName).Distinct(StringComparer.Ordinal).ToList() is [{ } folder] ? Read(context, number, kind, folder, names.Contains)
            : throw new WrongUseException("usage.medium.folder");
    }

    /// <summary>Reads the medium all of whose folders and container files in one folder are packages; hidden files and others are not.</summary>
    public static MediumFacts? ReadAll(CommandContext context, Option<string?> number, Option<string?> kind, string folder) =>
        IsGiven(context, number, kind) ? Read(context, number, kind, folder, name => IsPackage(folder, name.Display)) : null;

    private static MediumFacts Read(CommandContext context, Option<string?> number, Option<string?> kind, string folder, Func<EntryName, bool> isPackage) =>
        MediumReading.Read(context.Value(number)!, context.Value(kind)!, folder, isPackage, context.World.Time, context.Stop);

    private static bool IsPackage(string folder, string name) =>
        !name.StartsWith('.') && (PackageFiles.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase) || !File.Exists(Path.Combine(folder, name)));
}
