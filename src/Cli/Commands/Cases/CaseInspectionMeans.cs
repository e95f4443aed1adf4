using System.CommandLine;
using Lantai.Characterization;
using Lantai.Cli.Commands.Formats;
using Lantai.Cli.Commands.Signatures;
using Lantai.Ingest;
using Lantai.Inspection;

namespace Lantai.Cli.Commands.Cases;

/// <summary>By what means the command line inspects packages of cases: the scheme in force, the registers, and what the user gave.</summary>
internal static class CaseInspectionMeans
{
    /// <summary>The means; null when a file that was given is none, which was told.</summary>
    public static DoorMeans? Make(CommandContext context, Option<string[]> trust, Option<string[]> lists, Option<string?> clamd, Option<string?>? outside = null)
    {
        var given = new GivenEvidence(context);
        var question = given.Question(trust, lists);
        if (!given.IsReadable)
        {
            return null;
        }

        var repository = context.Repository;
        var said = outside is null ? null : context.Value(outside);
        var characterization = OutsideTools.For(new CharacterizationPlan(FormatSource.Of(context), CharacterizationDepth.Full), said ?? "never"); // a process a file: asked for, never a surprise
        var plan = new InspectionPlan(RunPoint.AgencyArchiving, repository.Inspections.Schemes.InForce(RunPoint.AgencyArchiving), characterization, question)
        {
            OfCategories = repository.Inspections.Schemes.OfCategories(RunPoint.AgencyArchiving),
            Terms = repository.Terms,
            Antivirus = EngineChoice.Of(context, clamd),
        };
        return new DoorMeans(new CaseInspection(plan, context.World.Time), characterization);
    }
}
