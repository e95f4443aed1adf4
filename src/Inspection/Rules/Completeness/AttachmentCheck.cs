using System.Globalization;
using System.Text.RegularExpressions;
using Lantai.InformationPackages;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>附件数据完整性: what the list of materials calls an attachment (附件) is there, and numbered attachments have no gap.</summary>
/// <remarks>
/// Pure. Group 2-3. Only what lists tell is judged by program: an attachment that is listed and not there fails; a number that is left out
/// (附件1, 附件3) is for a person, since it may have been left out in the paper too. What a text says of its attachments is not read.
/// </remarks>
internal static partial class AttachmentCheck
{
    private const int MostTold = 20;

    private static readonly string[] NamedBy = ["file_standard_name", "file_actual_name", "computer_file_name", "auxiliary"];

    /// <summary>Judges the attachments of the case, or of the records of a transfer package.</summary>
    public static RuleAnswer Check(InspectionFacts facts)
    {
        List<Finding> read = [.. facts.FindingsOf("attachments")];
        return facts.Package.Transfer is { } transfer
            ? Judge(read, [], [.. transfer.Items.Select(i => (i.Folder ?? i.ReferenceCode, (IReadOnlyList<string>)[.. i.Contents.Select(c => NameOf(c.Path))]))])
            : Asking.OfCase(facts, lead => Judge(
                read,
                [.. Asking.Cases(lead).SelectMany(c => c.Case.Files.Where(f => f.Content is null && IsAttachment(f)).Select(f => Missing(facts, c, f)))],
                [.. Asking.Cases(lead).SelectMany(c => c.Case.Folders.Select(d => (c.Prefix + d.Title, (IReadOnlyList<string>)[.. d.Files.SelectMany(Names)])))]));
    }

    private static RuleAnswer Judge(List<Finding> read, IReadOnlyList<Finding> missing, IReadOnlyList<(string Place, IReadOnlyList<string> Names)> lists)
    {
        var attachments = lists.SelectMany(l => l.Names).Count(Word().IsMatch);
        var gaps = lists.SelectMany(l => Gaps(l.Place, l.Names)).Take(MostTold).ToList();
        return RuleAnswer.Of([.. read, .. missing], attachments) is { Verdict: RuleVerdict.Failed } failed ? failed with { Findings = [.. failed.Findings, .. gaps] }
            : gaps.Count > 0 ? RuleAnswer.Manual([.. read, .. gaps])
            : attachments == 0 && read.Count == 0 ? RuleAnswer.NotApplicable("no-attachments")
            : RuleAnswer.Of(read, attachments);
    }

    private static Finding Missing(InspectionFacts facts, PlacedCase of, CaseFile file) => Finding.Error(
        "INS-222", Asking.FileOf(facts, file.Fields), ("at", file.Fields.PlaceOf("computer_file_name")), ("expected", Names(file).First(Word().IsMatch)), ("found", of.PathOf(file)));

    private static IEnumerable<Finding> Gaps(string place, IReadOnlyList<string> names)
    {
        var numbers = names.Select(n => Numbered().Match(n)).Where(m => m.Success).Select(m => int.Parse(m.Groups[1].ValueSpan, CultureInfo.InvariantCulture)).ToHashSet();
        return Enumerable.Range(1, numbers.Count == 0 ? 0 : Math.Min(numbers.Max(), numbers.Count + MostTold)).Where(n => !numbers.Contains(n))
            .Select(n => Finding.Warning("INS-223", place, ("expected", string.Create(CultureInfo.InvariantCulture, $"附件{n}"))));
    }

    private static bool IsAttachment(CaseFile file) => Names(file).Any(Word().IsMatch);

    private static IEnumerable<string> Names(CaseFile file) =>
        NamedBy.Select(n => file.Fields[n]).Where(v => !string.IsNullOrWhiteSpace(v)).Select(v => v!.Trim());

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    [GeneratedRegex(@"^[（(【]?附件", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"^[（(【]?附件[\s　]*([1-9][0-9]{0,2})(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Numbered();
}
