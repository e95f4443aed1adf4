using Lantai.Containers;
using Lantai.InformationPackages;
using Lantai.Tests.House;
using Lantai.Words;

namespace Lantai.Tests.InformationPackages;

/// <summary>The samples of spec/vectors/packages, made by another hand: good ones have no finding and come back byte for byte, bad ones have their fault.</summary>
public sealed class CasePackageSampleTests
{
    private static readonly Dictionary<string, string> Codes = new(StringComparer.Ordinal)
    {
        ["two-cases"] = "PKG-004", ["part-missing"] = "PKG-005", ["xml-wrong-root"] = "PKG-006", ["mandatory-missing"] = "PKG-007", ["mandatory-empty"] = "PKG-008",
        ["element-unknown"] = "PKG-010", ["licence-reference-only"] = "PKG-011", ["licence-without-metadata"] = "PKG-012", ["element-duplicated"] = "PKG-013",
        ["date-invalid"] = "PKG-014", ["number-invalid"] = "PKG-014", ["code-unknown"] = "PKG-015", ["secret-level"] = "PKG-017", ["forbidden-character"] = "PKG-018",
        ["completion-before-acceptance"] = "PKG-020", ["step-inverted"] = "PKG-021", ["process-inverted"] = "PKG-022", ["step-missing"] = "PKG-023",
        ["social-code-invalid"] = "PKG-024", ["record-code-form"] = "PKG-025", ["record-code-part"] = "PKG-026", ["package-name-differs"] = "PKG-027",
        ["extension-without-id"] = "PKG-028", ["licence-validity-inverted"] = "PKG-029", ["size-wrong"] = "PKG-030", ["digest-wrong"] = "PKG-031",
        ["check-digest-wrong"] = "PKG-032", ["check-size-wrong"] = "PKG-033", ["digest-algorithm-unknown"] = "PKG-034", ["file-missing"] = "PKG-035",
        ["file-orphan"] = "PKG-036", ["file-not-checked"] = "PKG-037", ["file-empty"] = "PKG-038", ["file-listed-twice"] = "PKG-039", ["folder-unknown"] = "PKG-040",
        ["path-invalid"] = "PKG-041", ["material-nature-missing"] = "PKG-042", ["count-wrong"] = "PKG-043", ["sub-package-unexpected"] = "PKG-044",
        ["joint-id-differs"] = "PKG-045", ["joint-two-leads"] = "PKG-046", ["file-code-folder"] = "PKG-047", ["digest-form"] = "PKG-048", ["content-altered"] = "PKG-053",
        ["xml-dtd"] = "PKG-101", ["xml-malformed"] = "PKG-102", ["xml-encoding-lies"] = "PKG-103", ["xml-encoding-unknown"] = "PKG-104", ["xml-too-deep"] = "PKG-106",
    };

    /// <summary>What follows from the one fault of a sample, by the sample's name.</summary>
    private static readonly Dictionary<string, string[]> Consequences = new(StringComparer.Ordinal)
    {
        ["step-outside-list"] = ["PKG-023"], // the step that was meant is missing
        ["retention-outside-list"] = ["PKG-025"], // the code says the wrong period too
        ["social-code-check-digit"] = ["PKG-024"], // 说明文件.xml repeats the code
        ["check-algorithm-unknown"] = ["PKG-056"], // and so one of the two is missing
        ["folder-unknown"] = ["PKG-042"], // what lies there is no application material
        ["path-outside"] = ["PKG-036"], // the file that was meant is listed by nobody
        ["file-missing"] = ["PKG-043"],
        ["file-orphan"] = ["PKG-043"],
        ["file-listed-twice"] = ["PKG-043"],
    };

    public static TheoryData<string, string> Good => Samples("good");

    public static TheoryData<string, string> Bad => Samples("bad");

    [Theory]
    [MemberData(nameof(Good))]
    public void A_good_package_has_no_finding(string profile, string name)
    {
        using var package = Open(profile, "good", name);

        var (read, verdict) = Profile(profile).Read(package, CancellationToken.None);

        Assert.Empty(verdict.Findings);
        Assert.True(verdict.IsAcceptable);
        Assert.Equal((package.Files.Count, package.Bytes), (verdict.Counts.Files, verdict.Counts.Bytes));
        Assert.True(verdict.Counts.Digests >= read!.Files.Count());
    }

