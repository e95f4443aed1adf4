using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>BC, backups restorable: the newest restore drill was good and is not too old. Without one a person answers with the form of a drill made by hand.</summary>
/// <remarks>Pure. Parameter <c>backups.days</c>: how old a drill may be, 365 by default.</remarks>
internal static class BackupsCheck
{
    public static RuleAnswer Check(InspectionFacts facts) => Stored.Ask(facts, stored =>
    {
        if (stored.RestoreDrill is not { } drill)
        {
            return RuleAnswer.Manual(Finding.Warning("INS-550", facts.Package.Name));
        }

        var days = facts.Number("backups.days");
        var age = (long)(facts.Now - drill.At).TotalDays;
        return !drill.IsGood ? RuleAnswer.Of([Finding.Error("INS-551", facts.Package.Name, ("at", drill.At.ToString("O")))])
            : age > days ? RuleAnswer.Of([Finding.Error("INS-552", facts.Package.Name, ("expected", days), ("found", age))])
            : RuleAnswer.Passed(1);
    });
}
