using Lantai.Evidence;
using Lantai.Evidence.National;
using Lantai.StoreFormat;

namespace Lantai.Cli.Commands;

/// <summary>The verifier keys that a root states: for paper, never as proof.</summary>
internal static class StatedKeys
{
    /// <summary>The log's verifier key; null when the file is absent or none.</summary>
    public static VerifierKey? Log(string root) => VerifierKey.TryParse(Line(root, StoreLayout.VerifierKey), out var key) ? key : null;

    /// <summary>The verifier key of SM2; null when the file is absent or none.</summary>
    public static Sm2VerifierKey? Sm2(string root) => Sm2VerifierKey.TryParse(Line(root, StoreLayout.Sm2VerifierKey), out var key) ? key : null;

    private static string Line(string root, string file)
    {
        var path = Path.Combine(root, file);
        return File.Exists(path) && new FileInfo(path).Length <= 4096 ? File.ReadAllText(path).Trim() : "";
    }
}
