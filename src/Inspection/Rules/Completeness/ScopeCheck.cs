using System.Text;
using Lantai.InformationPackages;
using Lantai.RecordsManagement;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>归档范围: the materials of the case against the rows of the schedule in force for its item.</summary>
/// <remarks>
/// Pure. Group 2-4. A nature that the schedule archives and that has no material fails, and so does a material that the schedule says is not
/// archived. A material in no row, and a material of proof that a row names and that is not there, are warnings, since names differ from paper to
/// paper; the parameters <c>scope.extra</c> and <c>scope.missing</c> with the value <c>fail</c> make them fail. What a row names among procedures
/// and results is not missed while something of the nature is there: a licence and its refusal exclude each other.
/// </remarks>
internal static class ScopeCheck
{
    private static readonly (string Nature, MaterialKind[] Kinds)[] Natures =
    [
        ("evidential", [MaterialKind.Application, MaterialKind.Called]),
        ("procedural", [MaterialKind.Process]),
        ("result", [MaterialKind.Outcome]),
    ];

    /// <summary>Judges the materials of the case that the package is about; those of cases inside it stand under the schedules of their agencies.</summary>
    public static RuleAnswer Check(InspectionFacts facts) => Asking.OfCase(facts, read =>
    {
        var found = facts.FindingsOf("scope");
        return facts.Terms is not { } terms ? Asking.AlsoAsksRegisters(facts, RuleAnswer.Of(found))
            : terms.Scope.Count == 0 ? RuleAnswer.CouldNotRun(Finding.Error("INS-228", facts.Package.Name, ("item", read.Basic["task_code"] ?? ""), ("retry", "later")))
            : RuleAnswer.Of([.. found, .. Natures.SelectMany(n => OfNature(facts, read, n.Nature, n.Kinds, terms.Scope))], read.Files.Count()) with { Evidence = EvidenceOf(terms) };
    });

    private static IEnumerable<Finding> OfNature(InspectionFacts facts, CasePackage read, string nature, MaterialKind[] kinds, IReadOnlyList<ScheduleRow> scope)
    {
        var rows = scope.Where(r => r.Nature == nature).ToList();
        var files = read.Folders.Where(f => kinds.Contains(f.Kind)).SelectMany(f => f.Files).ToList();
        if (files.Count == 0 && rows.Any(r => r.IsArchived))
        {
            yield return Finding.Error("INS-226", Asking.FileOf(facts, read.Basic), ("schedule-nature", nature), ("item", read.Basic["task_code"] ?? ""));
        }

        foreach (var file in files)
        {
            var row = rows.FirstOrDefault(r => Names(r, file)) ?? rows.FirstOrDefault(r => r.MaterialCode.Length + r.MaterialName.Length == 0);
            if (row is null)
            {
                yield return Weigh(facts, "scope.extra", Told("INS-224", file));
            }
            else if (!row.IsArchived)
            {
                yield return Told("INS-225", file);
            }
        }

        foreach (var row in rows.Where(r => files.Count > 0 && IsDemanded(r) && !files.Any(f => Names(r, f))))
        {
            yield return Weigh(facts, "scope.missing", Finding.Error(
                "INS-227", Asking.FileOf(facts, read.Basic), ("expected", row.MaterialName.Length > 0 ? row.MaterialName : row.MaterialCode), ("schedule-nature", nature)));
        }

        Finding Told(string code, CaseFile file) => Finding.Error(
            code, Asking.FileOf(facts, file.Fields), ("at", file.Fields.PlaceOf("file_standard_name")), ("found", file.Fields["file_standard_name"] ?? ""), ("schedule-nature", nature));
    }

    private static bool IsDemanded(ScheduleRow row) =>
        row is { IsArchived: true, Nature: "evidential", Origin: not "called" } && row.MaterialCode.Length + row.MaterialName.Length > 0;

    private static bool Names(ScheduleRow row, CaseFile file) =>
        (row.MaterialCode.Length > 0 && row.MaterialCode == file.Fields["file_code"])
        || (row.MaterialName.Length > 0 && Plain(row.MaterialName) == Plain(file.Fields["file_standard_name"] ?? ""));

    private static Finding Weigh(InspectionFacts facts, string parameter, Finding finding) =>
        facts.Parameter(parameter) == "fail" ? finding : finding with { Severity = Severity.Warning };

    private static KeyValuePair<string, string>[] EvidenceOf(TermsFacts terms) =>
        terms.Schedule?.Version is { } version ? [KeyValuePair.Create("schedule", version.Number)] : [];

    /// <summary>Without blanks, full-width forms made plain: a name is the same name however it was typed.</summary>
    private static string Plain(string name) => string.Concat(name.Normalize(NormalizationForm.FormKC).Where(c => !char.IsWhiteSpace(c)));
}
