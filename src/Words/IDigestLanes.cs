namespace Lantai.Words;

/// <summary>A digest of 64-byte blocks and 32-byte results that takes sixteen messages side by side.</summary>
/// <typeparam name="TDigest">Its result.</typeparam>
/// <remarks>Implemented by types without state; all members are pure and safe for concurrent use.</remarks>
internal unsafe interface IDigestLanes<TDigest>
    where TDigest : struct
{
    /// <summary>Whether this processor has the instructions.</summary>
    static abstract bool IsSupported { get; }

    /// <summary>
    /// A step of all lanes lasts as long as this many blocks of <see cref="One"/>. A wrong value costs time only.
    /// </summary>
    static abstract int StepCost { get; }

    /// <summary>The digest of one message by itself.</summary>
    static abstract TDigest One(ReadOnlySpan<byte> message);

    /// <summary>Lets one lane begin anew.</summary>
    static abstract void Reset(Span<uint> state, int lane);

    /// <summary>Takes the digest of one lane.</summary>
    static abstract TDigest Finish(ReadOnlySpan<uint> state, int lane);

    /// <summary>Takes in the same number of blocks in every lane.</summary>
    /// <param name="state"><see cref="LaneBlocks.StateSize"/> words.</param>
    /// <param name="blocks">For each lane where its next block lies; moved on by the blocks taken in.</param>
    /// <param name="strides">For each lane <see cref="LaneBlocks.BlockSize"/>, or 0 to read the same block again.</param>
    /// <param name="count">Number of blocks; every lane has so many, or the stride 0.</param>
    static abstract void Compress(uint* state, byte** blocks, nint* strides, long count);
}
