using System.Text.Json.Nodes;
using Lantai.Ingest;

namespace Lantai.Cli.Commands.Cases;

/// <summary>How commands say what became of packages that waited.</summary>
internal static class WaitingAnswer
{
    /// <summary>Says it; gives 1 when something was not archived, or is wrong in the waiting room.</summary>
    public static async Task<int> TellAsync(CommandContext context, WaitingRun run)
    {
        var report = context.Report;
        List<(string Kind, JsonObject Whole)> told = [.. run.Outcomes.Select((o, i) => DoorAnswer.Tell(report, o, i + 1, isNextTold: true))];
        report.Tell(run.Findings);
        if (context.Repository.Vault.CanAppend)
        {
            await context.Repository.Vault.EndBatchAsync(0, CancellationToken.None);
        }

        report.Set("packages", new JsonArray([.. told.Select(t => (JsonNode)t.Whole)]));
        report.Set("undecided", run.Undecided);
        return told.All(t => DoorWords.IsGood(t.Kind)) ? context.Verdict : 1;
    }
}
