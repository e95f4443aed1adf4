using Lantai.RecordsManagement;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>
/// 载体安全 (4-2), as far as a program can look at a medium. What comes through a network has none; what comes on one that nobody
/// described could not be looked at.
/// </summary>
internal static class MediumChecks
{
    /// <summary>Nothing lies on the medium that belongs to no package, hidden files included.</summary>
    public static RuleAnswer ExtraFiles(InspectionFacts facts) => facts.Medium is not { } medium
        ? Undescribed(facts)
        : RuleAnswer.Of(medium.ExtraFiles.Take(100).Select(f => Finding.Error("INS-380", f, ("at", medium.Number), ("count", medium.ExtraFiles.Count))), medium.ExtraFiles.Count);

    /// <summary>The medium was read at least <c>medium.speed</c> KiB a second fast: a medium that is slow is one that fails soon.</summary>
    public static RuleAnswer ReadSpeed(InspectionFacts facts)
    {
        if (facts.Medium is not { } medium)
        {
            return Undescribed(facts);
        }

        if (medium.BytesRead <= 0 || medium.ReadTime <= TimeSpan.Zero)
        {
            return RuleAnswer.CouldNotRun(Finding.Error("INS-382", medium.Number));
        }

        var (least, speed) = (facts.Number("medium.speed"), (long)(medium.BytesRead / 1024 / medium.ReadTime.TotalSeconds));
        return RuleAnswer.Of(speed < least ? [Finding.Error("INS-381", medium.Number, ("expected", least), ("found", speed))] : [], 1) with
        {
            Evidence = [KeyValuePair.Create("speed", $"{speed} KiB/s")],
        };
    }
    /// <summary>Whether it came on a medium, described or not.</summary>
    public static bool CameOnOne(InspectionFacts facts) => facts.Medium is not null || facts.Channel.Channel == SourceChannel.Offline;

    private static RuleAnswer Undescribed(InspectionFacts facts) =>
        CameOnOne(facts) ? RuleAnswer.CouldNotRun(Finding.Error("INS-383", facts.Package.Name, ("retry", "later"))) : RuleAnswer.NotApplicable("online");
}
