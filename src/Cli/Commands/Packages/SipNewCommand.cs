using System.CommandLine;
using System.Text.Json.Nodes;
using Lantai.Cli.Arguments;
using Lantai.Cli.Output;
using Lantai.Containers;
using Lantai.InformationPackages;
using Lantai.Words;

namespace Lantai.Cli.Commands.Packages;

/// <summary>Makes packages of a table of cases and a folder of their materials.</summary>
internal sealed class SipNewCommand : CliCommand
{
    private Argument<string?> _folder = null!;
    private Option<string?> _csv = null!;
    private Option<string?> _profile = null!;
    private Option<string?> _out = null!;
    private Option<bool> _zip = null!;
    private Option<string?> _rule = null!;

    public override string Name => "sip new";

    public override StoreUse Use => StoreUse.None;

    public override Task<int> RunAsync(CommandContext context)
    {
        var (report, profile) = (context.Report, ProfileChoice.Case(context, _profile, _rule));
        var (folder, csv, target) = (context.PathOf(context.Parsed.GetValue(_folder)!), context.PathOf(context.Value(_csv)!), context.PathOf(context.Value(_out)!));
        if (!File.Exists(csv))
        {
            throw new WrongUseException("usage.path", ("path", csv));
        }

        var findings = new List<Finding>();
        using var content = File.OpenRead(csv);
        using var materials = PackageTree.Open(new SubmissionSource(folder, SubmissionForm.Folder, ContainerLimits.Default), findings);
        var table = CaseTable.Read(content, Path.GetFileName(csv), findings);
        if (table is not null)
        {
            findings.AddRange(CaseAssembly.Check(table));
        }

        report.Tell(findings);
        if (materials is null || table is null || report.HasErrors)
        {
            report.Say("sip.none");
            return Task.FromResult(1);
        }

        var isSingle = target.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);
        if (isSingle && table.Rows.Count != 1)
        {
            throw new WrongUseException("usage.sip.zip", ("path", target), ("count", table.Rows.Count));
        }

        return Task.FromResult(Make(context, new CaseAssembly(profile, context.World.Time), table, materials, target, isSingle));
    }

    protected override void Declare(Command command)
    {
        _folder = Argument(command, "folder", "FOLDER");
        _csv = Text(command, "--csv", "FILE", required: true);
        _profile = Text(command, "--profile", "gbt42727|dat85", required: true);
        _out = Text(command, "--out", "PATH", required: true);
        _zip = Flag(command, "--zip");
        _rule = Text(command, "--code-rule", "PATTERN");
    }

    private int Make(CommandContext context, CaseAssembly assembly, CaseTable table, PackageTree materials, string target, bool isSingle)
    {
        var (report, made, bytes) = (context.Report, new JsonArray(), 0L);
        var codes = new HashSet<string>(StringComparer.Ordinal);
        report.Progress.Start();
        foreach (var row in table.Rows)
        {
            var done = assembly.Assemble(table, row, materials, context.Stop);
            report.Tell(done.Findings);
            if (done.IsRight && !codes.Add(done.RecordCode))
            {
                report.Tell(Finding.Error("PKG-063", table.Name, ("line", row.Line), ("column", "电子文件号")));
            }
            else if (done.IsRight)
            {
                var path = isSingle ? target : Path.Combine(target, done.RecordCode + (context.Has(_zip) ? ".zip" : ""));
                PackageOutput.Write(path, done.Files, done.RecordCode, done.Archived, context.Stop);
                report.Say("sip.made", ("path", path), ("files", done.Files.Count));
                made.Add(new JsonObject { ["line"] = row.Line, ["code"] = done.RecordCode, ["path"] = path, ["files"] = done.Files.Count });
                bytes += done.Files.Sum(f => f.Length);
            }

            report.Progress.Report(made.Count, bytes, table.Rows.Count, null, null, done.RecordCode);
        }

        report.Say("sip.made.all", ("made", made.Count), ("rows", table.Rows.Count));
        report.Set("rows", table.Rows.Count);
        report.Set("packages", made);
        return context.Verdict;
    }
}
