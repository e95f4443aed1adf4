using Lantai.InformationPackages;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>A case of a package: the one that it is about, or one inside it.</summary>
/// <param name="Prefix">Where its package lies in the one that is inspected: empty, or a folder with '/' at its end.</param>
/// <param name="Case">The case.</param>
internal readonly record struct PlacedCase(string Prefix, CasePackage Case)
{
    /// <summary>The path of a material in the whole package.</summary>
    public string PathOf(CaseFile file) => Prefix + file.Path;
}

/// <summary>What checks need before they can ask: the case, the transfer package, the registers.</summary>
/// <remarks>Pure; safe for concurrent use.</remarks>
internal static class Asking
{
    // What keeps the metadata of a package without a value of its own (EEP) from being read.
    private static readonly string[] Unreadable = ["PKG-002", "PKG-003", "PKG-101", "PKG-102", "PKG-103", "PKG-104", "PKG-106", "PKG-110", "PKG-184"];

    /// <summary>Asks a case; not applicable to a profile that carries none, and could not run where its metadata could not be read.</summary>
    public static RuleAnswer OfCase(InspectionFacts facts, Func<CasePackage, RuleAnswer> ask) =>
        facts.Package.Case is { } read ? ask(read)
        : facts.Package.Transfer is not null || PackageProfiles.Find(facts.Package.Profile) is EepProfile ? RuleAnswer.NotApplicable("not-a-case")
        : MetadataNotRead(facts);

    /// <summary>Asks a transfer package, or says what <see cref="OfCase"/> says of cases.</summary>
    public static RuleAnswer OfTransfer(InspectionFacts facts, Func<TransferPackage, RuleAnswer> ask) =>
        facts.Package.Transfer is { } read ? ask(read)
        : facts.Package.Case is not null || PackageProfiles.Find(facts.Package.Profile) is EepProfile ? RuleAnswer.NotApplicable("not-a-transfer")
        : MetadataNotRead(facts);

    /// <summary>What the reading found for a check, whatever the profile; could not run where there was no metadata to read.</summary>
    public static RuleAnswer OfReading(InspectionFacts facts, string check) => OfFindings(facts, facts.FindingsOf(check));

    /// <summary>What findings say, whatever the profile; where they hold nothing against it and no metadata could be read, it could not run.</summary>
    public static RuleAnswer OfFindings(InspectionFacts facts, IEnumerable<Finding> findings) =>
        RuleAnswer.Of(findings, facts.Package.Files.Count) is var answer && (answer.Verdict == RuleVerdict.Failed || WasRead(facts.Package)) ? answer : MetadataNotRead(facts);

    /// <summary>What findings say; where they hold nothing against it and no register was asked, it could not run.</summary>
    public static RuleAnswer AlsoAsksRegisters(InspectionFacts facts, RuleAnswer answer) =>
        facts.Terms is null && answer.Verdict != RuleVerdict.Failed ? RegistersNotAsked(facts) with { Findings = [Registers(facts), .. answer.Findings] } : answer;

    /// <summary>Nobody asked the registers: the fault is not in the package.</summary>
    public static RuleAnswer RegistersNotAsked(InspectionFacts facts) => RuleAnswer.CouldNotRun(Registers(facts));

    /// <summary>The package does not say what the registers must be asked with.</summary>
    /// <param name="facts">What was observed.</param>
    /// <param name="missing">The rest of a text key <c>missing.…</c>.</param>
    public static RuleAnswer NotSaid(InspectionFacts facts, string missing) =>
        RuleAnswer.CouldNotRun(Finding.Error("INS-202", facts.Package.Name, ("missing", missing), ("retry", "after-fix")));

    /// <summary>The case and the cases inside it, however deep.</summary>
    public static IEnumerable<PlacedCase> Cases(CasePackage lead) =>
        [new(FolderOf(lead.Basic.File), lead), .. lead.Parts.SelectMany(p => Cases(p.Value))];

    /// <summary>How a finding calls the file that fields stand in.</summary>
    public static string FileOf(InspectionFacts facts, CaseFields fields) => fields.File.Length > 0 ? fields.File : facts.Package.Name;

    /// <summary>Whether its metadata could be read.</summary>
    public static bool WasRead(InspectedPackage package) =>
        package.Case is not null || package.Transfer is not null
        || (PackageProfiles.Find(package.Profile) is EepProfile && !package.Findings.Any(f => f.Severity == Severity.Error && Unreadable.Contains(f.Code)));

    public static RuleAnswer MetadataNotRead(InspectionFacts facts) =>
        RuleAnswer.CouldNotRun(Finding.Error("INS-201", facts.Package.Name, ("retry", "after-fix")));

    private static Finding Registers(InspectionFacts facts) => Finding.Error("INS-200", facts.Package.Name, ("retry", "later"));

    private static string FolderOf(string file) => file[..(file.LastIndexOf('/') + 1)];
}
