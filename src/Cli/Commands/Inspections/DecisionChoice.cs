using System.CommandLine;
using System.Security.Cryptography;
using Lantai.Cli.Arguments;
using Lantai.Cli.Commands.Registers;
using Lantai.Inspection;
using Lantai.Words;

namespace Lantai.Cli.Commands.Inspections;

/// <summary>What a person decides of an open item, as commands take it: one way for all of them.</summary>
internal static class DecisionChoice
{
    private static readonly Dictionary<string, RuleVerdict> Verdicts =
        new[] { RuleVerdict.Passed, RuleVerdict.Failed, RuleVerdict.Warning, RuleVerdict.NotApplicable }.ToDictionary(InspectionCodes.Of);

    /// <summary>The words for <c>--verdict</c>.</summary>
    public static string Words => string.Join('|', Verdicts.Keys);

    /// <summary>The decision of a person who was named.</summary>
    /// <param name="context">The command's context.</param>
    /// <param name="package">The digest of the package, with the algorithm in front.</param>
    /// <param name="rule">The option with the rule's id.</param>
    /// <param name="verdict">The option with the verdict; passed unless said.</param>
    /// <param name="note">The option that says why.</param>
    /// <param name="attachment">The option with the file of an instrument's report.</param>
    /// <exception cref="WrongUseException">Nobody was named, the verdict is none, or the file is not there.</exception>
    public static ItemDecision Read(
        CommandContext context, string package, Option<string?> rule, Option<string?> verdict, Option<string?> note, Option<string?> attachment)
    {
        InspectionChoice.DemandPerson(context);
        var said = RegisterAnswer.Choice(context.Value(verdict) ?? InspectionCodes.Of(RuleVerdict.Passed), verdict.Name, Verdicts);
        return new ItemDecision(package, context.Value(rule)!, said, context.Value(note)!, DigestOf(context, attachment));
    }

    private static Digest? DigestOf(CommandContext context, Option<string?> attachment)
    {
        if (context.Value(attachment) is not { } said)
        {
            return null;
        }

        var path = context.PathOf(said);
        using var file = File.Exists(path) ? File.OpenRead(path) : throw new WrongUseException("usage.path", ("path", path));
        return new Digest(SHA256.HashData(file));
    }
}
