using System.Text.RegularExpressions;
using Lantai.Characterization;
using Lantai.Characterization.Examination;

namespace Lantai.Adapters.OutsideTools;

/// <summary>qpdf: reads a PDF by its structure and unpacks each stream (<c>qpdf --check</c>).</summary>
internal static partial class Qpdf
{
    private const int Sound = 0;
    private const int HasErrors = 2;
    private const int HasWarnings = 3;

    /// <summary>How it is called and understood.</summary>
    public static ToolManner Manner { get; } = new("qpdf", [FileFamily.Pdf], "--version", ["--check"], Judge);

    private static ToolAnswer Judge(ToolRun run) => run.Code switch
    {
        Sound => new ToolAnswer(OutsideVerdict.Readable),
        HasWarnings => new ToolAnswer(OutsideVerdict.Doubtful, Place(run.Errors)),
        HasErrors => JudgeErrors(run.Errors),
        _ => ToolAnswer.Failed("not-understood"),
    };

    // It ends with the same code when it may not read the file, or has no memory for it: neither is the file's fault.
    private static ToolAnswer JudgeErrors(string errors) =>
        errors.Contains("invalid password", StringComparison.OrdinalIgnoreCase) || errors.Contains("unsupported encryption", StringComparison.OrdinalIgnoreCase) ? ToolAnswer.Failed("encrypted")
        : errors.Contains("bad_alloc", StringComparison.Ordinal) || errors.Contains("memory", StringComparison.OrdinalIgnoreCase) ? ToolAnswer.Failed("crashed")
        : errors.Contains("open ", StringComparison.Ordinal) || errors.Length == 0 ? ToolAnswer.Failed("not-understood")
        : new ToolAnswer(OutsideVerdict.Broken, Place(errors));

    // Each line begins with the path of the copy, which says nothing: of the first only the place in brackets is kept.
    private static string Place(string errors)
    {
        var place = InBrackets().Match(errors);
        return place.Success ? place.Groups[1].Value : "";
    }

    [GeneratedRegex(@"\(((?:object|offset|trailer|xref)[^()\r\n]{0,80})\)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InBrackets();
}
