using System.Text.RegularExpressions;
using Lantai.InformationPackages;
using Lantai.RecordsManagement;
using Lantai.Words;
using static Lantai.Tests.Inspection.Red.RedMutation;

namespace Lantai.Tests.Inspection.Red;

/// <summary>Packages that exist for one rule of the regulation each, and ways that packages took.</summary>
internal sealed class RegulationMutations : IRedMutations
{
    private const string Metadata = "元数据.xml";
    private const string Licence = "材料/调用材料/营业执照.ofd";
    private const string Joint = "LB20260512000003";

    public IEnumerable<RedMutation> All =>
    [
        Case("source-disabled", s => s.Under(t => t with { Source = [Finding.Error("SRC-001", CleanCases.Source, ("source-state", "disabled"))] })),
        Case("two-cases", s => s.Replace(Metadata, "</project_id>", "</project_id><project_id>YS2026051200000002</project_id>").Sealed()),
        Case("case-still-running", s => s.Set(Metadata, "result", "办理中").Sealed()),
        Drafted("no-outcome", d => d.Files.RemoveAll(f => f.Kind == MaterialKind.Outcome)),
        Drafted("no-procedure", d => d.Files.RemoveAll(f => f.Kind == MaterialKind.Process)),
        Case("licence-without-metadata", s => s.With(Metadata, CleanPapers.Utf8(Regex.Replace(s.Text(Metadata), @"\s*<电子证照>.*?</电子证照>", "", RegexOptions.Singleline))).Sealed()),
        Case("licence-by-address-alone", s => s.With(Metadata, CleanPapers.Utf8(Referred(s.Text(Metadata)))).Set(Metadata, "total_number", "5").Without(Licence).Recounted().Sealed()),
        Drafted("joint-case-of-another-lead", d => CleanCases.Set(d.Basic, ("joint_case_id", Joint), ("joint_role", "协办")), after: s => s.Under(t => t with { Notice = t.Notice! with { Joint = Joint, Role = JointRole.Lead } })),
        Drafted("second-lead", d => CleanCases.Set(d.Basic, ("joint_case_id", Joint), ("joint_role", "主办")), after: s => s.Under(t => t with
        {
            Notice = t.Notice! with { Joint = Joint, Role = JointRole.Lead },
            Joint = [t.Notice with { Place = 2, Case = Guid.Parse("6d8c1ab4-0d1c-4e6f-9c0e-0f6f0f4c0002"), Number = "YS2026051200000009", Agency = InventedWorld.SocialCodeOf("11", 9), Joint = Joint, Role = JointRole.Lead }],
        })),
        Case("late", s => s.Under(t => t with { Day = new DateOnly(2027, 7, 1) })),
        Case("retention-shorter-than-the-schedule", s => s.Under(t => t with
        {
            Schedule = t.Schedule! with { Findings = [Finding.Error("SCH-027", "0131045", ("material", "0131045"), ("retention", "D30"), ("expected", "Y"), ("number", t.Schedule.Version!.Number))] },
        })),
        Case("retention-shorter-than-the-traceback", s => s.Under(t => t with { Scope = [.. t.Scope.SkipLast(1), CleanTerms.Row("result", "formed", "准予食品经营许可决定书", floor: 40)] })),
        Case("nobody-answers", s => s.From(c => c with { IsAuthenticated = false, Operator = null })),
        Case("sent-after-receipt", s => s.From(c => c with { Sent = CleanCases.Now, Received = CleanCases.Now.AddMinutes(-10) })),
        Case("a-day-on-the-way", s => s.From(c => c with { Sent = CleanCases.Now.AddHours(-26) })),
        Case("offline-without-reason", s => s.From(c => c with { Channel = SourceChannel.Offline }).Under(t => t with { Source = [Finding.Error("SRC-004", CleanCases.Source)] })),
        Case("made-on-an-abandoned-system", s => s.Set(Metadata, "information_system_description", "云示例市一体化政务服务平台 4.1（Windows XP）").Sealed()),
    ];

    /// <summary>The licence as an address, as some systems send it: no name, no length, no digest.</summary>
    private static string Referred(string metadata) => Regex.Replace(
        metadata, @"<computer_file_name>营业执照\.ofd</computer_file_name>.*?</digest>", "<引用地址>https://licence.example/990100/1</引用地址>", RegexOptions.Singleline);
}
