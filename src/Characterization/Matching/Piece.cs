namespace Lantai.Characterization.Matching;

/// <summary>A piece of a parsed expression. A chain of pieces matches when each matches where the one before ended.</summary>
internal abstract record Piece
{
    private Piece()
    {
    }

    /// <summary>Exactly these bytes.</summary>
    internal sealed record Literal(byte[] Bytes) : Piece;

    /// <summary>One byte of a set.</summary>
    internal sealed record One(ByteSet Set) : Piece;

    /// <summary>Bytes of any value: at least <paramref name="Min"/>, at most <paramref name="Max"/>, or any number when that is -1.</summary>
    internal sealed record Gap(long Min, long Max) : Piece
    {
        /// <summary>Whether its length is fixed.</summary>
        public bool IsFixed => Min == Max;
    }

    /// <summary>One of several chains.</summary>
    internal sealed record Choice(IReadOnlyList<IReadOnlyList<Piece>> Chains) : Piece;
}
