using System.Text.Json.Nodes;
using Lantai.Cli.Commands.Packages;
using Lantai.Cli.Output;
using Lantai.Ingest;
using Lantai.RecordsManagement;
using Lantai.StoreFormat;

namespace Lantai.Cli.Commands.Cases;

/// <summary>How commands say what became of a package at the door.</summary>
internal static class DoorAnswer
{
    /// <summary>Says it, and gives its word and what the answer holds of it.</summary>
    /// <param name="report">Takes the sentence and the findings.</param>
    /// <param name="outcome">What became of it.</param>
    /// <param name="place">Its place among the packages, from 1.</param>
    /// <param name="isNextTold">Whether the next step is told of what is in the archive too.</param>
    /// <param name="isDry">Whether nothing was kept: then the answer holds what each rule came to.</param>
    public static (string Kind, JsonObject Whole) Tell(Report report, DoorOutcome outcome, int place, bool isNextTold, bool isDry = false)
    {
        var kind = DoorWords.Of(outcome);
        var receipt = outcome switch { DoorOutcome.Archived archived => archived.Receipt, DoorOutcome.AlreadyHeld held => held.Receipt, _ => null };
        var until = (outcome as DoorOutcome.Waiting)?.Stay?.Until;

        // Of a secret not even the name of its file is repeated: the name may be the secret.
        var package = outcome.Request.Submitted.Package;
        var name = outcome.IsUnnamed ? "" : package.Child?.Display ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(package.Path));
        var said = kind == "waiting" && until is null ? "unheld" : outcome.IsUnnamed ? "secret" : kind;
        report.Say(
            "case.door." + said, ("place", place), ("name", name), ("code", receipt?.ReferenceCode), ("report", outcome.Report?.Number ?? receipt?.Report ?? "-"), ("version", receipt?.Version),
            ("due", outcome is DoorOutcome.Returned { Due: { } due } ? LegalTime.Write(due) : "-"), ("until", until is { } end ? Amounts.Time(end) : "-"));
        report.Tell(outcome.Findings);
        if (isNextTold || kind is not ("archived" or "held"))
        {
            report.Say("case.door.next." + said, ("case", CaseOf(outcome, receipt)), ("report", outcome.Report?.Number ?? receipt?.Report ?? "-"));
        }

        var whole = Describe(outcome, kind, name, receipt, until);
        if (isDry && outcome.Report is { } inspection)
        {
            whole["rules"] = ShownInspection.Rules(inspection, report.Speech);
        }

        return (kind, whole);
    }

    /// <summary>The case as commands name it; of a package that names none, its source and a mark to fill in.</summary>
    private static string CaseOf(DoorOutcome outcome, CaseReceipt? receipt) =>
        $"{outcome.Request.Submitted.Channel.Source}/{receipt?.Number ?? outcome.Report?.Subject.Case ?? outcome.Request.Announced ?? "…"}";

    private static JsonObject Describe(DoorOutcome outcome, string kind, string name, CaseReceipt? receipt, DateTimeOffset? until) => new()
    {
        ["name"] = name,
        ["outcome"] = kind == "added" ? "archived" : kind,
        ["report"] = outcome.Report?.Number,
        ["inspection"] = outcome.Report is { } report ? Inspection.InspectionCodes.Of(report.Outcome) : null,
        ["due"] = outcome is DoorOutcome.Returned { Due: { } due } ? LegalTime.Write(due) : null,
        ["open"] = outcome is DoorOutcome.Waiting waiting ? new JsonArray([.. waiting.Open.Select(r => (JsonNode)r.Rule.Id)]) : null,
        ["heldUntil"] = until is { } end ? StoreTime.Write(end) : null,
        ["receipt"] = receipt is null ? null : CaseReceipts.Describe(receipt),
        ["codes"] = new JsonArray([.. outcome.Findings.Select(f => (JsonNode)f.Code)]),
    };
}
