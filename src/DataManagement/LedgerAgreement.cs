using Lantai.ArchivalStorage;
using Lantai.Words;

namespace Lantai.DataManagement;

/// <summary>Whether a watermark stands for the beginning of a ledger.</summary>
internal static class LedgerAgreement
{
    /// <summary>
    /// True when the ledger holds the leaf before <paramref name="next"/> and it is the one named. Leaves are chained,
    /// so one leaf vouches for all before it. False after a restore to an earlier state or under another store's file.
    /// </summary>
    public static bool Holds(long next, Digest? lastLeaf, Func<long, IEnumerable<StoredEvent>> readFrom)
    {
        if (next == 0)
        {
            return true;
        }

        var last = readFrom(next - 1).FirstOrDefault();
        return last is not null && last.Leaf.Sequence == next - 1 && Digest.Of(last.LeafBytes) == lastLeaf;
    }
}
