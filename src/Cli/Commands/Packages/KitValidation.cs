using System.Text.Json.Nodes;
using Lantai.Cli.Commands.Cases;
using Lantai.Cli.Commands.Inspections;
using Lantai.Cli.Output;
using Lantai.Containers;
using Lantai.InformationPackages;
using Lantai.Ingest;
using Lantai.Inspection;
using Lantai.RecordsManagement;

namespace Lantai.Cli.Commands.Packages;

/// <summary>Inspects packages by the kit of an archive, and says what the archive's door would do with each.</summary>
internal sealed class KitValidation(CommandContext context, InspectionKit kit, CaseInspection inspection, PackageProfile? profile)
{
    private readonly OfflineDoor _door = new(kit, inspection, context.World.Time);

    /// <summary>Judges each; the report of the one is written where that is wanted.</summary>
    public int Run(string[] paths, string? written)
    {
        var report = context.Report;
        var answers = new BatchAnswers(0);
        report.DisposeAtEnd(answers);
        report.Progress.Start();
        var (good, unreadable) = (0, 0);
        for (var i = 0; i < paths.Length; i++)
        {
            context.Stop.ThrowIfCancellationRequested();
            var path = context.PathOf(paths[i]);
            unreadable += Path.Exists(path) ? 0 : 1;
            var seen = _door.Foresee(Request(kit, path, profile), context.Account, context.Stop);
            var word = DoorWords.Of(seen.Outcome);
            good += DoorWords.IsGood(word) ? 1 : 0;
            answers.Append(Tell(seen, word, i + 1, word == DoorWords.Secret ? "" : paths[i])); // the name of a state secret may be the secret
            if (written is not null)
            {
                WrittenReport.Write(context, seen.Report, written);
            }

            report.Progress.Report(i + 1, seen.Report.Subject.Bytes, paths.Length, null, (double)(i + 1) / paths.Length, $"[{i + 1}/{paths.Length}]");
        }

        report.SetLong("packages", answers.InOrder());
        report.Say("sip.inspected.sum", ("count", Amounts.Count(paths.Length)), ("passed", Amounts.Count(good)), ("others", Amounts.Count(paths.Length - good)), ("made", Amounts.Time(kit.Header.Made)));
        return unreadable > 0 ? 2 : good == paths.Length ? 0 : 1;
    }

    /// <summary>A package as it would be brought to the door: through the network, by somebody whom the archive knows.</summary>
    public static DoorRequest Request(InspectionKit kit, string path, PackageProfile? profile) => new(new SubmittedPackage(
        new SubmissionSource(path, SubmissionForm.Auto, ContainerLimits.Default, IsBagDemanded: false),
        new ChannelFacts(kit.Header.Source, SourceChannel.Online) { IsAuthenticated = true }) { Profile = profile });

    private JsonObject Tell(ForeseenOutcome seen, string word, int place, string path)
    {
        var (report, due) = (context.Report, seen.Outcome is DoorOutcome.Returned { Due: { } day } ? LegalTime.Write(day) : null);
        var answer = ShownInspection.Show(report, seen.Report);
        report.Say("sip.door." + word, ("place", place), ("due", due ?? "-"), ("code", (seen.Outcome as DoorOutcome.AlreadyHeld)?.Receipt.ReferenceCode));

        // What the rules say was told with them.
        report.Tell(seen.Outcome.Findings.Except(seen.Report.Results.SelectMany(r => r.Answer.Findings)));
        (answer["path"], answer["place"]) = (path, place);
        answer["door"] = new JsonObject { ["outcome"] = word, ["due"] = due, ["codes"] = new JsonArray([.. seen.Outcome.Findings.Select(f => (JsonNode)f.Code)]) };
        return answer;
    }
}
