using Lantai.Characterization;
using Lantai.Characterization.Identification;
using Lantai.Containers;
using Lantai.Evidence.Signatures;
using Lantai.InformationPackages;
using Lantai.Inspection;
using Lantai.Tests.InformationPackages;
using Lantai.Tests.Inspection.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Lantai.Tests.Inspection.Red;

/// <summary>Brings a sample into the form in which packages come, and inspects it by all rules of its stage.</summary>
internal static class RedReading
{
    private const string Who = "甄检测";

    private static readonly CharacterizationPlan Plan = new(FormatRegistry.BuiltIn, CharacterizationDepth.Full);

    /// <summary>The report of all rules of the sample's stage.</summary>
    public static async Task<InspectionReport> InspectAsync(RedSample sample) =>
        sample.Point == RunPoint.Storage ? await InspectStoredAsync(sample) : Run(sample).Report;

    /// <summary>What is observed of a sample. Its contents can no longer be read, which no rule may do.</summary>
    public static InspectionFacts Observe(RedSample sample) => Run(sample).Facts!;

    /// <summary>What one check answers to a sample.</summary>
    public static RuleAnswer Answer(RedSample sample, string check) => RuleChecks.Find(check)!(Observe(sample));

    /// <summary>The ids of the rules that are red: failed or warned of.</summary>
    public static IEnumerable<string> Red(InspectionReport report) => report.Results.Where(r => r.Verdict is RuleVerdict.Failed or RuleVerdict.Warning).Select(r => r.Rule.Id);

    private static InspectedSubmission Run(RedSample sample)
    {
        using var scratch = new Scratch();
        var container = Packed(sample);
        var path = scratch.Write(sample.Name + ".zip", container);
        var submitted = new SubmittedPackage(new SubmissionSource(path, SubmissionForm.Auto, ContainerLimits.Default), ChannelOf(sample, container))
        {
            Profile = PackageProfiles.Find(sample.Profile), Medium = sample.Medium,
        };
        return new CaseInspection(PlanOf(sample), new FakeTimeProvider(sample.Now)).Inspect(submitted, Who, CancellationToken.None);
    }

    /// <summary>Takes the sample into a real store, damages that where the sample says so, and inspects it there.</summary>
    private static async Task<InspectionReport> InspectStoredAsync(RedSample sample)
    {
        using var scratch = new Scratch();
        using var store = new DamagedStore();
        var kept = await store.KeepAsync(scratch.Write(sample.Name + ".zip", Packed(sample)));
        sample.Damage?.Invoke(store, kept);
        using var repository = store.Open();
        var (plan, time, none) = (PlanOf(sample), new FakeTimeProvider(sample.Now), new Dictionary<string, ManualDecision>());
        var seen = new StorageInspection(repository.Vault, () => throw new InvalidOperationException(), plan, time).Inspect(kept, Who, CancellationToken.None);
        return sample.Known is { } known
            ? new InspectionRun(time).Run(seen.Facts! with { Storage = known(seen.Facts.Storage!) }, plan.Scheme, none, seen.Report.Subject, Who)
            : seen.Report;
    }

    private static InspectionPlan PlanOf(RedSample sample) => new(
        sample.Point, CaseInspectionTests.Everything(InspectionCodes.StageOf(sample.Point)), Plan, new EvidenceQuestion { Anchors = [], Now = sample.Now })
    {
        Terms = sample.Terms is { } terms ? new SaidTerms(terms) : null,
        Antivirus = sample.Antivirus is { } engine ? new SaidAntivirus(engine) : null,
    };

    internal static byte[] Packed(RedSample sample)
    {
        var zip = CleanPapers.Zip([.. sample.Files.Select(f => ($"{sample.Name}/{f.Key}", f.Value))]);
        return sample.Container?.Invoke(zip) ?? zip;
    }

    /// <summary>What an honest sender says of the bytes that come, where the sample does not say otherwise.</summary>
    internal static ChannelFacts ChannelOf(RedSample sample, byte[] container) => !sample.IsDeclared
        ? sample.Channel with { DeclaredItems = null }
        : sample.Channel with
        {
            DeclaredDigest = sample.Channel.DeclaredDigest ?? "sm3:" + Convert.ToHexStringLower(RedSample.Sm3(container)),
            DeclaredBytes = sample.Channel.DeclaredBytes ?? sample.Files.Values.Sum(f => (long)f.Length),
        };

    /// <summary>Registers that say what the sample has them say: what the real ones say of a package is shown where they are.</summary>
    private sealed class SaidTerms(TermsFacts said) : IArchivingTerms
    {
        public TermsFacts Ask(InspectedPackage package, ChannelFacts channel, DateTimeOffset now) => said;
    }

    private sealed class SaidAntivirus(AntivirusFacts said) : IAntivirus
    {
        public AntivirusFacts Scan(IReadOnlyList<PackageFile> files, CancellationToken stop) => said;
    }
}
