using System.Security.Cryptography;
using Lantai.Characterization;
using Lantai.Characterization.Identification;
using Lantai.Containers;
using Lantai.Evidence.Signatures;
using Lantai.InformationPackages;
using Lantai.Inspection;
using Lantai.Tests.InformationPackages;
using Lantai.Words;

namespace Lantai.Tests.Inspection.Red;

/// <summary>Brings a sample into the form in which packages come, reads it, and asks all rules of its stage.</summary>
internal static class RedReading
{
    private static readonly CharacterizationPlan Plan = new(FormatRegistry.BuiltIn, CharacterizationDepth.Full);

    /// <summary>The report of all rules of the sample's stage.</summary>
    public static InspectionReport Inspect(RedSample sample) => Ask(Observe(sample));

    /// <summary>What is observed of a sample. Its contents can no longer be read, which no rule may do.</summary>
    public static InspectionFacts Observe(RedSample sample)
    {
        using var scratch = new Scratch();
        var path = scratch.Write(sample.Name + ".zip", Packed(sample));
        var findings = new List<Finding>();
        using var tree = PackageTree.Open(new SubmissionSource(path, SubmissionForm.Auto, ContainerLimits.Default), findings);
        return FactsOf(sample, tree, findings, File.ReadAllBytes(path));
    }

    /// <summary>What one check answers to a sample.</summary>
    public static RuleAnswer Answer(RedSample sample, string check) => RuleChecks.Find(check)!(Observe(sample));

    /// <summary>Asks all rules of a stage about some facts.</summary>
    public static InspectionReport Ask(InspectionFacts facts)
    {
        var rules = RuleCatalogue.Of(facts.Stage).Where(r => r.Manner != RuleManner.Reserved).Select(r => new SchemeRule(r.Id, r.Weight));
        var scheme = new InspectionScheme("all", "1", facts.Stage, "*", [.. rules], new Dictionary<string, string>());
        var subject = new InspectionSubject(facts.Package.Name, facts.Package.Profile, null, facts.Package.Files.Count, facts.Package.Bytes, facts.Channel.Source, null, null, null);
        return new InspectionRun(TimeProvider.System).Run(facts, scheme, new Dictionary<string, ManualDecision>(), subject, "甄检测");
    }

    /// <summary>The ids of the rules that are red: failed or warned of.</summary>
    public static IEnumerable<string> Red(InspectionReport report) => report.Results.Where(r => r.Verdict is RuleVerdict.Failed or RuleVerdict.Warning).Select(r => r.Rule.Id);

    private static byte[] Packed(RedSample sample)
    {
        var zip = CleanPapers.Zip([.. sample.Files.Select(f => ($"{sample.Name}/{f.Key}", f.Value))]);
        return sample.Container?.Invoke(zip) ?? zip;
    }

    private static InspectionFacts FactsOf(RedSample sample, PackageTree? tree, List<Finding> findings, byte[] container)
    {
        var received = "sm3:" + Convert.ToHexStringLower(RedSample.Sm3(container));
        return new InspectionFacts
        {
            Point = sample.Point,
            Now = sample.Now,
            Channel = sample.IsDeclared
                ? sample.Channel with { DeclaredDigest = sample.Channel.DeclaredDigest ?? received, ReceivedDigest = received, DeclaredBytes = sample.Channel.DeclaredBytes ?? sample.Files.Values.Sum(f => (long)f.Length) }
                : sample.Channel with { DeclaredItems = null },
            Terms = sample.Terms,
            Antivirus = sample.Antivirus,
            Medium = sample.Medium,
            Secrets = new SecretFacts([], [], []),
            Package = PackageOf(sample, tree, findings),
        };
    }

    private static InspectedPackage PackageOf(RedSample sample, PackageTree? tree, List<Finding> findings)
    {
        var profile = PackageProfiles.Find(sample.Profile)!;
        if (tree is null)
        {
            return new InspectedPackage { Name = sample.Name, Profile = profile.Name, Confidence = profile.Confidence, Findings = findings, Files = [] };
        }

        CasePackage? read = null;
        TransferPackage? transfer = null;
        EepPackage? encapsulated = null;
        var verdict = profile switch
        {
            CaseProfile cases => cases.Read(tree, CancellationToken.None) is var (found, judged) ? Take(read = found, judged) : null!,
            Dat93Profile => TransferPackage.Read(tree, CancellationToken.None) is var (package, told) ? Take(transfer = package, told) : null!,
            _ => EepPackage.Read(tree, CancellationToken.None) is var (record, said) ? Take(encapsulated = record, said) : null!,
        };
        var (judgedToo, signatures) = SignatureJudgement.Judge(verdict, new EvidenceQuestion { Anchors = [], Now = sample.Now }, CancellationToken.None);
        return new InspectedPackage
        {
            Name = tree.Name, Profile = profile.Name, Confidence = profile.Confidence, Findings = [.. findings, .. judgedToo.Findings], Case = read, Transfer = transfer, Encapsulated = encapsulated,
            Files = [.. tree.Files.Select(Look)], EmptyFolders = [.. tree.EmptyFolders.Select(f => f.Display)], Signatures = signatures, DigestsCompared = verdict.Counts.Digests,
        };
    }

    private static PackageVerdict Take(object? _, PackageVerdict verdict) => verdict;

    private static InspectedFile Look(PackageFile file)
    {
        try
        {
            using var content = file.OpenRead();
            using var bytes = new MemoryStream();
            content.CopyTo(bytes);
            var digest = new Digest(SHA256.HashData(bytes.ToArray()));
            return new InspectedFile(file.Path, file.Length, digest, new FileCharacterizer(Plan).Characterize(FileContent.Of(bytes.ToArray()), file.Path, digest, CancellationToken.None));
        }
        catch (ContentException)
        {
            return new InspectedFile(file.Path, file.Length, null, null); // the reading told it
        }
    }
}
