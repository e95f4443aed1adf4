using System.Collections.Frozen;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>Which check each finding of the reading of a package belongs to: each to exactly one, so that no rule speaks for another.</summary>
/// <remarks>Pure; safe for concurrent use. Where one code covers what several rules ask, the finding's file, place and arguments decide (<see cref="ReadingPlace"/>).</remarks>
public static class ReadingCodes
{
    // A table of cases, from which packages are made, is no package: nothing of it is ever among the findings of one.
    internal static readonly FrozenSet<string> OfMaking = FrozenSet.Create(StringComparer.Ordinal, "PKG-060", "PKG-061", "PKG-062", "PKG-063", "PKG-064", "PKG-065");

    private static readonly FrozenDictionary<string, string> Owners = Table(
        ("fixity", "PKG-031 PKG-032 PKG-034 PKG-037 PKG-048 PKG-053 PKG-055 PKG-056 PKG-059 PKG-155 PKG-156 PKG-157 PKG-159 PKG-160 PKG-165 PKG-170 PKG-181 PKG-182 PKG-190 PKG-191 PKG-192 PKG-193 BAG-022"),
        ("length", "PKG-019 PKG-125"),
        ("type", "PKG-024 PKG-119 PKG-120 PKG-121"),
        ("domain", "PKG-015 PKG-016 PKG-122"),
        ("plausibility", "PKG-020 PKG-029 PKG-149 PKG-150"),
        ("characters", "PKG-018 PKG-058 PKG-124"),
        ("reference-code", "PKG-025 PKG-026 PKG-142 PKG-143"),
        ("duplicates", "PKG-141"),
        ("attributes", "PKG-030 PKG-033 PKG-148 PKG-158 PKG-173"),
        ("linkage", "PKG-036 PKG-138 PKG-139 PKG-145 PKG-147 PKG-151 PKG-174 PKG-175 PKG-176 PKG-179 PKG-183 PKG-185"),
        ("description", "PKG-027 PKG-054 PKG-133 PKG-134 PKG-135 PKG-137 PKG-161 PKG-162 PKG-166"),
        ("structure", "PKG-001 PKG-040 PKG-041 PKG-047 PKG-051 PKG-052 PKG-131 PKG-132 PKG-144 PKG-171 PKG-180 PKG-184"),
        ("item-count", "PKG-136 PKG-164"),
        ("elements-present", "PKG-010 PKG-013 PKG-057"),
        ("elements-filled", "PKG-028"),
        ("metadata-readable", "INS-300 INS-301"),
        ("process", "PKG-021 PKG-022 PKG-023"),
        ("continuity", "PKG-140"),
        ("content", "PKG-038 PKG-146 SIP-001 SIP-002 SIP-007 SIP-010 SIP-013 ZIP-019 ZIP-020 ZIP-021 ZIP-026 CON-012 TAR-002"),
        ("package-metadata", "PKG-177"),
        ("package-content", "BAG-009 BAG-010 BAG-013 BAG-014"),
        ("package-usability", "PKG-002 PKG-178 ZIP-014 CON-001 CON-002 CON-008 CON-009 CON-016"),
        ("archive-safety", "PKG-003"),
        ("encryption", "ZIP-013"),
        ("secrets", "PKG-017 PKG-123"),
        ("one-case", "PKG-004 PKG-044"),
        ("natures", "PKG-042"),
        ("licences", "PKG-011 PKG-012"),
        ("joint", "PKG-045 PKG-046"),
        ("opinions", "PKG-152 PKG-153 PKG-154"));

    /// <summary>Where a finding goes in a stage that does not ask the check that owns it: no fault of a package is lost because a stage has fewer rules.</summary>
    private static readonly FrozenDictionary<string, string> Elsewhere = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["archive-safety"] = "package-usability", ["encryption"] = "package-usability", ["package-usability"] = "content", ["package-content"] = "content",
        ["secrets"] = "domain", ["natures"] = "content", ["licences"] = "content", ["one-case"] = "structure", ["joint"] = "linkage", ["linkage"] = "content",
        ["package-metadata"] = "elements-present", ["process"] = "elements-filled", ["opinions"] = "elements-present", ["description"] = "elements-present",
        ["structure"] = "metadata-readable",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<InspectionStage, FrozenSet<string>> Asked = Enum.GetValues<InspectionStage>()
        .ToFrozenDictionary(s => s, s => RuleCatalogue.Of(s).Select(r => r.Check).ToFrozenSet(StringComparer.Ordinal));

    /// <summary>The name of the check that owns a finding in a stage; null for what no check owns.</summary>
    public static string? CheckOf(Finding finding, InspectionStage stage)
    {
        var check = CheckOf(finding);
        if (stage == InspectionStage.Preservation && check is not null && !Asked[stage].Contains(check) && ReadingPlace.IsOfEncapsulation(finding))
        {
            return "eep"; // storage has one rule for all that makes an encapsulated record one
        }

        while (check is not null && !Asked[stage].Contains(check))
        {
            check = Elsewhere.GetValueOrDefault(check);
        }

        return check;
    }

    /// <summary>The name of the check that owns a finding, whatever the stage; null for what no check owns.</summary>
    public static string? CheckOf(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return ReadingPlace.CheckOf(finding) ?? Owners.GetValueOrDefault(finding.Code) ?? ByPrefix(finding.Code);
    }

    /// <summary>Containers, submissions and signatures are told about in many ways; what is not about contents is about their safety.</summary>
    private static string? ByPrefix(string code) => code[..Math.Min(4, code.Length)] switch
    {
        "ZIP-" or "TAR-" or "CON-" or "SIP-" => "archive-safety",
        "BAG-" => "structure",
        "SIG-" => "fixity",
        _ => null,
    };

    private static FrozenDictionary<string, string> Table(params IReadOnlyList<(string Check, string Codes)> owned) =>
        owned.SelectMany(o => o.Codes.Split(' ').Select(c => KeyValuePair.Create(c, o.Check))).ToFrozenDictionary(StringComparer.Ordinal);
}
