using Lantai.Inspection;
using Lantai.Tests.House;

namespace Lantai.Tests.Inspection;

/// <summary>A row of spec/vectors/inspection/offline.tsv: a rule of which the holder of a kit and the door may say different things.</summary>
/// <param name="Rule">Its id.</param>
/// <param name="Kit">What the kit says.</param>
/// <param name="Door">What the door says, in the samples.</param>
/// <param name="Because">What the door knows and the kit does not.</param>
internal sealed record OfflineRow(string Rule, RuleVerdict Kit, IReadOnlyList<RuleVerdict> Door, string Because)
{
    public static IReadOnlyList<OfflineRow> All { get; } =
    [
        .. Tree.Read("spec/vectors/inspection/offline.tsv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(l => l.Split('\t'))
            .Select(c => new OfflineRow(c[0], InspectionCodes.Verdict(c[1])!.Value, [.. c[2].Split(' ').Select(d => InspectionCodes.Verdict(d)!.Value)], c[3])),
    ];
}
