using System.Globalization;
using System.Text;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>What must hold of a notice before anybody looks whether its case is known.</summary>
internal static class NoticeRules
{
    /// <summary>Longest code of an agency, item, source system, fonds or joint case.</summary>
    public const int LongestCode = 64;

    /// <summary>Longest business serial number.</summary>
    public const int LongestNumber = 100;

    /// <summary>Most participants that a lead declares.</summary>
    public const int MostParts = 100;

    /// <summary>Longest reason.</summary>
    public const int LongestReason = 500;

    /// <summary>Clocks of two systems differ; a notice that is ahead by less is taken.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(10);

    /// <summary>Everything that is wrong with a notice.</summary>
    /// <param name="place">Where it stands, for messages: a row, or the case's number.</param>
    /// <param name="notice">The notice.</param>
    /// <param name="now">The time of taking it.</param>
    public static IReadOnlyList<Finding> Check(string place, CaseNotice notice, DateTimeOffset now)
    {
        var findings = new List<Finding>();
        Number(findings, place, notice.Number);
        Code(findings, place, "agency", notice.Agency, LongestCode);
        Code(findings, place, "item", notice.Item, LongestCode);
        if (notice.Fonds is not null)
        {
            Code(findings, place, "fonds", notice.Fonds, LongestCode);
        }

        if (notice.OfflineReason is not null && Reason(place, notice.OfflineReason) is { } reason)
        {
            findings.Add(reason);
        }

        if (notice.Joint is { } joint)
        {
            Code(findings, place, "joint", joint.Id, LongestCode);
            foreach (var part in joint.Parts.Take(MostParts))
            {
                Code(findings, place, "participant", part.Agency, LongestCode);
                if (part.Item is not null)
                {
                    Code(findings, place, "participant", part.Item, LongestCode);
                }
            }

            if (joint.Parts.Count > MostParts)
            {
                findings.Add(Finding.Error(CaseCodes.Field, place, ("casefield", "participant"), ("found", joint.Parts.Count), ("wrong", "many"), ("most", MostParts)));
            }
        }

        if (notice.Completed.Moment > now + Ahead)
        {
            findings.Add(Finding.Error(CaseCodes.Future, place, ("found", notice.Completed.Given), ("now", StoreFormat.StoreTime.Write(now))));
        }

        return findings;
    }

    /// <summary>A reason that every act on a case must have; null when it is one.</summary>
    public static Finding? Reason(string subject, string? reason) =>
        string.IsNullOrWhiteSpace(reason) || reason.Length > LongestReason || FaultOf(reason.Trim(), LongestReason, isPart: false) is not null
            ? Finding.Error(CaseCodes.Reason, subject, ("found", Shown(reason)), ("most", LongestReason))
            : null;

    /// <summary>Adds what is wrong with a code.</summary>
    public static void Code(List<Finding> findings, string place, string field, string? code, int longest)
    {
        if (FaultOf(code, longest, isPart: true) is { } fault)
        {
            findings.Add(Finding.Error(CaseCodes.Field, place, ("casefield", field), ("found", Shown(code)), ("wrong", fault), ("most", longest)));
        }
    }

    /// <summary>Adds what is wrong with a business serial number.</summary>
    public static void Number(List<Finding> findings, string place, string? number)
    {
        if (FaultOf(number, LongestNumber, isPart: false) is { } fault)
        {
            findings.Add(Finding.Error(CaseCodes.Field, place, ("casefield", "number"), ("found", Shown(number)), ("wrong", fault), ("most", LongestNumber)));
        }
    }

    /// <summary>A text from outside, as a message may show it.</summary>
    public static string Shown(string? text) => text is null ? "" : text.Length > 80 ? text[..(char.IsHighSurrogate(text[79]) ? 79 : 80)] + "…" : text;

    // A code becomes a part of keys, whose parts '/' and '|' keep apart.
    private static string? FaultOf(string? code, int longest, bool isPart)
    {
        if (string.IsNullOrWhiteSpace(code))
        {
            return "missing";
        }

        if (code.Length > longest)
        {
            return "long";
        }

        if (code != code.Trim())
        {
            return "spaces";
        }

        foreach (var rune in code.EnumerateRunes())
        {
            if (rune.Value == 0xFFFD || (isPart && rune.Value is '/' or '|')
                || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
            {
                return "letters";
            }
        }

        return null;
    }
}
