using System.Text;
using Lantai.Characterization;
using Lantai.Characterization.Identification;
using Lantai.Characterization.Policy;
using Lantai.Cli.Arguments;
using Lantai.Evidence;
using Lantai.Evidence.Signatures;
using Lantai.Inspection;
using Lantai.Words;

namespace Lantai.Cli.Commands.Packages;

/// <summary>The plan by which packages are inspected without a store: that of the archive which gave a kit, or what can be asked of a package alone.</summary>
internal static class KitInspection
{
    /// <summary>Reads a kit; null when it is none or was changed, which is told.</summary>
    /// <exception cref="WrongUseException">There is no such file.</exception>
    public static InspectionKit? Read(CommandContext context, string said, VerifierKey? key, int days)
    {
        var path = context.PathOf(said);
        if (!File.Exists(path))
        {
            throw new WrongUseException("usage.path", ("path", path));
        }

        var findings = new List<Finding>();
        using var file = File.OpenRead(path);
        var kit = InspectionKit.TryRead(file, Path.GetFileName(path), key, context.World.Time.GetUtcNow(), days, findings);
        context.Report.Tell(findings);
        return kit;
    }

    /// <summary>The plan of a kit.</summary>
    /// <param name="context">The command's context; told what makes verdicts differ from the archive's.</param>
    /// <param name="kit">The kit.</param>
    /// <param name="name">How findings call it.</param>
    /// <param name="formats">The formats.</param>
    /// <param name="question">What signatures are judged by.</param>
    public static InspectionPlan PlanOf(CommandContext context, InspectionKit kit, string name, FormatRegistry formats, EvidenceQuestion question)
    {
        if (kit.Header.Formats != formats.Source)
        {
            context.Report.Tell(Finding.Warning("INS-615", name, ("expected", kit.Header.Formats), ("found", formats.Source)));
        }

        var (policy, findings) = (FormatPolicy.Default, new List<Finding>());
        foreach (var (text, i) in kit.Header.Policies.Select((t, i) => (t, i)))
        {
            policy = FormatPolicy.TryRead(Encoding.UTF8.GetBytes(text), $"{name}#{i + 1}", findings) is { } overlay ? policy.With(overlay, findings) : policy;
        }

        context.Report.Tell(findings);
        return new InspectionPlan(RunPoint.AgencyArchiving, kit.Header.Scheme, new CharacterizationPlan(formats, CharacterizationDepth.Full) { Policy = policy }, question) { OfCategories = kit.Header.OfCategories, Terms = kit.Terms };
    }

    /// <summary>The plan for rules that ask nothing but the package.</summary>
    /// <param name="point">The run point whose rules are meant.</param>
    /// <param name="question">What signatures are judged by.</param>
    /// <param name="left">Rules that ask something else: they are not asked.</param>
    public static InspectionPlan PlanOfPackage(RunPoint point, EvidenceQuestion question, out IReadOnlyList<InspectionRule> left)
    {
        var whole = SchemeCatalogue.Of(point);
        var rules = whole.Rules.ToLookup(r => RuleCatalogue.Find(r.Rule)!.Asks.All(a => a == "package") && RuleChecks.Find(RuleCatalogue.Find(r.Rule)!.Check) is not null);
        left = [.. rules[false].Select(r => RuleCatalogue.Find(r.Rule)!)];
        return new InspectionPlan(point, whole with { Rules = [.. rules[true]] }, new CharacterizationPlan(FormatRegistry.BuiltIn, CharacterizationDepth.Full), question);
    }
}
