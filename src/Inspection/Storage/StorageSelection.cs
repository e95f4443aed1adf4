using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Lantai.Inspection;

/// <summary>A sample of what could be inspected: a number or a share, drawn by a seed that the report states, so that anybody can draw it again.</summary>
/// <param name="Count">How many; null when a share is asked.</param>
/// <param name="Share">Which share, above 0 to 1; null when a number is asked.</param>
/// <param name="Seed">The seed. Who is not told it beforehand cannot know what will be drawn.</param>
/// <remarks>Immutable.</remarks>
public sealed record StorageSample(long? Count, double? Share, string Seed)
{
    /// <summary>A seed that nobody can foresee.</summary>
    public static string NewSeed() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    /// <summary>How many of so many are drawn: a share is rounded up, so that it is never none.</summary>
    internal long Of(long all) => Math.Min(all, Count ?? (long)Math.Ceiling(all * (Share ?? 1)));
}

/// <summary>Which stored packages an inspection looks at.</summary>
/// <remarks>Immutable. Without any of its members: all, those first that were not inspected for longest.</remarks>
public sealed record StorageSelection
{
    /// <summary>The packages that were named; empty for those of the whole store.</summary>
    public IReadOnlyList<Guid> Aips { get; init; } = [];

    /// <summary>Only those that were not inspected for so many days; null whatever their last inspection.</summary>
    public int? OlderThanDays { get; init; }

    /// <summary>A sample of what is left then; null for all of it.</summary>
    public StorageSample? Sample { get; init; }
}

/// <summary>A stored package that may be drawn.</summary>
/// <param name="Place">Its place in the catalogue.</param>
/// <param name="Aip">Its id.</param>
/// <param name="Last">When it was inspected last; null when it never was.</param>
/// <param name="InRun">Whether that was in the run that is drawn for: it stays among those drawn, and is not inspected again.</param>
internal readonly record struct StorageCandidate(long Place, Guid Aip, DateTimeOffset? Last, bool InRun);

/// <summary>Draws the packages of a run. The same store, time and seed give the same packages, however often and in whatever order they are asked.</summary>
/// <remarks>Pure. Memory: 48 bytes for each package of the store. spec/formats/inspection-storage.md.</remarks>
internal static class StorageDraw
{
    /// <summary>What is still to be inspected, longest not inspected first; and how many the run has in all.</summary>
    /// <param name="all">All packages of the store that the run may look at.</param>
    /// <param name="selection">Which of them.</param>
    /// <param name="started">When the run began.</param>
    public static (IReadOnlyList<StorageCandidate> Left, long Chosen) Draw(IEnumerable<StorageCandidate> all, StorageSelection selection, DateTimeOffset started)
    {
        var due = all.Where(c => IsDue(c, selection, started)).ToList();
        var drawn = selection.Sample is { } sample
            ? due.OrderBy(c => ScoreOf(c.Aip, sample.Seed)).ThenBy(c => c.Place).Take((int)sample.Of(due.Count)).ToList()
            : due;
        return ([.. drawn.Where(c => !c.InRun).OrderBy(c => c.Last ?? DateTimeOffset.MinValue).ThenBy(c => c.Place)], drawn.Count);
    }

    private static bool IsDue(StorageCandidate candidate, StorageSelection selection, DateTimeOffset started) =>
        selection.OlderThanDays is not { } days || candidate.InRun || candidate.Last is not { } last || started - last >= TimeSpan.FromDays(days);

    /// <summary>The first 8 bytes of the SHA-256 of seed and id: those with the smallest are drawn.</summary>
    private static ulong ScoreOf(Guid aip, string seed)
    {
        Span<byte> hash = stackalloc byte[32];
        _ = SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}:{aip:D}"), hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }
}
