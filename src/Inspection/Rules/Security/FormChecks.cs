using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>What only a person or an instrument can see: the finding names what the form must say, and until somebody has filled it in nothing has passed.</summary>
internal static class FormChecks
{
    /// <summary>载体外观: scratches, stains, deformation, the number on it.</summary>
    public static RuleAnswer MediumAppearance(InspectionFacts facts) =>
        MediumChecks.CameOnOne(facts) ? Form("INS-385", facts.Medium?.Number ?? facts.Package.Name, "medium-appearance") : RuleAnswer.NotApplicable("online");

    /// <summary>光盘合格性: the report of a drive that measures, by DA/T 38.</summary>
    public static RuleAnswer OpticalDisc(InspectionFacts facts) => facts.Medium switch
    {
        null => MediumChecks.CameOnOne(facts) ? Form("INS-386", facts.Package.Name, "optical-disc") : RuleAnswer.NotApplicable("online"),
        { Kind: "disc" } medium => Form("INS-386", medium.Number, "optical-disc"),
        _ => RuleAnswer.NotApplicable("not-a-disc"),
    };

    /// <summary>保存载体安全性: what the devices of the store say of themselves.</summary>
    public static RuleAnswer StorageMedium(InspectionFacts facts) => Form("INS-386", facts.Package.Name, "storage-medium");

    /// <summary>软件系统安全漏洞: the report of a scan for known weaknesses.</summary>
    public static RuleAnswer Vulnerabilities(InspectionFacts facts) => Form("INS-386", facts.Package.Name, "vulnerabilities");

    /// <summary>载体保管环境安全性: the readings of the room where media are kept.</summary>
    public static RuleAnswer StorageEnvironment(InspectionFacts facts) => Form("INS-386", facts.Package.Name, "storage-environment");

    /// <summary>备份数据可恢复性: what a restore drill brought back.</summary>
    public static RuleAnswer Backups(InspectionFacts facts) => Form("INS-550", facts.Package.Name, "restore-drill");

    private static RuleAnswer Form(string code, string subject, string form) => RuleAnswer.Manual(Finding.Warning(code, subject, ("form", form)));
}
