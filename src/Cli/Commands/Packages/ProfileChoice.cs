using System.CommandLine;
using Lantai.Cli.Arguments;
using Lantai.InformationPackages;

namespace Lantai.Cli.Commands.Packages;

/// <summary>The profile that somebody named, with the rule of codes that goes with it.</summary>
internal static class ProfileChoice
{
    /// <summary>A profile of any kind.</summary>
    /// <exception cref="WrongUseException">There is no such profile, or the rule is none.</exception>
    public static PackageProfile Any(CommandContext context, Option<string?> profile, Option<string?> rule)
    {
        var said = context.Value(profile)!;
        var found = PackageProfiles.Find(said) ?? throw Wrong(profile, said, PackageProfiles.All);
        return context.Value(rule) is { } pattern ? Case(context, profile, rule, pattern) : found;
    }

    /// <summary>A profile of case packages.</summary>
    /// <exception cref="WrongUseException">There is no such profile, or the rule is none.</exception>
    public static CaseProfile Case(CommandContext context, Option<string?> profile, Option<string?> rule) =>
        Case(context, profile, rule, context.Value(rule));

    private static CaseProfile Case(CommandContext context, Option<string?> profile, Option<string?> rule, string? pattern)
    {
        var said = context.Value(profile)!;
        if (PackageProfiles.Find(said) is not CaseProfile found)
        {
            throw Wrong(profile, said, PackageProfiles.All.OfType<CaseProfile>());
        }

        if (pattern is null)
        {
            return found;
        }

        try
        {
            return found.With(new RecordCodeRule(pattern));
        }
        catch (ArgumentException)
        {
            throw new WrongUseException("usage.code-rule", ("option", rule.Name), ("text", pattern));
        }
    }

    private static WrongUseException Wrong(Option<string?> option, string said, IEnumerable<PackageProfile> choices) =>
        new("usage.choice", ("option", option.Name), ("text", said), ("choices", string.Join(", ", choices.Select(p => p.Name))));
}
