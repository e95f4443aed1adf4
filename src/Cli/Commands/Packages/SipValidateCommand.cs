using System.CommandLine;
using System.Text.Json.Nodes;
using Lantai.Cli.Arguments;
using Lantai.Cli.Commands.Signatures;
using Lantai.Cli.Output;
using Lantai.Containers;
using Lantai.Evidence.Certificates;
using Lantai.Evidence.Signatures;
using Lantai.InformationPackages;
using Lantai.Words;

namespace Lantai.Cli.Commands.Packages;

/// <summary>Judges packages by a profile, without any store.</summary>
internal sealed class SipValidateCommand : CliCommand
{
    private Argument<string[]> _paths = null!;
    private Option<string?> _profile = null!;
    private Option<string?> _rule = null!;
    private Option<string[]> _trust = null!;
    private Option<string[]> _lists = null!;

    public override string Name => "sip validate";

    public override StoreUse Use => StoreUse.None;

    public override Task<int> RunAsync(CommandContext context)
    {
        var paths = context.Parsed.GetValue(_paths) ?? [];
        if (paths.Length == 0)
        {
            throw new WrongUseException("usage.missing", ("argument", "PACKAGE"));
        }

        var profile = ProfileChoice.Any(context, _profile, _rule);
        var report = context.Report;
        var given = new GivenEvidence(context);
        var question = given.Question(_trust, _lists);
        if (!given.IsReadable)
        {
            report.Trouble("unreadable", "trouble.trust");
            return Task.FromResult(2);
        }

        report.Set("profile", profile.Name);
        report.Set("standard", profile.Standard);
        report.Set("confidence", profile.Confidence.ToString().ToLowerInvariant());
        var answers = new BatchAnswers(0);
        report.DisposeAtEnd(answers);
        report.Progress.Start();
        var (accepted, bytes, unreadable) = (0, 0L, 0);
        for (var i = 0; i < paths.Length; i++)
        {
            context.Stop.ThrowIfCancellationRequested();
            var verdict = Judge(context.PathOf(paths[i]), profile, question, report, context.Stop, out var isReadable, out var signatures);
            accepted += verdict.IsAcceptable ? 1 : 0;
            unreadable += isReadable ? 0 : 1;
            bytes += verdict.Counts.Bytes;
            answers.Append(Describe(paths[i], verdict, signatures, report));
            report.Progress.Report(i + 1, bytes, paths.Length, null, (double)(i + 1) / paths.Length, paths[i]);
        }

        report.SetLong("packages", answers.InOrder());
        report.Say("sip.validated", ("count", Amounts.Count(paths.Length)), ("accepted", Amounts.Count(accepted)), ("refused", Amounts.Count(paths.Length - accepted)),
            ("standard", profile.Standard), ("confidence", report.Speech.Say("confidence." + profile.Confidence.ToString().ToLowerInvariant())));
        return Task.FromResult(unreadable > 0 ? 2 : accepted == paths.Length ? 0 : 1);
    }

    protected override void Declare(Command command)
    {
        _paths = Arguments(command, "packages", "PACKAGE…");
        _profile = Text(command, "--profile", "gbt42727|dat85|dat93|eep", required: true);
        _rule = Text(command, "--code-rule", "PATTERN");
        _trust = Texts(command, "--trust", "CERTS…");
        _lists = Texts(command, "--crl", "FILE…");
    }

    private static PackageVerdict Judge(
        string path, PackageProfile profile, EvidenceQuestion question, Report report, CancellationToken stop, out bool isReadable, out IReadOnlyList<JudgedPackageSignature> signatures)
    {
        var opening = new List<Finding>();
        using var package = PackageTree.Open(new SubmissionSource(path, SubmissionForm.Auto, ContainerLimits.Default), opening);
        var name = package?.Name ?? Path.GetFileName(path);
        var judged = package is null
            ? new PackageVerdict(profile.Name, profile.Confidence, name, [], new PackageCounts(0, 0, 0, 0))
            : profile.Judge(package, stop);
        (judged, signatures) = SignatureJudgement.Judge(judged, question, stop);
        var verdict = judged with { Findings = [.. opening, .. judged.Findings] };

        // A package that is not there was not judged; one that is broken was.
        isReadable = package is not null || Path.Exists(path);
        report.Say(verdict.IsAcceptable ? "sip.accepted" : "sip.refused", ("name", name), ("files", Amounts.Count(verdict.Counts.Files)), ("bytes", Amounts.Bytes(verdict.Counts.Bytes)),
            ("digests", Amounts.Count(verdict.Counts.Digests)), ("errors", verdict.Findings.Count(f => f.Severity == Severity.Error)));
        report.Tell(verdict.Findings);
        if (signatures.Count > 0)
        {
            report.Say("sip.signatures", ("count", Amounts.Count(signatures.Count)), ("valid", Amounts.Count(signatures.Count(s => s.Verdict is EvidenceVerdict.Valid or EvidenceVerdict.ValidAtTime))));
        }

        return verdict;
    }

    private static JsonObject Describe(string path, PackageVerdict verdict, IReadOnlyList<JudgedPackageSignature> signatures, Report report) => new()
    {
        ["path"] = path, ["name"] = verdict.Package, ["acceptable"] = verdict.IsAcceptable, ["files"] = verdict.Counts.Files, ["bytes"] = verdict.Counts.Bytes,
        ["items"] = verdict.Counts.Items, ["digests"] = verdict.Counts.Digests,
        ["signatures"] = new JsonArray([.. signatures.Select(s => (JsonNode)new JsonObject
        {
            ["id"] = s.Signature.Id, ["locks"] = s.Signature.Locks, ["verdict"] = VerdictName.Of(s.Verdict), ["algorithm"] = s.Signature.AlgorithmId,
            ["signers"] = new JsonArray([.. s.Evidence.Select(e => (JsonNode)e.Signer)]),
        })]),
        ["findings"] = new JsonArray([.. verdict.Findings.Select(f => (JsonNode)JsonAnswer.Of(f, report.Speech))]),
    };
}
