namespace Lantai.Characterization.Packages;

/// <summary>Names that make an operating system run a file, whatever its bytes are.</summary>
internal static class ProgramNames
{
    private static readonly string[] Endings =
    [
        ".exe", ".dll", ".com", ".scr", ".pif", ".msi", ".bat", ".cmd", ".ps1", ".psm1", ".vbs", ".vbe", ".jse", ".wsf", ".wsh", ".hta", ".cpl", ".jar", ".lnk", ".reg",
    ];

    /// <summary>Whether a file of this name is run when it is opened.</summary>
    public static bool IsProgram(string name) => Array.Exists(Endings, e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase));
}
