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
        if (!Disk.Exists(path) || TryReadLargeId(path) is not { } id)
        {
            return null;
        }

        if (ReadLargeTrailer(path)?.Content == content && Time.GetUtcNow() - (FixityTimes.Of(path) ?? ReadLargeHeader(path)!.Created) <= TrustedFor)
        {
            return id;
        }

        try
        {
            using var stream = OpenContent(content);
            stream.CopyTo(Stream.Null);
            FixityTimes.Note(path, Time.GetUtcNow());
            return id;
        }
        catch (StorageException)
        {
            FixityTimes.Note(path, FixityTimes.KnownBad);
            return null; // damaged: a good copy is at hand and takes its place (NameLargeObject)
        }
    }

    /// <summary>
    /// Under the commit lock: gives a staged large object its name and returns the id that the record shall call it by. A
    /// whole one that came first keeps the name; a damaged one is set aside in quarantine, where its bytes stay for people.
    /// </summary>
    internal Guid NameLargeObject(Digest content, LargeObjectWriter staged)
    {
        var path = StoreLayout.LargeObject(content);
        if (Disk.Exists(path))
        {
            if (HeldLargeObject(content) is { } held)
            {
                return held;
            }

            Disk.Link(path, $"{StoreLayout.Quarantine}/{Guid.NewGuid():N}.large");
            Disk.Delete(path);
        }

        Disk.Link(staged.Path, path);
        FixityTimes.Note(path, Time.GetUtcNow());
        return staged.Id;
    }

    /// <summary>When things were last found well, from past fixity checks.</summary>
    public FixityTimes FixityTimes => _fixityTimes ??= FixityTimes.Load(Disk);

    private FixityTimes? _fixityTimes;

    // Never-disposed groups share with each other; a group with a disposal year shares with itself alone,
    // so that its packs can be dropped whole when it is due.
    internal static bool Shares(string held, string wanted) => held == wanted || (IsKeptForEver(held) && IsKeptForEver(wanted));

    private static bool IsKeptForEver(string group) => group is UnscheduledGroup || group.StartsWith("Y-", StringComparison.Ordinal);

    private DateTimeOffset LastGood(PackPlace pack)
    {
        if (FixityTimes.Of(pack.Path) is { } checkedAt)
        {
            return checkedAt;
        }

        if (_made.TryGetValue(pack.Id, out var made))
        {
            return made;
        }

        using var file = OpenPackFile(pack);
        var head = new byte[PackHeader.Size];
        if (PackHeader.TryRead(head.AsSpan(0, file.Read(0, head)), out var header) is not null)
        {
            return FixityTimes.KnownBad;
        }

        _made[pack.Id] = header.Created;
        return header.Created;
    }

    private readonly System.Collections.Concurrent.ConcurrentDictionary<Guid, DateTimeOffset> _made = new();
}
