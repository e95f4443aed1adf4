using Lantai.InformationPackages;
using Lantai.RecordsManagement;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>联合办理关联: a part of a joint case names it and its role in it, as the notices do; there is one lead.</summary>
/// <remarks>Pure. Article 8; R8-4. What cases inside the package say of each other is told by the reading.</remarks>
internal static class JointCheck
{
    private const string Lead = "主办";
    private const string Participant = "协办";

    /// <summary>Judges the links of the case that the package is about.</summary>
    public static RuleAnswer Check(InspectionFacts facts) => Asking.OfCase(facts, read =>
    {
        var (id, role) = (Said(read.Basic["joint_case_id"]), Said(read.Basic.Code("joint_role")));
        List<Finding> findings = [.. facts.FindingsOf("joint"), .. Halves(facts, read, id, role)];
        return facts.Terms is not { } terms ? Asking.AlsoAsksRegisters(facts, RuleAnswer.Of(findings))
            : (id ?? role ?? terms.Notice?.Joint) is null && findings.Count == 0 ? RuleAnswer.NotApplicable("not-joint")
            : RuleAnswer.Of([.. findings, .. AgainstNotice(facts, read, terms.Notice), .. AgainstOthers(facts, read, role, terms)], 1 + terms.Joint.Count);
    });

    /// <summary>Id and role stand together or not at all.</summary>
    private static IEnumerable<Finding> Halves(InspectionFacts facts, CasePackage read, string? id, string? role)
    {
        foreach (var (name, element, isMissing) in new[] { ("joint_case_id", "联办标识", id is null && role is not null), ("joint_role", "主协办角色", role is null && id is not null) })
        {
            if (isMissing)
            {
                yield return Finding.Error("INS-246", Asking.FileOf(facts, read.Basic), ("at", read.Basic.PlaceOf(name)), ("expected", element));
            }
        }
    }

    private static IEnumerable<Finding> AgainstNotice(InspectionFacts facts, CasePackage read, ServiceCase? notice)
    {
        if (notice is null)
        {
            yield break;
        }

        (string Name, string? Expected)[] pairs =
            [("joint_case_id", notice.Joint), ("joint_role", notice.Role switch { JointRole.Lead => Lead, JointRole.Participant => Participant, _ => null })];
        foreach (var (name, expected) in pairs)
        {
            if (Said(read.Basic.Code(name)) is var found && found != expected)
            {
                yield return Finding.Error("INS-247", Asking.FileOf(facts, read.Basic), ("at", read.Basic.PlaceOf(name)), ("expected", expected ?? ""), ("found", found ?? ""));
            }
        }
    }

    private static IEnumerable<Finding> AgainstOthers(InspectionFacts facts, CasePackage read, string? role, TermsFacts terms)
    {
        var agency = read.Configuration["social_code"];
        var others = terms.Joint.Where(p => p.Case != terms.Notice?.Case && (p.Number, p.Agency) != (read.CaseNumber, agency)).ToList();
        var leads = others.Where(p => p.Role == JointRole.Lead).ToList();
        if (role == Lead && leads is [var other, ..])
        {
            yield return Finding.Error("INS-248", Asking.FileOf(facts, read.Basic), ("at", read.Basic.PlaceOf("joint_role")), ("expected", other.Name), ("found", Lead));
        }

        if (role == Participant && leads.Count > 0 && terms.Joint.All(p => p.Agency != agency))
        {
            yield return Finding.Error("INS-249", Asking.FileOf(facts, read.Configuration), ("at", read.Configuration.PlaceOf("social_code")), ("expected", leads[0].Name), ("found", agency ?? ""));
        }
    }

    private static string? Said(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
