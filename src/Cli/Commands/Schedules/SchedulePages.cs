using System.Globalization;
using System.Text.Json.Nodes;
using Lantai.Cli.Arguments;
using Lantai.Cli.Commands.Registers;
using Lantai.RecordsManagement;

namespace Lantai.Cli.Commands.Schedules;

/// <summary>How commands on schedules read files and answer.</summary>
internal static class SchedulePages
{
    /// <summary>Reads the file of a schedule and tells what is wrong with it.</summary>
    /// <exception cref="WrongUseException">There is no such file.</exception>
    public static ScheduleReading Read(CommandContext context, string said, PolicyValues policy)
    {
        var path = context.PathOf(said);
        if (!File.Exists(path))
        {
            throw new WrongUseException("usage.path", ("path", path));
        }

        var reading = ScheduleReading.Of(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16), Path.GetFileName(path), policy, context.Stop);
        context.Report.Tell(reading.Findings);
        context.Report.Set("rows", reading.Rows.Count);
        return reading;
    }

    /// <summary>A version that somebody named.</summary>
    /// <exception cref="WrongUseException">It is not there.</exception>
    public static ScheduleVersion Version(CommandContext context, string agency, string number) =>
        context.Repository.Records.Schedules.Find(agency, number) ?? throw RegisterAnswer.Unknown(agency + " " + number);

    /// <summary>Where a version stands today.</summary>
    public static ScheduleState Today(CommandContext context, ScheduleVersion version) =>
        context.Repository.Records.Schedules.StateOn(version, LegalTime.DayOf(context.World.Time.GetUtcNow()));

    public static JsonObject Describe(ScheduleVersion version, ScheduleState state) => new()
    {
        ["agency"] = version.Agency,
        ["fonds"] = version.Fonds,
        ["region"] = version.Region.ToString(),
        ["number"] = version.Number,
        ["revision"] = version.Revision,
        ["rows"] = version.RowCount,
        ["state"] = ScheduleVersion.Word(state),
        ["draftedBy"] = version.DraftedBy,
        ["submittedBy"] = version.SubmittedBy,
        ["reviewedBy"] = version.ReviewedBy,
        ["approval"] = version.Approval,
        ["opinion"] = version.Opinion,
        ["from"] = Day(version.From),
        ["until"] = Day(version.Until),
        ["basis"] = new JsonArray([.. version.Basis.Select(b => (JsonNode)b)]),
    };

    public static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
