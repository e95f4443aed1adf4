using System.Globalization;
using Lantai.Words;

namespace Lantai.InformationPackages;

/// <summary>Judges what the metadata of one case say of each other, whatever profile they came by.</summary>
internal sealed class CaseRules(PackageFindings findings, RecordCodeRule rule)
{
    /// <summary>Steps that every case has: 收件, 受理, 审核, 办结.</summary>
    private static readonly string[] RequiredSteps = ["1", "2", "3", "4"];

    /// <summary>Judges a case.</summary>
    /// <param name="package">The case.</param>
    /// <param name="stepsAt">Where its steps stand; null when they do not stand at all, which was told.</param>
    /// <param name="filesAt">Where its materials are listed.</param>
    internal void Check(CasePackage package, string? stepsAt, string filesAt)
    {
        CheckTimes(package);
        CheckRecordCode(package);
        CheckApplicant(package.Basic);
        CheckSteps(package, stepsAt);
        CheckMaterials(package, filesAt);
        CheckParts(package);
        foreach (var file in package.Files)
        {
            CheckLicence(file);
        }
    }

    private void CheckTimes(CasePackage package)
    {
        NotBefore(package.Basic, "transact_time", package.Basic.Time("receive_time"));
        NotBefore(package.Configuration, "archive_time", package.Completed);
    }

    private void NotBefore(CaseFields fields, string name, DateTimeOffset? earlier)
    {
        if (fields.Time(name) is { } time && time < earlier)
        {
            findings.Error("PKG-020", fields.File, fields.PlaceOf(name), "group-1-2", CaseTime.Zone(earlier.Value), fields[name]!);
        }
    }

    private void CheckRecordCode(CasePackage package)
    {
        if (rule.Split(package.RecordCode) is not { } parts)
        {
            return; // its form was told with the value
        }

        var said = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["region"] = package.Configuration["region_code"],
            ["fonds"] = package.Configuration["fonds_identifier"],
            ["social"] = package.Configuration["social_code"],
            ["item"] = package.Basic["task_code"],
            ["retention"] = package.Configuration.Code("retention_period"),
            ["year"] = package.Completed?.ToOffset(CaseTime.Offset).Year.ToString(CultureInfo.InvariantCulture),
        };
        foreach (var (name, value) in parts)
        {
            if (said.GetValueOrDefault(name) is { Length: > 0 } expected && !expected.Equals(value, StringComparison.Ordinal))
            {
                findings.Error("PKG-026", package.Configuration.File, package.Configuration.PlaceOf("electronic_record_code"), "group-1-2", expected, value);
            }
        }
    }

    private void CheckApplicant(CaseFields basic)
    {
        if (basic.Code("card_type") == "001" && basic["contacted_card"] is { Length: > 0 } code && !SocialCode.IsValid(code))
        {
            findings.Error("PKG-024", basic.File, basic.PlaceOf("contacted_card"), "group-1-2", "social-code", code);
        }
    }

    private void CheckSteps(CasePackage package, string? stepsAt)
    {
        DateTimeOffset? before = null;
        foreach (var step in package.Steps)
        {
            var (start, end) = (step.Time("step_start"), step.Time("step_end"));
            if (end < start)
            {
                findings.Error("PKG-021", step.File, step.PlaceOf("step_end"), "group-2-2", step["step_start"]!, step["step_end"]!);
            }

            if (start < before)
            {
                findings.Error("PKG-022", step.File, step.PlaceOf("step_start"), "group-2-2", CaseTime.Zone(before.Value), step["step_start"]!);
            }

            before = start ?? before;
        }

        foreach (var code in stepsAt is null ? [] : RequiredSteps.Where(c => package.Steps.All(s => s.Code("step_code") != c)))
        {
            findings.Error("PKG-023", package.Basic.File, stepsAt!, "group-2-2", $"{code} {ValueLists.Of("process-step").Find(code)!.Chinese}");
        }
    }

    private void CheckMaterials(CasePackage package, string filesAt)
    {
        foreach (var kind in new[] { MaterialKind.Application, MaterialKind.Process, MaterialKind.Outcome })
        {
            // A licence that was called proves as well as one that was handed in.
            if (package.Folders.Any(f => (f.Kind == kind || (f.Kind == MaterialKind.Called && kind == MaterialKind.Application)) && f.Files.Count > 0))
            {
                continue;
            }

            if (kind == MaterialKind.Outcome)
            {
                findings.Error("PKG-042", package.Basic.File, filesAt, "article-7", Nature(kind));
            }
            else
            {
                findings.Warning("PKG-042", package.Basic.File, filesAt, "article-7", Nature(kind));
            }
        }

        var count = package.Files.Count(f => !f.IsReference);
        if (package.Configuration.Number("total_number") is { } total && total != count)
        {
            findings.Error(
                "PKG-043", package.Configuration.File, package.Configuration.PlaceOf("total_number"), "group-2-4",
                count.ToString(CultureInfo.InvariantCulture), package.Configuration["total_number"]!);
        }
    }

    private void CheckParts(CasePackage package)
    {
        foreach (var (_, part) in package.Parts)
        {
            if (part.Basic["joint_case_id"] != package.Basic["joint_case_id"] || package.Basic["joint_case_id"] is null)
            {
                findings.Error(
                    "PKG-045", part.Basic.File, part.Basic.PlaceOf("joint_case_id"), "article-8",
                    package.Basic["joint_case_id"] ?? package.Basic.PlaceOf("joint_case_id"), part.Basic["joint_case_id"] ?? "");
            }

            if (part.Basic["joint_role"] == "主办")
            {
                findings.Error("PKG-046", part.Basic.File, part.Basic.PlaceOf("joint_role"), "article-8", "协办", "主办");
            }
        }
    }

    private void CheckLicence(CaseFile file)
    {
        var at = file.Fields.Source!.Element.Path;
        if (file.IsReference)
        {
            findings.Error("PKG-011", file.Fields.File, at, "article-8", "", file.Fields["reference_address"]!);
        }

        if (file.Licence is { } licence && licence.Day("licence_valid_to") < licence.Day("licence_valid_from"))
        {
            findings.Error(
                "PKG-029", licence.File, licence.PlaceOf("licence_valid_to"), "group-1-2", licence["licence_valid_from"]!, licence["licence_valid_to"]!);
        }
    }

    private static string Nature(MaterialKind kind) => kind switch
    {
        MaterialKind.Application => "evidence",
        MaterialKind.Process => "procedure",
        _ => "outcome",
    };
}
