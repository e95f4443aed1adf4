using System.Globalization;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>What checks of stored packages have in common.</summary>
/// <remarks>Pure.</remarks>
internal static class Stored
{
    /// <summary>Asks what the store knows; could not run where no store was asked.</summary>
    public static RuleAnswer Ask(InspectionFacts facts, Func<StorageFacts, RuleAnswer> ask) =>
        facts.Storage is { } stored ? ask(stored) : RuleAnswer.CouldNotRun(Finding.Error("INS-500", facts.Package.Name, ("retry", "later")));

    /// <summary>How findings call the version.</summary>
    public static string NameOf(StorageFacts stored) => string.Create(CultureInfo.InvariantCulture, $"{stored.Aip:D}@{stored.Version}");
}
