using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;
using Lantai.Characterization;
using Lantai.Characterization.Identification;
using Lantai.Containers;
using Lantai.Evidence.Signatures;
using Lantai.InformationPackages;
using Lantai.Inspection;
using Lantai.RecordsManagement;
using Lantai.Tests.House;
using Lantai.Tests.InformationPackages;
using Lantai.Words;
using Microsoft.Extensions.Time.Testing;

namespace Lantai.Tests.Inspection;

/// <summary>The one reading of a package: what it is, what is in it, its digests; whole packages, folders, and what cannot be opened.</summary>
public sealed class CaseInspectionTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 9, 0, 0, TimeSpan.FromHours(8));

    public static TheoryData<string, string> Samples =>
        [.. from profile in new[] { "dat85", "dat93", "eep", "gbt42727" }
            from path in Directory.EnumerateFileSystemEntries(Path.Combine(Tree.Root, "spec/vectors/packages", profile, "good"))
            select new TheoryDataRow<string, string>(profile, path)];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Every_good_sample_is_read_by_the_profile_that_its_root_tells(string profile, string path)
    {
        var seen = Inspect(path);

        Assert.Equal(profile, seen.Facts!.Package.Profile);
        Assert.All(seen.Facts.Package.Looked, f => Assert.NotNull(f.Character));
        Assert.DoesNotContain(seen.Facts.Package.Findings, f => f.Severity == Severity.Error);
        Assert.Equal(profile is "dat85" or "gbt42727", seen.Facts.Package.Case is not null);
        Assert.Equal((profile == "dat93", profile == "eep"), (seen.Facts.Package.Transfer is not null, seen.Facts.Package.Eep is not null));
    }

    [Fact]
    public void The_digest_of_a_package_is_that_of_its_container_file()
    {
        using var scratch = new Scratch();
        var path = Path.Combine(scratch.Path, "办件.zip");
        ZipFile.CreateFromDirectory(Path.Combine(Tree.Root, "spec/vectors/packages/gbt42727/good/plain"), path);

        var seen = Inspect(path, "sm3:" + new string('0', 64));

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))), seen.Facts!.Package.Digest.ToString());
        Assert.Equal("sha256:" + seen.Facts.Package.Digest, seen.Report.Subject.Digest);
        Assert.Matches("^sm3:[0-9a-f]{64}$", seen.Facts.Channel.ReceivedDigest);
    }

    [Fact]
    public void The_engine_is_shown_each_file_and_the_package_where_it_is_one()
    {
        using var scratch = new Scratch();
        var (path, folder) = (Path.Combine(scratch.Path, "办件.zip"), Path.Combine(Tree.Root, "spec/vectors/packages/gbt42727/good/plain"));
        ZipFile.CreateFromDirectory(folder, path);
        var engine = new ShownFiles();

        _ = Inspect(path, with: p => p with { Antivirus = engine });
        var shown = engine.Shown;
        _ = Inspect(folder, with: p => p with { Antivirus = engine });

        Assert.Equal(("办件.zip", new FileInfo(path).Length), (shown[^1].Path, shown[^1].Length));
        Assert.Equal(shown.SkipLast(1).Select(f => f.Path), engine.Shown.Select(f => f.Path));
    }

    [Fact]
    public void The_digest_of_a_folder_is_that_of_what_sha256sum_prints_of_it()
    {
        using var scratch = new Scratch();
        _ = scratch.Write("包/元数据.xml", "<record/>");
        _ = scratch.Write("包/材料/身份证\n正面.txt", "甲");
        _ = scratch.Write("包/材料/a\\b.txt", "乙");

        var seen = Inspect(Path.Combine(scratch.Path, "包"), "SHA256:" + new string('0', 64));

        var printed = Shell(Path.Combine(scratch.Path, "包"), "find . -type f -printf '%P\\0' | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c1-64");
        Assert.Equal(printed.Trim(), seen.Facts!.Package.Digest.ToString());
        Assert.Equal("sha256:" + printed.Trim(), seen.Facts.Channel.ReceivedDigest);
    }

    [Fact]
    public void A_package_that_cannot_be_opened_gives_a_report_in_which_no_rule_about_it_passes()
    {
        using var scratch = new Scratch();
        var path = scratch.Write("坏.zip", "PK\u0003\u0004坏");

        var seen = Inspect(path, "sm3:" + new string('0', 64));

        Assert.False(seen.Facts!.Package.IsOpen);
        Assert.False(seen.IsSecret);
        Assert.NotNull(seen.Facts.Package.Digest);
        Assert.NotNull(seen.Facts.Channel.ReceivedDigest);
        Assert.Contains(seen.Facts.Package.Findings, f => f.Code == "INS-301");
        Assert.DoesNotContain(seen.Report.Results, r => r.Rule.Asks.Contains("package") && r.Verdict == RuleVerdict.Passed);
        Assert.NotEqual(InspectionOutcome.Passed, seen.Report.Outcome);
    }

    [Fact]
    public void A_package_of_no_profile_is_told_with_what_its_root_holds()
    {
        using var scratch = new Scratch();
        _ = scratch.Write("包/照片.txt", "甲");

        var seen = Inspect(Path.Combine(scratch.Path, "包"));

        var told = Assert.Single(seen.Facts!.Package.Findings);
        Assert.Equal("INS-300", told.Code);
        Assert.Contains(told.Arguments, a => a.Key == "found" && a.Value == "照片.txt");
    }

    [Fact]
    public void A_content_beyond_what_is_held_is_read_again_and_looked_into_all_the_same()
    {
        using var scratch = new Scratch();
        using (var zip = ZipFile.Open(Path.Combine(scratch.Path, "大.zip"), ZipArchiveMode.Create))
        {
            Fill(zip, "元数据.xml", 16);
            Fill(zip, "一.txt", 60 << 20);
            Fill(zip, "二.txt", 70 << 20);
        }

        var seen = Inspect(Path.Combine(scratch.Path, "大.zip"));

        var longest = seen.Facts!.Package.Files.Single(f => f.Path == "二.txt");
        Assert.NotNull(longest.Content);
        Assert.Equal(Readability.Readable, longest.Character!.Examination!.Readability);
    }

    internal static InspectedSubmission Inspect(string path, string? declared = null, Func<InspectionPlan, InspectionPlan>? with = null, PackageProfile? profile = null)
    {
        var characterization = new CharacterizationPlan(FormatRegistry.BuiltIn, CharacterizationDepth.Full);
        var plan = new InspectionPlan(RunPoint.AgencyArchiving, Everything(InspectionStage.Archiving), characterization, new EvidenceQuestion { Anchors = [], Now = Now });
        var submitted = new SubmittedPackage(
            new SubmissionSource(path, SubmissionForm.Auto, ContainerLimits.Default), new ChannelFacts("yz-cases", SourceChannel.Online) { DeclaredDigest = declared }) { Profile = profile };
        return new CaseInspection(with?.Invoke(plan) ?? plan, new FakeTimeProvider(Now)).Inspect(submitted, "甲", TestContext.Current.CancellationToken);
    }

    private sealed class ShownFiles : IAntivirus
    {
        public IReadOnlyList<PackageFile> Shown { get; private set; } = [];

        public AntivirusFacts Scan(IReadOnlyList<PackageFile> files, CancellationToken stop)
        {
            Shown = files;
            return new AntivirusFacts("x", Now, [], [], null);
        }
    }

    internal static InspectionScheme Everything(InspectionStage stage) => new(
        "全部", "1", stage, "*", [.. RuleCatalogue.Of(stage).Where(r => r.Manner != RuleManner.Reserved).Select(r => new SchemeRule(r.Id, r.Weight))], new Dictionary<string, string>());

    private static void Fill(ZipArchive zip, string name, int length)
    {
        using var entry = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
        var line = System.Text.Encoding.ASCII.GetBytes("0123456789 abcdefghijklmnopqrstuvwxyz 0123456789 abcdefghijklm\n\n");
        for (var written = 0; written < length; written += line.Length)
        {
            line[0] = (byte)('0' + (written / 64 % 10));
            entry.Write(line);
        }
    }

    private static string Shell(string folder, string script)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/bash", ["-c", script]) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        var printed = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        return printed;
    }
}
