using System.Collections.Concurrent;
using Lantai.Characterization;
using Lantai.Containers;
using Lantai.InformationPackages;
using Lantai.Inspection.Reading;
using Lantai.Inspection.Storage;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>
/// Inspects packages: opens one, searches it for marks of state secrets, reads it by its profile, looks at each file once, asks the
/// engine and the registers, and then the rules. It keeps nothing and writes nothing.
/// </summary>
/// <param name="plan">By what means.</param>
/// <param name="time">The clock.</param>
/// <remarks>Safe for concurrent use. Of a package at most 64 MiB are held at a time.</remarks>
public sealed class CaseInspection(InspectionPlan plan, TimeProvider time)
{
    private readonly ConcurrentBag<FileCharacterizer> _idle = [];
    private readonly Remembered<Digest, IReadOnlyList<string>> _searched = new(16_384); // a licence is called by a thousand cases

    /// <summary>Inspects a package. One that cannot be opened gives a report as well.</summary>
    /// <param name="submitted">The package and how it came.</param>
    /// <param name="who">Who runs the inspection.</param>
    /// <param name="stop">Stops the work.</param>
    /// <returns>What was seen, which can be asked no more for contents, and the report.</returns>
    /// <exception cref="IOException">The disk failed, which says nothing of the package.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public InspectedSubmission Inspect(SubmittedPackage submitted, string who, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(submitted);
        var now = time.GetUtcNow();
        using var opened = OpenedPackage.Open(submitted.Package);
        var secrets = Search(opened, stop);
        if (secrets is { Marks.Count: > 0 })
        {
            return Refuse(opened, submitted, secrets, now, who, stop);
        }

