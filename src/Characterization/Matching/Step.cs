using System.Buffers;

namespace Lantai.Characterization.Matching;

/// <summary>What a step does.</summary>
internal enum StepKind
{
    /// <summary>Everything matched.</summary>
    End,

    /// <summary>Exactly these bytes.</summary>
    Literal,

    /// <summary>One byte of a set.</summary>
    One,

    /// <summary>A number of any bytes.</summary>
    Gap,

    /// <summary>One of several ways on.</summary>
    Choice,
}

/// <summary>One step of a compiled sequence; each knows the next, so that a way of a choice goes on behind it.</summary>
/// <remarks>Immutable once compiled, then safe for concurrent use.</remarks>
internal sealed class Step
{
    private const int FarthestAnchor = 64;

    /// <summary>The end of a sequence.</summary>
    public static readonly Step End = new() { Kind = StepKind.End };

    public StepKind Kind { get; private init; }

    /// <summary>The bytes of a literal.</summary>
    public byte[] Bytes { get; private init; } = [];

    /// <summary>The set of a single byte.</summary>
    public ByteSet? Set { get; private init; }

    /// <summary>The least length of a gap.</summary>
    public long Min { get; private init; }

    /// <summary>The greatest length of a gap; -1 for any.</summary>
    public long Max { get; private init; }

    /// <summary>The ways of a choice.</summary>
    public Step[] Ways { get; private init; } = [];

    /// <summary>The next step; a choice's ways know it, the choice itself does not.</summary>
    public Step Next { get; private init; } = null!;

    /// <summary>Bytes that stand at a fixed distance behind a gap, to be searched for instead of trying every place; null when there are none.</summary>
    public byte[]? Anchor { get; private init; }

    /// <summary>The bytes that what follows a gap can begin with, where there is no anchor to search for; null when it can begin with any.</summary>
    public SearchValues<byte>? Beginnings { get; private init; }

    /// <summary>The anchor's number in its table; -1 when it has none.</summary>
    public int AnchorNumber { get; private init; } = -1;

    /// <summary>Bytes between the end of the gap and the anchor, in the direction of reading.</summary>
    public int AnchorDistance { get; private init; }

    /// <summary>Compiles a chain. Read backwards, its pieces come in the opposite order.</summary>
    public static Step Compile(IReadOnlyList<Piece> chain, bool isBackwards, AnchorNames? names) => Compile(chain, isBackwards, names, End);

    private static Step Compile(IReadOnlyList<Piece> chain, bool isBackwards, AnchorNames? names, Step next)
    {
        for (var i = 0; i < chain.Count; i++)
        {
            next = Compile(chain[isBackwards ? i : chain.Count - 1 - i], isBackwards, names, next);
        }

        return next;
    }

    private static Step Compile(Piece piece, bool isBackwards, AnchorNames? names, Step next)
    {
        switch (piece)
        {
            case Piece.Literal literal:
                return new Step { Kind = StepKind.Literal, Bytes = literal.Bytes, Next = next };
            case Piece.One one:
                return new Step { Kind = StepKind.One, Set = one.Set, Next = next };
            case Piece.Choice choice:
                return new Step { Kind = StepKind.Choice, Ways = [.. choice.Chains.Select(c => Compile(c, isBackwards, names, next))] };
            default:
                var gap = (Piece.Gap)piece;
                var (anchor, distance) = FindAnchor(next);
                var beginnings = anchor is null ? BeginningsOf(next, isBackwards) : null;
                return new Step { Kind = StepKind.Gap, Min = gap.Min, Max = gap.Max, Next = next, Anchor = anchor, Beginnings = beginnings is null ? null : SearchValues.Create([.. beginnings]), AnchorDistance = distance, AnchorNumber = anchor is null || names is null ? -1 : names.Of(anchor) };
        }
    }

    private static (byte[]? Anchor, int Distance) FindAnchor(Step step)
    {
        (byte[]? Bytes, int Distance) best = (null, 0);
        foreach (var (bytes, distance) in Literals(step))
        {
            if (best.Bytes is null || Weight(bytes) > Weight(best.Bytes))
            {
                best = (bytes, distance);
            }
        }

        return best;
    }

    private static HashSet<byte>? BeginningsOf(Step step, bool isBackwards)
    {
        switch (step.Kind)
        {
            case StepKind.Literal:
                return [isBackwards ? step.Bytes[^1] : step.Bytes[0]];
            case StepKind.One:
                return [.. Enumerable.Range(0, 256).Select(b => (byte)b).Where(step.Set!.Has)];
            case StepKind.Choice:
                var all = new HashSet<byte>();
                foreach (var way in step.Ways)
                {
                    if (BeginningsOf(way, isBackwards) is not { } some)
                    {
                        return null;
                    }

                    all.UnionWith(some);
                }

                return all;
            default:
                return null;
        }
    }

    /// <summary>The literals at a fixed distance from a step on, nearest first.</summary>
    public static IEnumerable<(byte[] Bytes, int Distance)> Literals(Step step)
    {
        for (var distance = 0L; distance <= FarthestAnchor; step = step.Next)
        {
            switch (step.Kind)
            {
                case StepKind.Literal:
                    yield return (step.Bytes, (int)distance);
                    distance += step.Bytes.Length;
                    break;
                case StepKind.One:
                    distance++;
                    break;
                case StepKind.Gap when step.Min == step.Max:
                    distance += step.Min;
                    break;
                default:
                    yield break;
            }
        }
    }

    // Zeros and spaces are everywhere: a search for them finds too much.
    private static int Weight(byte[] bytes) => bytes.Length - bytes.AsSpan().Count((byte)0) - bytes.AsSpan().Count((byte)0x20);
}
