using Lantai.Characterization.Registry;

namespace Lantai.Characterization.Matching;

/// <summary>The sequences of a table's signatures, each once: what many signatures ask is found out once for a file.</summary>
/// <remarks>Immutable but for what is compiled on first use; safe for concurrent use.</remarks>
internal sealed class SharedSequences
{
    private readonly AnchorNames _names = new();
    private readonly List<RegistrySequence> _sequences = [];
    private readonly CompiledSequence?[] _compiled;
    private readonly int[][] _parts;

    /// <summary>Numbers the sequences.</summary>
    public SharedSequences(FormatSignature[] signatures)
    {
        var numbers = new Dictionary<RegistrySequence, int>();
        _parts = new int[signatures.Length][];
        for (var i = 0; i < signatures.Length; i++)
        {
            var sequences = signatures[i].Signature.Sequences.OrderBy(Cost).ToList();
            var parts = _parts[i] = new int[sequences.Count];
            for (var part = 0; part < parts.Length; part++)
            {
                if (!numbers.TryGetValue(sequences[part], out parts[part]))
                {
                    numbers.Add(sequences[part], parts[part] = _sequences.Count);
                    _sequences.Add(sequences[part]);
                }
            }
        }

        _compiled = new CompiledSequence?[_sequences.Count];
    }

    // What is looked for at a few places first: most files fail there, and the whole window need not be searched.
    private static int Cost(RegistrySequence sequence) => sequence.Place switch
    {
        SequencePlace.Start when sequence.Most >= 0 => 0,
        SequencePlace.End when sequence.Most >= 0 => 1,
        _ => 2,
    };

    /// <summary>How many there are.</summary>
    public int Count => _sequences.Count;

    /// <summary>Whether all sequences of a signature match.</summary>
    public bool Matches(int signature, in FileWindows windows, ref long budget, MatchMemory memory)
    {
        foreach (var part in _parts[signature])
        {
            if (!(memory.Known(part) ?? memory.Keep(part, Compiled(part).Matches(windows, ref budget, memory))))
            {
                return false;
            }
        }

        return true;
    }

    private CompiledSequence Compiled(int part) => _compiled[part] ??= CompiledSequence.Compile(_sequences[part], _names);
}
