using System.Text;
using Lantai.Evidence;
using Lantai.Evidence.National;

namespace Lantai.StoreFormat;

/// <summary>The statement by which the log key names a key of SM2 that signs checkpoints too; a signed note by both keys.</summary>
/// <remarks>spec/formats/checkpoint.md, "Added key", and spec/formats/event.md, row "key added". Pure; safe for concurrent use.</remarks>
public static class KeyAddition
{
    /// <summary>What stands behind the origin in the name of a key of SM2.</summary>
    public const string NameEnd = "/sm2";

    private const string Title = "lantai key addition v1";

    /// <summary>The text that both keys sign.</summary>
    public static string Write(string origin, VerifierKey log, Sm2VerifierKey added) => $"{Title}\n{origin}\n{log}\n{added}\n";

    /// <summary>Reads a statement; false when it is malformed, of another log or log key, or not signed by both its keys.</summary>
    /// <param name="statement">The signed note.</param>
    /// <param name="origin">The log that it must name.</param>
    /// <param name="current">The log key of its time, by whose word alone a key is added; null when that is not known.</param>
    /// <param name="added">The key that it adds.</param>
    public static bool TryRead(string statement, string origin, VerifierKey? current, out Sm2VerifierKey? added)
    {
        added = null;
        var good = SignedNote.TryParse(Encoding.UTF8.GetBytes(statement), out var note)
            && note.Text.Split('\n') is [Title, var log, var signing, var second, ""] && log == origin
            && VerifierKey.TryParse(signing, out var key) && (current is null || key == current) && key.Verifies(note)
            && Sm2VerifierKey.TryParse(second, out added) && added.Name == origin + NameEnd && added.Verifies(note);
        added = good ? added : null;
        return good;
    }
}
