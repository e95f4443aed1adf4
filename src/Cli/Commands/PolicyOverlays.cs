using Lantai.Characterization;
using Lantai.Characterization.Policy;
using Lantai.Cli.Arguments;
using Lantai.Words;

namespace Lantai.Cli.Commands;

/// <summary>Policies of the site, laid over the default one: they may be stricter and never weaker.</summary>
internal static class PolicyOverlays
{
    /// <summary>The plan with the policies of these files; what is wrong with one, or weaker, is told.</summary>
    /// <exception cref="WrongUseException">A file is not there or is no policy.</exception>
    public static CharacterizationPlan For(CommandContext context, CharacterizationPlan plan, string[]? files)
    {
        var policy = plan.Policy;
        foreach (var path in (files ?? []).Select(context.PathOf))
        {
            if (!File.Exists(path))
            {
                throw new WrongUseException("usage.path", ("path", path));
            }

            var findings = new List<Finding>();
            var overlay = FormatPolicy.TryRead(File.ReadAllBytes(path), Path.GetFileName(path), findings);
            policy = overlay is null ? policy : policy.With(overlay, findings);
            context.Report.Tell(findings);
            if (overlay is null)
            {
                throw new WrongUseException("usage.policy", ("path", path));
            }
        }

        return plan with { Policy = policy };
    }
}
