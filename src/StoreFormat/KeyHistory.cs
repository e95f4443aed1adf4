using System.Text;
using Lantai.Evidence;

namespace Lantai.StoreFormat;

/// <summary>Follows <c>key rotated</c> statements from a key that is trusted to those that came after it.</summary>
/// <remarks>spec/formats/checkpoint.md. Pure; safe for concurrent use.</remarks>
public static class KeyHistory
{
    /// <summary>The most statements that are followed: a key changed every week for a lifetime.</summary>
    public const int MaxRotations = 4096;

    /// <summary>The keys to accept: the expected one first, then each that a statement leads to.</summary>
    /// <param name="expected">The key that came from outside.</param>
    /// <param name="origin">The log that the statements must name.</param>
    /// <param name="rotations">Statements in ledger order; those that are not signed by both keys, name another log, or do not go on from the last key are passed over.</param>
    /// <remarks>Only forwards: an older key than the expected one may have been given up because it leaked.</remarks>
    public static IReadOnlyList<VerifierKey> Leads(VerifierKey expected, string origin, IReadOnlyList<SignedNote> rotations)
    {
        var accepted = new List<VerifierKey> { expected };
        foreach (var statement in rotations.Take(MaxRotations))
        {
            if (RotationStatement.TryRead(statement.Text, out var log, out var oldKey, out var newKey) && log == origin
                && oldKey == accepted[^1].ToString() && VerifierKey.TryParse(newKey, out var next)
                && accepted[^1].Verifies(statement) && next.Verifies(statement))
            {
                accepted.Add(next);
            }
        }

        return accepted;
    }

    /// <summary>Reads the texts of statements; those that are no signed notes are left out.</summary>
    public static IReadOnlyList<SignedNote> Read(IEnumerable<string> statements)
    {
        var notes = new List<SignedNote>();
        foreach (var statement in statements.Take(MaxRotations))
        {
            if (SignedNote.TryParse(Encoding.UTF8.GetBytes(statement), out var note))
            {
                notes.Add(note);
            }
        }

        return notes;
    }

    /// <summary>Whether one of the keys signed the note.</summary>
    public static bool AnyVerifies(IReadOnlyList<VerifierKey> accepted, SignedNote note) => accepted.Any(key => key.Verifies(note));
}
