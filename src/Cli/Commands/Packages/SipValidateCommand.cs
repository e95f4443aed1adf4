using System.CommandLine;
using System.Text.Json.Nodes;
using Lantai.Characterization.Identification;
using Lantai.Cli.Arguments;
using Lantai.Cli.Commands.Formats;
using Lantai.Cli.Commands.Inspections;
using Lantai.Cli.Commands.Signatures;
using Lantai.Cli.Output;
using Lantai.Containers;
using Lantai.Evidence.Certificates;
using Lantai.Evidence.Signatures;
using Lantai.InformationPackages;
using Lantai.Inspection;
using Lantai.RecordsManagement;
using Lantai.Words;

namespace Lantai.Cli.Commands.Packages;

/// <summary>Judges packages without any store: by a profile, or by the kit of the archive that they are meant for.</summary>
internal sealed class SipValidateCommand : CliCommand
{
    private Argument<string[]> _paths = null!;
    private Option<string?> _profile = null!;
    private Option<string?> _rule = null!;
    private Option<string[]> _trust = null!;
    private Option<string[]> _lists = null!;
    private Option<string?> _kit = null!;
    private Option<string?> _clamd = null!;
    private Option<string?> _key = null!;
    private Option<string?> _days = null!;
    private Option<string[]> _signatures = null!;
    private Option<string?> _report = null!;

    public override string Name => "sip validate";

    public override StoreUse Use => StoreUse.None;

    public override Task<int> RunAsync(CommandContext context)
    {
        var paths = context.Parsed.GetValue(_paths) ?? [];
        if (paths.Length == 0)
        {
            throw new WrongUseException("usage.missing", ("argument", "PACKAGE"));
        }

        if (context.Value(_kit) is null && context.Value(_profile) is null)
        {
            throw new WrongUseException("usage.value", ("option", _profile.Name));
        }

        if (context.Value(_report) is { } written)
        {
            WrittenReport.Check(written, paths.Length, context.Value(_kit) is not null);
        }

        var profile = context.Value(_profile) is null ? null : ProfileChoice.Any(context, _profile, _rule);
        var report = context.Report;
        var given = new GivenEvidence(context);
        var question = given.Question(_trust, _lists);
        if (!given.IsReadable)
        {
            report.Trouble("unreadable", "trouble.trust");
            return Task.FromResult(2);
        }

        return Task.FromResult(context.Value(_kit) is { } kit ? Inspect(context, paths, kit, profile, question) : Validate(context, paths, profile!, question));
    }

    /// <summary>Asks what the archive would ask, by its kit.</summary>
    private int Inspect(CommandContext context, string[] paths, string said, PackageProfile? profile, EvidenceQuestion question)
    {
        var report = context.Report;
        var days = (int)Quantities.Whole(context.Value(_days) ?? KitHeader.Days.ToString(System.Globalization.CultureInfo.InvariantCulture), "--days", 0, 36_500);
        if (KitInspection.Read(context, said, context.KeyFrom(_key), days) is not { } kit)
        {
            report.Trouble("kit", "trouble.kit", ("path", context.PathOf(said)));
            return 2;
        }

        var formats = context.Parsed.GetValue(_signatures) is { Length: > 0 } files ? FormatSource.Open(context, files) : FormatRegistry.BuiltIn;
        var inspection = new CaseInspection(KitInspection.PlanOf(context, kit, Path.GetFileName(said), formats, question) with { Antivirus = EngineChoice.Of(context, _clamd) }, context.World.Time);
        report.Set("kit", new JsonObject { ["source"] = kit.Header.Source, ["store"] = kit.Header.Store.ToString("D"), ["made"] = StoreFormat.StoreTime.Write(kit.Header.Made), ["size"] = kit.Header.Size });
        return new KitValidation(context, kit, inspection, profile).Run(paths, context.Value(_report));
    }

