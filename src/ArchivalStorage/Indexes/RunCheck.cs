using System.Buffers;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>Whether a run is what a writer makes: every check, the order of all entries, first keys and filters.</summary>
internal static class RunCheck
{
    /// <exception cref="StorageException">It is not; the finding says where.</exception>
    public static void Run(RunFile run, SortedRun shape, bool onePerKey)
    {
        var section = ArrayPool<byte>.Shared.Rent(SortedRun.SectionSize);
        try
        {
            var before = Array.Empty<byte>();
            for (var number = 0; number < run.Sections; number++)
            {
                var entries = run.ReadSection(number, section);
                for (var i = 0; i < entries; i++)
                {
                    var (block, place) = Math.DivRem(i, shape.EntriesInBlock);
                    var entry = section.AsSpan(SortedRun.HeadSize + (block * SortedRun.BlockSize) + (place * shape.EntrySize), shape.EntrySize);
                    var compared = onePerKey ? Digest.Size : shape.EntrySize;
                    if ((before.Length > 0 && before.AsSpan(0, compared).SequenceCompareTo(entry[..compared]) >= 0)
                        || !RunSection.MayHold(section, entry) || (place == 0 && RunSection.Fence(section, block) != SortedRun.Prefix(entry)))
                    {
                        throw RunFile.Damaged(run.Path, SortedRun.BlockOffset(number, block));
                    }

                    before = before.Length == 0 ? entry.ToArray() : before;
                    entry.CopyTo(before);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(section);
        }
    }
}
