using System.Runtime.CompilerServices;
using Lantai.Characterization.Matching.Simd;

namespace Lantai.Characterization.Matching;

/// <summary>What came of trying steps at a place.</summary>
internal enum MatchOutcome
{
    /// <summary>They do not match there.</summary>
    Failed,

    /// <summary>They match.</summary>
    Matched,

    /// <summary>They match neither there nor at any later place.</summary>
    Exhausted,
}

/// <summary>Matches the steps of one sequence with bytes, forwards or backwards.</summary>
/// <remarks>
/// Every step that is tried is counted, and when too many were, the sequence does not match: an expression that would
/// take for ever costs its share and no more. Made for one window.
/// </remarks>
internal ref struct SequenceMatcher(ReadOnlySpan<byte> bytes, bool isBackwards, ref long budget, MatchMemory? memory)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private readonly ref long _budget = ref budget;

    /// <summary>Whether the steps match from the beginning, or back from the end.</summary>
    public readonly bool Matches(Step first) => Run(first, isBackwards ? _bytes.Length : 0) == MatchOutcome.Matched;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // compiled for the processor at hand, see LiteralSearch
    private readonly MatchOutcome Run(Step step, int at)
    {
        while (true)
        {
            if (--_budget < 0)
            {
                return MatchOutcome.Exhausted;
            }

            switch (step.Kind)
            {
                case StepKind.End:
                    return MatchOutcome.Matched;
                case StepKind.Literal when Has(step.Bytes, at):
                    at += isBackwards ? -step.Bytes.Length : step.Bytes.Length;
                    break;
                case StepKind.One when HasOne(step.Set!, at):
                    at += isBackwards ? -1 : 1;
                    break;
                case StepKind.Gap when step.Min == step.Max:
                    var place = isBackwards ? at - step.Min : at + step.Min;
                    if (place < 0 || place > _bytes.Length)
                    {
                        return MatchOutcome.Failed;
                    }

                    at = (int)place;
                    break;
                case StepKind.Gap:
                    return isBackwards ? SearchBack(step, at) : Search(step, at);
                case StepKind.Choice:
                    return Choose(step, at);
                default:
                    return MatchOutcome.Failed;
            }

            step = step.Next;
        }
    }

    private readonly bool Has(byte[] literal, int at) => isBackwards
        ? at >= literal.Length && _bytes.Slice(at - literal.Length, literal.Length).SequenceEqual(literal)
        : _bytes.Length - at >= literal.Length && _bytes.Slice(at, literal.Length).SequenceEqual(literal);

    private readonly bool HasOne(ByteSet set, int at) => isBackwards ? at > 0 && set.Has(_bytes[at - 1]) : at < _bytes.Length && set.Has(_bytes[at]);

    private readonly MatchOutcome Choose(Step step, int at)
    {
        var outcome = MatchOutcome.Exhausted;
        foreach (var way in step.Ways)
        {
            var tried = Run(way, at);
            if (tried == MatchOutcome.Matched)
            {
                return tried;
            }

            outcome = tried == MatchOutcome.Failed ? tried : outcome;
        }

        return outcome;
    }

    // When what follows the gap cannot match at any later place either, a longer gap is of no use.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly MatchOutcome Search(Step gap, int at)
    {
        var first = at + gap.Min;
        var last = gap.Max < 0 ? _bytes.Length : Math.Min(at + gap.Max, _bytes.Length);
        var whenNone = gap.Max < 0 ? MatchOutcome.Exhausted : MatchOutcome.Failed;
        while (first <= last)
        {
            if (gap.Anchor is { } anchor)
            {
                if (memory is not null && memory.IsAbsent(gap.AnchorNumber))
                {
                    return whenNone;
                }

                var from = first + gap.AnchorDistance;
                var to = Math.Min(last + gap.AnchorDistance + anchor.Length, _bytes.Length);
                var found = from >= to ? -1 : LiteralSearch.IndexOf(_bytes[(int)from..(int)to], anchor);
                if (found < 0)
                {
                    NoteAbsence(gap, from, to);
                    return whenNone;
                }

                first += found;
            }
            else if (gap.Beginnings is { } beginnings)
            {
                var found = _bytes[(int)first..(int)Math.Min(last + 1, _bytes.Length)].IndexOfAny(beginnings);
                if (found < 0)
                {
                    return whenNone;
                }

                first += found;
            }

            var outcome = Run(gap.Next, (int)first);
            if (outcome != MatchOutcome.Failed)
            {
                return outcome;
            }

            first++;
        }

        return whenNone;
    }

    // Only when the short part before the search does not hold it either, an anchor stands nowhere in the window.
    private readonly void NoteAbsence(Step gap, long from, long to)
    {
        const int Short = 4096;
        if (memory is not null && gap.AnchorNumber >= 0 && from < Short && to == _bytes.Length
            && LiteralSearch.IndexOf(_bytes[..(int)Math.Min(_bytes.Length, from + gap.Anchor!.Length - 1)], gap.Anchor) < 0)
        {
            memory.KeepAbsent(gap.AnchorNumber);
        }
    }

    private readonly MatchOutcome SearchBack(Step gap, int at)
    {
        var first = at - gap.Min; // the nearest to the end
        var last = gap.Max < 0 ? 0 : Math.Max(0, at - gap.Max);
        var whenNone = gap.Max < 0 ? MatchOutcome.Exhausted : MatchOutcome.Failed;
        while (first >= last)
        {
            if (gap.Anchor is { } anchor)
            {
                var to = first - gap.AnchorDistance;
                var from = Math.Max(0, last - gap.AnchorDistance - anchor.Length);
                var found = from >= to ? -1 : _bytes[(int)from..(int)to].LastIndexOf(anchor);
                if (found < 0)
                {
                    return whenNone;
                }

                first = from + found + anchor.Length + gap.AnchorDistance;
            }
            else if (gap.Beginnings is { } beginnings)
            {
                var from = Math.Max(0, last - 1);
                var found = from >= first ? -1 : _bytes[(int)from..(int)first].LastIndexOfAny(beginnings);
                if (found < 0)
                {
                    return whenNone;
                }

                first = from + found + 1;
            }

            var outcome = Run(gap.Next, (int)first);
            if (outcome != MatchOutcome.Failed)
            {
                return outcome;
            }

            first--;
        }

        return whenNone;
    }
}
