using Lantai.Characterization.Examination;

namespace Lantai.Adapters.OutsideTools;

/// <summary>The outside programs that this machine has.</summary>
public static class FencedTools
{
    /// <summary>Finds the programs on the search path; the list is empty when there are none.</summary>
    /// <param name="limits">What each may use.</param>
    public static IReadOnlyList<IOutsideReader> OnThisMachine(ToolLimits limits)
    {
        var fence = new ToolFence();
        return [.. new[] { Qpdf.Manner, Mediainfo.Manner }.Select(m => (Manner: m, Program: Find(m.Name))).Where(t => t.Program is not null).Select(t => new FencedTool(t.Manner, t.Program, fence, limits))];
    }

    // Only absolute folders: what lies in the folder that we happen to run in is not a program that anybody installed.
    private static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Where(f => f.StartsWith('/')).Select(f => Path.Combine(f, name)).FirstOrDefault(File.Exists);
}
