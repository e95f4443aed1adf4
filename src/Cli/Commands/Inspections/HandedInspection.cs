using Lantai.Cli.Arguments;
using Lantai.Cli.Output;
using Lantai.Containers;
using Lantai.InformationPackages;
using Lantai.Inspection;
using Lantai.RecordsManagement;

namespace Lantai.Cli.Commands.Inspections;

/// <summary>Inspects packages that an agency hands over or a hall receives (YJ), where they lie on disk.</summary>
internal static class HandedInspection
{
    /// <summary>Inspects each, and gives the code of <see cref="InspectionEnd"/>.</summary>
    /// <param name="context">The command.</param>
    /// <param name="plan">By what means.</param>
    /// <param name="paths">The packages.</param>
    /// <param name="source">Who sends them.</param>
    /// <param name="declared">The digest that the agency declared for the one package; null for none.</param>
    /// <param name="read">Reads the medium that they came on; gives null when they came through a network.</param>
    public static async Task<int> RunAsync(CommandContext context, InspectionPlan plan, string[] paths, string source, string? declared, Func<string[], MediumFacts?> read)
    {
        if (paths.Length == 0)
        {
            throw new WrongUseException("usage.missing", ("argument", "PACKAGE"));
        }

        if (declared is not null && paths.Length > 1)
        {
            throw new WrongUseException("usage.inspect.one");
        }

        foreach (var path in paths.Where(p => !Path.Exists(context.PathOf(p))))
        {
            throw new WrongUseException("usage.path", ("path", context.PathOf(path)));
        }

        var medium = read(paths);
        var how = medium is null ? SourceChannel.Online : SourceChannel.Offline;
        var inspection = new CaseInspection(plan, context.World.Time);
        var answers = new BatchAnswers(0);
        context.Report.DisposeAtEnd(answers);
        context.Report.Progress.Start();
        var (end, passed, bytes) = (new InspectionEnd(), 0, 0L);
        for (var i = 0; i < paths.Length; i++)
        {
            var channel = new ChannelFacts(source, how) { DeclaredDigest = declared, Operator = context.Account, Received = context.World.Time.GetUtcNow() };
            var package = new SubmittedPackage(new SubmissionSource(context.PathOf(paths[i]), SubmissionForm.Auto, ContainerLimits.Default), channel) { Medium = medium };
            var seen = inspection.Inspect(package, context.Account, context.Stop);
            var (told, path) = (context.Repository.Inspections.Decided(seen.Report), seen.IsSecret ? "" : paths[i]); // the name of a state secret may be the secret
            await RecordAsync(context, told);
            end.Add(told);
            passed += told.Outcome == InspectionOutcome.Passed ? 1 : 0;
            bytes += told.Subject.Bytes;
            context.Report.Say("inspect.package", ("name", told.Subject.Package), ("number", told.Number), ("outcome", context.Report.Speech.Say("inspection.outcome." + InspectionCodes.Of(told.Outcome))));
            InspectionAnswer.Rules(context.Report, told);
            answers.Append(InspectionAnswer.Describe(told, context.Report.Speech, ("path", path)));
            context.Report.Progress.Report(i + 1, bytes, paths.Length, null, (double)(i + 1) / paths.Length, path);
        }

        context.Report.SetLong("packages", answers.InOrder());
        context.Report.Say("inspect.packages", ("count", Amounts.Count(paths.Length)), ("passed", Amounts.Count(passed)));
        return end.Code;
    }

    /// <summary>The agency's report and the hall's are each kept: neither takes the place of the other (R10-2).</summary>
    private static async Task RecordAsync(CommandContext context, InspectionReport told)
    {
        var desk = context.Repository.Inspections;
        if (context.Repository.Vault.CanAppend)
        {
            await desk.RecordAsync([new RunEntry(desk.Seal(told))], context.Actor, CancellationToken.None);
        }
        else
        {
            context.Report.Remark("inspect.unrecorded");
        }
    }
}
