using Lantai.Characterization.Examination;
using Lantai.Words;

namespace Lantai.Characterization.Packages;

/// <summary>Says what a finding of the room Containers means for the readability of a file: broken, not checkable, or nothing.</summary>
internal static class ContainerFaults
{
    private static readonly Dictionary<string, string> Broken = new(StringComparer.Ordinal)
    {
        ["ZIP-001"] = "no-directory", ["ZIP-002"] = "two-directories", ["ZIP-003"] = "split", ["ZIP-004"] = "no-directory", ["ZIP-005"] = "no-directory",
        ["ZIP-006"] = "no-directory", ["ZIP-011"] = "headers-differ", ["ZIP-012"] = "overlap", ["ZIP-017"] = "lengths-differ", ["ZIP-019"] = "check-value",
        ["ZIP-020"] = "lengths-differ", ["ZIP-021"] = "packed", ["ZIP-024"] = "cut-off", ["ZIP-025"] = "no-directory",
        ["CON-012"] = "packed", ["CON-013"] = "trailing", ["TAR-001"] = "bad-header", ["TAR-002"] = "cut-off", ["TAR-003"] = "cut-off", ["TAR-004"] = "trailing",
        ["TAR-006"] = "bad-header", ["TAR-007"] = "bad-header", ["TAR-008"] = "lengths-differ",
    };

    private static readonly Dictionary<string, string> Unchecked = new(StringComparer.Ordinal)
    {
        ["ZIP-007"] = "too-large", ["ZIP-008"] = "too-large", ["ZIP-009"] = "too-large", ["ZIP-010"] = "too-large", ["ZIP-014"] = "packed-otherwise",
        ["CON-003"] = "too-large", ["CON-004"] = "too-large", ["CON-005"] = "too-large", ["CON-006"] = "too-large", ["CON-007"] = "too-slow",
        ["CON-014"] = "too-large", ["CON-015"] = "too-large",
    };

    /// <summary>Notes what a finding means. Unsafe paths, links and odd names are for whoever unpacks: the content reads all the same.</summary>
    /// <param name="finding">What was found.</param>
    /// <param name="part">The part it is about when the finding names none.</param>
    /// <param name="notes">Takes it.</param>
    public static void Note(Finding finding, string part, ExaminationNotes notes)
    {
        if (Broken.TryGetValue(finding.Code, out var fault))
        {
            notes.Broken(finding.Arguments.FirstOrDefault(a => a.Key == "entry").Value ?? part, fault);
        }
        else if (Unchecked.TryGetValue(finding.Code, out var why))
        {
            notes.NotCheckable(why);
        }
    }
}
