using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <content>Deduplication: declared only after the stored frame's header was read from disk.</content>
public sealed partial class Vault
{
    private static readonly TimeSpan TrustedFor = TimeSpan.FromDays(30);

    /// <summary>
    /// Whether a frame need not be written again for a group: it is held in a pack that is not dropped before this
    /// group's, and is known to be well. Writing counts as the first good audit; after 30 days it is read again first.
    /// </summary>
    internal bool IsHeldFor(string group, Digest digest, FrameKind kind)
    {
        if (FindFrame(digest, kind, pack => Shares(pack.Group, group)) is not { } held)
        {
            return false;
        }

        if (_suspects.Any(s => s.Pack == held.Pack.Id) || Time.GetUtcNow() - LastGood(held.Pack) > TrustedFor)
        {
            using var file = OpenPackFile(held.Pack);
            return FrameReader.ReadOriginal(file, held.Header, out _) is null;
        }

        return true;
    }

    /// <summary>The id of a large object that is held, or null. It is read whole again when its last good reading is too old.</summary>
    internal Guid? HeldLargeObject(Digest content)
    {
        var path = StoreLayout.LargeObject(content);
        if (!Disk.Exists(path) || ReadLargeHeader(path) is not { } header || ReadLargeTrailer(path) is not { } trailer || trailer.Content != content)
        {
            return null;
        }

        if (Time.GetUtcNow() - (FixityTimes.Of(path) ?? header.Created) <= TrustedFor)
        {
            return header.Id;
        }

        try
        {
            using var stream = OpenContent(content);
            stream.CopyTo(Stream.Null);
            return header.Id;
        }
        catch (StorageException)
        {
            return null; // damaged: the new copy cannot take its name, so the deposit's commit will say so
        }
    }

    /// <summary>When things were last found well, from past fixity checks.</summary>
    public FixityTimes FixityTimes => _fixityTimes ??= FixityTimes.Load(Disk);

    private FixityTimes? _fixityTimes;

    // Never-disposed groups share with each other; a group with a disposal year shares with itself alone,
    // so that its packs can be dropped whole when it is due.
    private static bool Shares(string held, string wanted) => held == wanted || (IsKeptForEver(held) && IsKeptForEver(wanted));

    private static bool IsKeptForEver(string group) => group is UnscheduledGroup || group.StartsWith("Y-", StringComparison.Ordinal);

    private DateTimeOffset LastGood(PackPlace pack)
    {
        if (FixityTimes.Of(pack.Path) is { } checkedAt)
        {
            return checkedAt;
        }

        return ReadPackHeader(pack.Path)?.Created ?? DateTimeOffset.MinValue;
    }
}
