using Lantai.Characterization;
using Lantai.Characterization.Examination;

namespace Lantai.Adapters.OutsideTools;

/// <summary>What a program's answer means.</summary>
/// <param name="Verdict">What it came to.</param>
/// <param name="Place">Where it stumbled; empty when it did not, or does not say.</param>
/// <param name="Why">Why there is no answer, a key of the texts without its prefix <c>why.</c>.</param>
/// <param name="Technical">What it found.</param>
internal sealed record ToolAnswer(OutsideVerdict Verdict, string Place = "", string Why = "", IReadOnlyDictionary<string, object>? Technical = null)
{
    /// <summary>The program failed.</summary>
    public static ToolAnswer Failed(string why) => new(OutsideVerdict.Failed, Why: why);
}

/// <summary>How one outside program is called and understood.</summary>
/// <param name="Name">The name of the program, as it is found on the search path.</param>
/// <param name="Families">The families that it reads.</param>
/// <param name="VersionArgument">What makes it say its version.</param>
/// <param name="Arguments">What makes it read a file; the file's path is added behind.</param>
/// <param name="Judge">What a run that ended by itself means.</param>
internal sealed record ToolManner(
    string Name, IReadOnlyCollection<FileFamily> Families, string VersionArgument, IReadOnlyList<string> Arguments, Func<ToolRun, ToolAnswer> Judge);
