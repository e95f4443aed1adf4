using System.Text.RegularExpressions;
using Lantai.InformationPackages;
using static Lantai.Tests.Inspection.Red.RedMutation;

namespace Lantai.Tests.Inspection.Red;

/// <summary>Packages that exist for one rule of completeness each.</summary>
internal sealed class CompletenessMutations : IRedMutations
{
    private const string Metadata = "元数据.xml";
    private const string Opinions = "其他/开放利用意见.xml";
    private const string Plan = "材料/申请材料/附件1-经营场所平面图.pdf";

    public IEnumerable<RedMutation> All =>
    [
        Case("register-of-two-items", s => s.From(c => c with { DeclaredItems = 2 })),
        Transfer("register-of-three-records", s => s.From(c => c with { DeclaredItems = 3 })),
        Case("register-of-one-byte-more", s => s.From(c => c with { DeclaredBytes = s.Files.Values.Sum(f => (long)f.Length) + 1 })),
        Case("element-missing", s => s.Replace(Metadata, $"<receive_department>{CleanCases.Agency.Name}</receive_department>", "").Sealed()),
        Case("element-empty", s => s.Set(Metadata, "receive_department", "").Sealed()),
        Drafted("step-missing", d => d.Steps.RemoveAll(p => p["step_code"] == "3")),
        Case("step-without-person", s => s.Set(Metadata, "办理人", "").Sealed()),
        Case("step-of-the-item-missing", s => s.Under(t => t with { Item = t.Item! with { Steps = ["1", "2", "11", "3", "4"] } })),
        Case("number-left-out", s => s.Replace(Metadata, "<file_code>A2</file_code>", "<file_code>A3</file_code>").Sealed()),
        Drafted("file-of-no-bytes", d => CleanCases.Add(d, MaterialKind.Process, "经办说明.txt", [], CleanCases.Completed), t => t with { Scope = [.. t.Scope, CleanTerms.Row("procedural", "formed", "经办说明")] }),
        Transfer("page-missing", s => s.Files.Keys.Where(f => f.EndsWith(".XML", StringComparison.Ordinal) && s.Text(f).Contains("<页数>1<", StringComparison.Ordinal))
            .Aggregate(s, (changed, f) => changed.Replace(f, "<页数>1</页数>", "<页数>2</页数>")).Sealed()),
        Drafted(
            "attachment-missing", d => CleanCases.Add(d, MaterialKind.Application, "附件1-经营场所平面图.pdf", CleanPapers.Pdf("经营场所平面图", "Plan"), CleanCases.Accepted),
            t => t with { Scope = [.. t.Scope, CleanTerms.Row("evidential", "formed", "附件1-经营场所平面图")] }, s => s.Without(Plan).Recounted().Sealed()),
        Case("material-that-is-not-archived", s => s.Under(t => t with { Scope = [.. t.Scope.Where(r => r.MaterialName != "审查意见"), CleanTerms.Row("procedural", "formed", "审查意见", "no")] })),
        Case("material-in-no-row", s => s.Under(t => t with { Scope = [.. t.Scope.Where(r => r.MaterialName != "经营场所照片")] })),
        Case("notice-of-another-item", s => s.Under(t => t with { Notice = t.Notice! with { Item = "0131046" } })),
        Case("number-of-files-wrong", s => s.Set(Metadata, "total_number", "7").Sealed()),
        Transfer("opinion-missing", s => s.With(Opinions, CleanPapers.Utf8(Regex.Replace(s.Text(Opinions), @"\s*<意见>(?:(?!</意见>).)*000002(?:(?!</意见>).)*</意见>", "", RegexOptions.Singleline))).Sealed()),
    ];
}