    private static int Validate(CommandContext context, string[] paths, PackageProfile profile, EvidenceQuestion question)
    {
        var report = context.Report;
        report.Set("profile", profile.Name);
        report.Set("standard", profile.Standard);
        report.Set("confidence", profile.Confidence.ToString().ToLowerInvariant());
        var answers = new BatchAnswers(0);
        report.DisposeAtEnd(answers);
        report.Progress.Start();
        var plan = KitInspection.PlanOfPackage(profile is CaseProfile ? RunPoint.AgencyArchiving : RunPoint.AgencyTransfer, question, out var left);
        var inspection = new CaseInspection(plan, context.World.Time);
        var (accepted, bytes, unreadable) = (0, 0L, 0);
        for (var i = 0; i < paths.Length; i++)
        {
            context.Stop.ThrowIfCancellationRequested();
            var seen = Ask(context, inspection, context.PathOf(paths[i]), profile);
            if (seen.IsSecret)
            {
                answers.Append(Refuse(report, i + 1, seen.Report)); // before anything of it is told, its name included: the name may be the secret
                report.Progress.Report(i + 1, bytes, paths.Length, null, (double)(i + 1) / paths.Length, "");
                continue;
            }

            var verdict = Judge(context.PathOf(paths[i]), profile, question, report, context.Stop, out var isReadable, out var signatures);
            var answer = Describe(paths[i], verdict, signatures, report);
            accepted += verdict.IsAcceptable && (!isReadable || MeetsRules(report, seen.Report, answer)) ? 1 : 0;
            unreadable += isReadable ? 0 : 1;
            bytes += verdict.Counts.Bytes;
            answers.Append(answer);
            report.Progress.Report(i + 1, bytes, paths.Length, null, (double)(i + 1) / paths.Length, paths[i]);
        }

        report.SetLong("packages", answers.InOrder());
        report.Say("sip.validated", ("count", Amounts.Count(paths.Length)), ("accepted", Amounts.Count(accepted)), ("refused", Amounts.Count(paths.Length - accepted)),
            ("standard", profile.Standard), ("confidence", report.Speech.Say("confidence." + profile.Confidence.ToString().ToLowerInvariant())));
        report.Say("sip.left", ("count", left.Count), ("rules", string.Join(' ', left.Select(r => r.Id))));
        report.Set("rulesNotAsked", new JsonArray([.. left.Select(r => (JsonNode)r.Id)]));
        return unreadable > 0 ? 2 : accepted == paths.Length ? 0 : 1;
    }

    /// <summary>Asks the rules that need nothing but the package.</summary>
    private static InspectedSubmission Ask(CommandContext context, CaseInspection inspection, string path, PackageProfile profile) => inspection.Inspect(
        new SubmittedPackage(new SubmissionSource(path, SubmissionForm.Auto, ContainerLimits.Default), new ChannelFacts("", SourceChannel.Online)) { Profile = profile }, context.Account, context.Stop);

    /// <summary>Says what the rules say when one of them is not content.</summary>
    private static bool MeetsRules(Report report, InspectionReport seen, JsonObject answer)
    {
        if (seen.Results.Any(r => r.Verdict is not (RuleVerdict.Passed or RuleVerdict.NotApplicable)))
        {
            answer["inspection"] = ShownInspection.Show(report, seen);
        }

        return seen.Outcome == InspectionOutcome.Passed; // what waits for a person has not passed
    }

    private static JsonObject Refuse(Report report, int place, InspectionReport seen) => new()
    {
        ["path"] = "", ["place"] = place, ["name"] = "", ["acceptable"] = false, ["files"] = seen.Subject.Files, ["bytes"] = seen.Subject.Bytes, ["items"] = 0, ["digests"] = 0,
        ["inspection"] = ShownInspection.Show(report, seen),
        ["findings"] = new JsonArray([.. seen.Results.SelectMany(r => r.Answer.Findings).Select(f => (JsonNode)JsonAnswer.Of(f, report.Speech))]),
    };

    protected override void Declare(Command command)
    {
        _paths = Arguments(command, "packages", "PACKAGE…");
        _profile = Text(command, "--profile", "gbt42727|dat85|dat93|eep");
        _rule = Text(command, "--code-rule", "PATTERN");
        _trust = Texts(command, "--trust", "CERTS…");
        _lists = Texts(command, "--crl", "FILE…");
        _clamd = Text(command, "--clamd", "ADDRESS");
        _kit = Text(command, "--kit", "FILE");
        _key = Text(command, "--key", "VKEY|FILE");
        _days = Text(command, "--days", "N");
        _signatures = Texts(command, "--signatures", "FILE…");
        _report = Text(command, "--report", "FILE.html|FILE.xml|FILE.json");
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