    [Theory]
    [MemberData(nameof(Good))]
    public void A_good_package_comes_back_byte_for_byte(string profile, string name)
    {
        using var scratch = new Scratch();
        using var package = Open(profile, "good", name);
        var (read, _) = Profile(profile).Read(package, CancellationToken.None);

        using (var zip = File.Create(Path.Combine(scratch.Path, "written.zip")))
        {
            PackageWriting.ToZip(zip, Profile(profile).Write(read!, CancellationToken.None), name);
        }

        using var written = Open(scratch.Path, "written.zip");
        var (again, verdict) = Profile(profile).Read(written, CancellationToken.None);
        Assert.Empty(verdict.Findings);
        Assert.Equal(package.Files.Select(Bytes), written.Files.Select(Bytes));
        Assert.Equal(package.Files.Select(Bytes), Profile(profile).Write(again!, CancellationToken.None).OrderBy(f => f.Name).Select(Bytes));
    }

    [Theory]
    [MemberData(nameof(Good))]
    public void A_good_package_is_good_in_the_other_profile_and_comes_back_the_same(string profile, string name)
    {
        Assert.SkipWhen(name == "joint-nested", "The profile dat85 has no packages inside others.");
        var (own, other) = (Profile(profile), Profile(profile == "dat85" ? "gbt42727" : "dat85"));
        using var package = Open(profile, "good", name);
        var (read, _) = own.Read(package, CancellationToken.None);

        var there = other.Write(other.Adopt(read!), CancellationToken.None);
        var (adopted, verdict) = other.Read(PackageTree.Of(name, there), CancellationToken.None);
        var back = own.Write(own.Adopt(adopted!), CancellationToken.None);

        Assert.Empty(verdict.Findings);
        Assert.Equal(other.Write(adopted!.Completed!.Value), adopted.Basic["transact_time"]);
        Assert.Equal(package.Files.Select(Bytes), back.OrderBy(f => f.Name).Select(Bytes));
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_bad_package_has_its_fault_and_what_follows_from_it(string profile, string name)
    {
        var line = Lines(profile).Single(l => l[0] == name);
        using var package = Open(profile, "bad", name);

        var verdict = Profile(profile).Judge(package, CancellationToken.None);

        var (code, place) = (Codes[line[2]], line[3].Split('#'));
        var told = verdict.Findings.Where(f => f.Code == code && f.Subject == place[0] && (place.Length == 1 || At(f) == place[1])).ToList();
        Assert.True(told.Count > 0, $"{line[2]} at {line[3]} is missing among:\n{string.Join('\n', verdict.Findings)}");
        Assert.False(verdict.IsAcceptable);
        var beside = verdict.Findings.Except(told).Where(f => !Consequences.GetValueOrDefault(name, []).Contains(f.Code)).ToList();
        Assert.True(beside.Count == 0, $"These do not follow from {line[2]} at {line[3]}:\n{string.Join('\n', beside)}");
    }

    internal static CaseProfile Profile(string name) => (CaseProfile)PackageProfiles.Find(name)!;

    private static string? At(Finding finding) => finding.Arguments.FirstOrDefault(a => a.Key is "at" or "path").Value;

    private static (string, string) Bytes(PackageFile file)
    {
        using var content = file.OpenRead();
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return (file.Path, Convert.ToBase64String(bytes.ToArray()));
    }

    internal static PackageTree Open(string profile, string kind, string name) =>
        Open(Path.Combine(Tree.Root, "spec", "vectors", "packages", profile, kind), name);

    internal static PackageTree Open(string folder, string name)
    {
        var findings = new List<Finding>();
        var package = PackageTree.Open(new SubmissionSource(Path.Combine(folder, name), SubmissionForm.Auto, ContainerLimits.Default), findings);
        Assert.Empty(findings);
        return package!;
    }

    private static TheoryData<string, string> Samples(string kind)
    {
        var data = new TheoryData<string, string>();
        foreach (var profile in new[] { "dat85", "gbt42727" })
        {
            foreach (var line in Lines(profile).Where(l => l[1] == kind))
            {
                data.Add(profile, line[0]);
            }
        }

        return data;
    }

    private static IEnumerable<string[]> Lines(string profile) =>
        Tree.Read($"spec/vectors/packages/{profile}/expected.tsv").Split('\n').Skip(1).Where(l => l.Length > 0).Select(l => l.Split('\t'));
}