        var facts = Observe(opened, submitted.Profile, submitted.Channel, now, stop) with { Medium = submitted.Medium, Secrets = secrets };
        return Ask(facts, submitted.Decisions, who);
    }

    /// <summary>Inspects a package where it lies in the store: its contents are read there, and the store is asked last how each was found.</summary>
    /// <param name="stored">The package.</param>
    /// <param name="channel">How it came, and what was recorded of it then.</param>
    /// <param name="conclude">Gives what the store knows of it, after all was read.</param>
    /// <param name="who">Who runs the inspection.</param>
    /// <param name="stop">Stops the work.</param>
    /// <exception cref="IOException">The disk failed in a way that says nothing of the package.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    internal InspectedSubmission Inspect(
        StoredPackage stored, ChannelFacts channel, Func<InspectionFacts, StorageFacts> conclude, string who, CancellationToken stop)
    {
        using var opened = OpenedPackage.Of(stored);
        var facts = Observe(opened, null, channel, time.GetUtcNow(), stop);
        return Ask(facts with { Storage = conclude(facts) }, new Dictionary<string, ManualDecision>(), who);
    }

    private InspectionFacts Observe(OpenedPackage opened, PackageProfile? profile, ChannelFacts given, DateTimeOffset now, CancellationToken stop)
    {
        var package = Read(opened, profile, now, stop);
        var channel = given with { ReceivedDigest = Received(opened, given.DeclaredDigest, stop) };
        return new InspectionFacts
        {
            Point = plan.Point,
            Now = now,
            Package = package,
            Channel = channel,
            Terms = plan.Terms?.Ask(package, channel, now),
            Antivirus = opened.Tree is null ? null : plan.Antivirus?.Scan([.. opened.Tree.Files, .. opened.Embedded, .. opened.Container], stop),
            Parameters = plan.SchemeFor(package).Parameters,
        };
    }

    // Of a package that cannot be opened the report would still name what stands in its list.
    private SecretFacts? Search(OpenedPackage opened, CancellationToken stop) =>
        opened.Tree is { } tree
            ? new SecretSearch(plan.Characterization.Limits, time).Search(tree, CommentsOf(opened), f => opened.ContentOf(f).Digest(), _searched, stop)
            : SecretSearch.SearchNames([opened.Name, .. opened.Findings.SelectMany(f => f.Arguments.Select(a => a.Value).Prepend(f.Subject))]);

    private static IReadOnlyList<string> CommentsOf(OpenedPackage opened)
    {
        using var container = opened.OpenContainer();
        return container is null ? [] : ZipGlance.TryRead(container)?.Comments ?? [];
    }

    private InspectedSubmission Ask(InspectionFacts facts, IReadOnlyDictionary<string, ManualDecision> decisions, string who) =>
        new(facts, new InspectionRun(time).Run(facts, plan.SchemeFor(facts.Package), decisions, SubjectOf(facts), who));

    private InspectedPackage Read(OpenedPackage opened, PackageProfile? given, DateTimeOffset now, CancellationToken stop)
    {
        var digest = PackageDigest.Of(opened, DigestAlgorithm.Find("sha256")!, stop);
        if (opened.Tree is not { } tree)
        {
            return Unopened(opened, given, digest);
        }

        var reading = ProfileReading.Read(tree, given, plan.Evidence with { Now = now }, stop);
        List<Finding> findings = [.. opened.Findings, .. reading.Findings];
        opened.Embed(EmbeddedFiles.Of(reading.Eep));
        var (files, embedded) = Look(opened, tree, findings, stop);
        findings.AddRange(opened.CheckUnchanged() is { } changed ? [changed] : []);
        return new InspectedPackage
        {
            Name = tree.Name,
            Wrapper = tree.Wrapper,
            Profile = reading.Profile,
            Confidence = reading.Verdict?.Confidence ?? ReadingConfidence.Low,
            Findings = findings,
            Files = files,
            Embedded = embedded,
            EmptyFolders = [.. tree.EmptyFolders.Select(f => f.Display)],
            Case = reading.Case,
            Transfer = reading.Transfer,
            Eep = reading.Eep,
            Signatures = reading.Signatures,
            DigestsCompared = reading.Verdict?.Counts.Digests ?? 0,
            Digest = digest is null ? null : new Digest(digest),
        };
    }

    private (IReadOnlyList<InspectedFile> Files, IReadOnlyList<InspectedFile> Embedded) Look(
        OpenedPackage opened, PackageTree tree, List<Finding> findings, CancellationToken stop)
    {
        var characterizer = _idle.TryTake(out var idle) ? idle : new FileCharacterizer(plan.Characterization);
        try
        {
            var look = new FileLook(opened, characterizer, findings);
            return ([.. tree.Files.Select(f => look.Look(f, stop))], [.. opened.Embedded.Select(f => look.Look(f, stop))]);
        }
        finally
        {
            _idle.Add(characterizer);
        }
    }

    private static InspectedPackage Unopened(OpenedPackage opened, PackageProfile? given, byte[]? digest) => new()
    {
        Name = opened.Name,
        Profile = given?.Name ?? "",
        Confidence = given?.Confidence ?? ReadingConfidence.Low,
        Findings = [.. opened.Findings, Finding.Error("INS-301", opened.Name)],
        IsOpen = false,
        Files = [],
        Digest = digest is null ? null : new Digest(digest),
    };

    private static string? Received(OpenedPackage opened, string? declared, CancellationToken stop) =>
        PackageDigest.AlgorithmOf(declared) is { } algorithm && PackageDigest.Of(opened, algorithm, stop) is { } digest
            ? $"{algorithm}:{Convert.ToHexStringLower(digest)}"
            : null;

    private static InspectionSubject SubjectOf(InspectionFacts facts)
    {
        var package = facts.Package;
        return new InspectionSubject(
            package.Name, package.Profile, package.Digest is { } digest ? $"sha256:{digest}" : null, package.Files.Count, package.Bytes, facts.Channel.Source,
            Said(package.Case?.CaseNumber), Said(package.Case?.RecordCode ?? package.Eep?.RecordCode), Said(package.Case?.Basic["project_name"] ?? package.Eep?.Title));
    }

    /// <summary>Of a state secret the report holds rule, place, salted digest, size, source and time, and not even what the package is called.</summary>
    private InspectedSubmission Refuse(OpenedPackage opened, SubmittedPackage submitted, SecretFacts secrets, DateTimeOffset now, string who, CancellationToken stop)
    {
        var facts = new InspectionFacts
        {
            Point = plan.Point,
            Now = now,
            Package = new InspectedPackage { Name = "", Profile = "", Confidence = ReadingConfidence.Low, Findings = [], Files = [] },
            Channel = new ChannelFacts(submitted.Channel.Source, submitted.Channel.Channel),
            Secrets = secrets,
        };
        var scheme = plan.Scheme with { Rules = [new SchemeRule("ZW.SECRETS", RuleWeight.Blocking)] };
        var digest = PackageDigest.Of(opened, DigestAlgorithm.Find("sha256")!, stop);
        var subject = new InspectionSubject(
            "", "", digest is null ? null : SaltedDigest.Of(digest), opened.Tree?.Files.Count ?? 0, opened.Tree?.Bytes ?? 0, submitted.Channel.Source, null, null, null);
        var report = new InspectionRun(time).Run(facts, scheme, new Dictionary<string, ManualDecision>(), subject, who);
        return new InspectedSubmission(null, report with { Scheme = plan.Scheme });
    }

    private static string? Said(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
