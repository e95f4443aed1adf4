using System.Globalization;

namespace Lantai.RecordsManagement;

/// <summary>The spans by which completed cases are counted: one for each year, whose cases share a deadline, and one for all before the regulation.</summary>
/// <remarks>
/// R18-1 of the requirements. The day of effect is a national value that no overlay changes, so a view may be made with it;
/// whoever changes it in the data raises the version of <see cref="CasesView"/>.
/// </remarks>
internal static class CompletionPeriod
{
    /// <summary>Completed before the regulation took effect: reported by itself, never a breach.</summary>
    public const string Before = "before";

    private static readonly DateOnly Effective = new ArchivingDeadline(PolicyValues.National).InForceSince;

    public static string Of(DateOnly completed) =>
        completed < Effective ? Before : completed.Year.ToString("D4", CultureInfo.InvariantCulture);

    /// <summary>The year of a period; null for the time before the regulation.</summary>
    public static int? YearOf(string period) =>
        int.TryParse(period, NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? year : null;
}
