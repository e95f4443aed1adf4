using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>What kind of index a <see cref="SortedIndex"/> is.</summary>
/// <param name="Folder">Its folder below the root; it holds nothing else.</param>
/// <param name="ValueLength">Length of a value in bytes, 1 to 224.</param>
/// <param name="HasOneValue">Whether a key has one value, the last that was put; else all its values are kept.</param>
/// <param name="Writes">Whether it is kept on disk: by the store's owner alone. Without, what is put stays in memory.</param>
public sealed record IndexSettings(string Folder, int ValueLength, bool HasOneValue, bool Writes)
{
    /// <summary>Entries in memory before they become a run.</summary>
    public int TableCapacity { get; init; } = 128 * 1024;

    /// <summary>As many runs of one size are merged into one.</summary>
    public int FanOut { get; init; } = 4;

    /// <summary>The most memory for filters and first keys, in bytes; beyond it they are read from disk each time.</summary>
    public long HeadMemory { get; init; } = 128L << 20;

    internal SortedRun Shape => new(ValueLength);

    // spec/formats/index.md says these names.
    internal string Manifest => Folder + "/manifest";

    internal string RunPath(long number) => $"{Folder}/{number:x16}.run";
}

/// <summary>For which beginning of the ledger an index stands.</summary>
/// <param name="LedgerSize">Everything that events below this sequence brought is in it.</param>
/// <param name="LastLeaf">SHA-256 of the last leaf below; zeros at size 0.</param>
/// <param name="Attachment">What the index's owner keeps beside the runs.</param>
public sealed record IndexMark(long LedgerSize, Digest LastLeaf, ReadOnlyMemory<byte> Attachment);
