using Lantai.Characterization.Registry;

namespace Lantai.Characterization.Matching;

/// <summary>A sequence of a signature, ready to be matched.</summary>
/// <remarks>Immutable, safe for concurrent use.</remarks>
internal sealed class CompiledSequence
{
    private CompiledSequence(SequencePlace place, Step first) => (Place, First) = (place, first);

    /// <summary>Where it is looked for.</summary>
    public SequencePlace Place { get; }

    /// <summary>Its first step, a gap.</summary>
    public Step First { get; }

    /// <exception cref="FormatException">The expression is not one.</exception>
    public static CompiledSequence Compile(RegistrySequence sequence, AnchorNames? names = null)
    {
        var (min, max) = sequence.Place == SequencePlace.Anywhere ? (0, -1) : (sequence.Least, sequence.Most < 0 ? -1 : Math.Max(sequence.Least, sequence.Most)); // published files say 16 to 0 for exactly 16
        var isBackwards = sequence.Place == SequencePlace.End;
        IReadOnlyList<Piece> pieces = ExpressionParser.Parse(sequence.Bytes);
        var offset = new Piece.Gap(min, max);
        return new CompiledSequence(sequence.Place, Step.Compile(isBackwards ? [.. pieces, offset] : [offset, .. pieces], isBackwards, names));
    }

    /// <summary>Whether it matches in the windows of a file.</summary>
    /// <param name="windows">What was read of the file.</param>
    /// <param name="budget">Steps that may still be tried.</param>
    /// <param name="memory">What is known about the beginning of the file; null to find it all out.</param>
    public bool Matches(in FileWindows windows, ref long budget, MatchMemory? memory = null) => Place switch
    {
        SequencePlace.Start => new SequenceMatcher(windows.Head, false, ref budget, memory).Matches(First),
        SequencePlace.End => new SequenceMatcher(windows.Tail, true, ref budget, null).Matches(First),
        _ => new SequenceMatcher(windows.Head, false, ref budget, memory).Matches(First)
            || (!windows.IsWhole && new SequenceMatcher(windows.Tail, false, ref budget, null).Matches(First)),
    };
}

/// <summary>What is read of a file to identify it: its beginning and its end.</summary>
/// <param name="head">The beginning.</param>
/// <param name="tail">The end; the same bytes as the beginning when that is the whole file.</param>
internal readonly ref struct FileWindows(ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail)
{
    /// <summary>The beginning.</summary>
    public ReadOnlySpan<byte> Head { get; } = head;

    /// <summary>The end.</summary>
    public ReadOnlySpan<byte> Tail { get; } = tail;

    /// <summary>Whether the beginning is the whole file.</summary>
    public bool IsWhole => Head == Tail;
}
