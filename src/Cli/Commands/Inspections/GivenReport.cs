using Lantai.Administration;
using Lantai.Inspection;
using Lantai.Words;

namespace Lantai.Cli.Commands.Inspections;

/// <summary>A report that the user names: as a file of its XML, or by the number under which the store keeps it.</summary>
internal static class GivenReport
{
    /// <summary>Reads it; null when it is none, which was told. Its signature is not judged here.</summary>
    public static InspectionReport? Read(CommandContext context, string said)
    {
        var findings = new List<Finding>();
        var report = BytesOf(context, said) is { } xml ? ReportReader.TryRead(xml, said, findings) : null;
        context.Report.Tell(findings);
        return report;
    }

    private static byte[]? BytesOf(CommandContext context, string said)
    {
        var path = context.PathOf(said);
        if (File.Exists(path))
        {
            return new FileInfo(path).Length <= ReportReader.MaxSize ? File.ReadAllBytes(path) : null;
        }

        using var repository = Repository.OpenReadOnly(new RepositorySettings(context.Store, context.Keys, null, context.Actor, context.World.Time));
        return repository.Inspections.RunsOf(said) is [.., var newest] ? repository.Inspections.Load(newest).Xml : null;
    }
}
