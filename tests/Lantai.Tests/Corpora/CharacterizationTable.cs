using System.Text;
using Lantai.Tests.House;

namespace Lantai.Tests.Corpora;

/// <summary>Lines of the table of suites that the test command prints at its end: one file for each suite, written anew by each run.</summary>
internal static class CharacterizationTable
{
    /// <summary>The folder of the lines, below the build's own.</summary>
    public static string Folder { get; } = Path.Combine(Tree.Root, "artifacts", "suites");

    public static void Write(string suite, string line)
    {
        _ = Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, suite + ".txt"), $"{suite,-22} {line}\n", new UTF8Encoding(false));
    }
}
