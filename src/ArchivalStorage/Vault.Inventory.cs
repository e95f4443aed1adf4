using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <content>What ledger and records say must be there, told without opening every event.</content>
public sealed partial class Vault
{
    /// <summary>The names of all packs whose sealing is an event.</summary>
    internal IEnumerable<Digest> SealedPackNames()
    {
        foreach (var stored in Ledger.ReadLeaves(0))
        {
            if (stored.Bytes.AsSpan().IndexOf("\"pack sealed\""u8) >= 0 && LedgerEntry.TryRead(stored.Bytes, out var leaf)
                && leaf.Type == EventTypes.PackSealed && Digest.TryParse(leaf.Subject, out var name))
            {
                yield return name;
            }
        }
    }

    /// <summary>
    /// The ids of all large objects that records refer to. Records lie in few packs one behind the other: they are read there
    /// in one go, and parsed only when they name an object. When that does not show a record for each event, every event is read.
    /// </summary>
    internal HashSet<Guid> ReferredObjects()
    {
        if (ScanRecords() is { } named)
        {
            // A record that no leaf commits to is of a batch that was cut off: it refers to nothing.
            return named.Count == 0 ? [] : [.. Ledger.ReadLeaves(0)
                .SelectMany(l => LedgerEntry.TryRead(l.Bytes, out var leaf) && named.TryGetValue(leaf.Commitment, out var objects) ? objects : [])];
        }

        return [.. ReadEvents(0).SelectMany(e => e.Record?.Objects ?? [])];
    }

    /// <summary>The records that name large objects, by their digest; null when packs with records are not whole.</summary>
    private Dictionary<Digest, IReadOnlyList<Guid>>? ScanRecords()
    {
        var size = Ledger.Size; // first: what is appended while we read only adds
        var known = _packs.All.Select(p => p.Sealed).ToHashSet();
        if (!SealedPackNames().All(name => known.Contains(name)))
        {
            return null; // a pack that is gone may have held records
        }

        var named = new Dictionary<Digest, IReadOnlyList<Guid>>();
        var (records, isWhole) = (0L, true);
        var buffers = new AuditBuffers(new Lock());
        foreach (var pack in _packs.All.Where(p => p.Group == PermanentGroup))
        {
            try
            {
                using var file = OpenPackFile(pack);
                var limit = Math.Min(Limit(pack.Path) ?? file.Length - PackFooter.Size, file.Length);
                using var reader = new ForwardReader(file, limit, buffers.Window, digests: false, null, CancellationToken.None);
                var walk = new PackPass(pack.Path, reader, limit, WalkDepth.Stored, buffers) { Seen = See }.Run();
                isWhole &= walk.Problem is null && walk.Damage.Count == 0;
            }
            catch (StorageException)
            {
                return null; // gone or unreadable: its own check says so
            }
        }

        return isWhole && records >= size ? named : null;

        void See(FrameHeader frame, ReadOnlyMemory<byte> stored)
        {
            if (frame.Kind == FrameKind.Record)
            {
                records++;
                isWhole &= TryReadObjects(frame, stored, buffers.Room, named);
            }
        }
    }

    private static bool TryReadObjects(in FrameHeader frame, ReadOnlyMemory<byte> stored, Memory<byte> room, Dictionary<Digest, IReadOnlyList<Guid>> named)
    {
        if (stored.IsEmpty || frame.OriginalLength > room.Length
            || FrameContent.TryOpen(frame, stored, room[..(frame.Codec == FrameCodec.Lz4 ? (int)frame.OriginalLength : 0)], out var original) is not null)
        {
            return false;
        }

        if (original.Span.IndexOf("\"objects\":"u8) < 0)
        {
            return true;
        }

        if (Digest.Of(original.Span) != frame.Digest || !Salted.TryOpen(original.Span, out _, out var json) || !EventRecord.TryRead(json, out var record))
        {
            return false;
        }

        named[frame.Digest] = record.Objects;
        return true;
    }
}
