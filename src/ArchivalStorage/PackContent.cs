using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>The indexable frames of a pack, by the cheapest way that works: footer and index frame, else the frames' headers.</summary>
/// <param name="Header">The pack's header; null when it is bad.</param>
/// <param name="Entries">Its indexable frames.</param>
/// <param name="Problem">What kept the way from being the cheapest, if anything.</param>
internal sealed record PackContent(PackHeader? Header, IReadOnlyList<PackIndexEntry> Entries, Finding? Problem)
{
    /// <param name="file">The pack.</param>
    /// <param name="path">Its path, for findings.</param>
    /// <param name="limit">For an open pack: where its acknowledged bytes end.</param>
    public static PackContent Read(IDiskFile file, string path, long? limit)
    {
        if (limit is null && ReadIndex(file) is { } index)
        {
            var head = new byte[PackHeader.Size];
            var bad = PackHeader.TryRead(head.AsSpan(0, file.Read(0, head)), out var header);
            return bad is null ? new PackContent(header, index, null) : new PackContent(null, [], Finding.Error(bad, path));
        }

        var walk = PackWalk.Run(file, path, Math.Min(limit ?? file.Length, file.Length), WalkDepth.Headers);
        return new PackContent(walk.Header, walk.Entries, walk.Problem);
    }

    /// <summary>The index of a sealed pack; null when footer or index frame are absent or damaged.</summary>
    public static PackIndexEntry[]? ReadIndex(IDiskFile file)
    {
        var bytes = new byte[PackFooter.Size];
        if (file.Length < PackHeader.Size + PackFooter.Size || file.Read(file.Length - PackFooter.Size, bytes) != bytes.Length
            || !PackFooter.TryRead(bytes, out var footer) || footer.FileLength != file.Length || footer.IndexOffset < PackHeader.Size
            || FrameReader.ReadHeader(file, footer.Pack, footer.IndexOffset, file.Length - PackFooter.Size, out var frame) is not null
            || frame.Kind != FrameKind.Index || FrameReader.ReadOriginal(file, frame, out var content) is not null
            || !PackIndex.TryRead(content.Span, out var entries) || entries.Length != footer.Entries)
        {
            return null;
        }

        return entries;
    }
}
