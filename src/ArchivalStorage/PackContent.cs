using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>
/// The indexable frames of a pack, by the cheapest way that works: footer and index frame, else the frames' headers, and
/// behind damage a scan for the frames' magic.
/// </summary>
/// <param name="Header">The pack's header; null when it is bad.</param>
/// <param name="Entries">Its indexable frames.</param>
/// <param name="Problem">What kept the way from being the cheapest, if anything.</param>
internal sealed record PackContent(PackHeader? Header, IReadOnlyList<PackIndexEntry> Entries, Finding? Problem)
{
    /// <param name="file">The pack.</param>
    /// <param name="path">Its path, for findings.</param>
    /// <param name="limit">For an open pack: where its acknowledged bytes end.</param>
    /// <param name="known">For an open pack: up to where its frames are known, and not asked for; default from its start.</param>
    public static PackContent Read(IDiskFile file, string path, long? limit, VouchedPack known = default)
    {
        var head = new byte[PackHeader.Size];
        if (PackHeader.TryRead(head.AsSpan(0, file.Read(0, head)), out var header) is { } bad)
        {
            return new PackContent(null, [], Finding.Error(bad, path));
        }

        if (limit is null && ReadIndex(file) is { } index)
        {
            return new PackContent(header, index, null);
        }

        var end = Math.Min(limit ?? file.Length, file.Length);
        var from = known.End > PackHeader.Size && known.Pack == header.Pack ? known : new VouchedPack(header.Pack, PackHeader.Size, 0, Digest.Of(head));
        var walk = PackWalk.RunHeaders(file, path, header, from, end);
        return walk.Problem is null
            ? new PackContent(header, walk.Entries, null)
            : new PackContent(header, [.. walk.Entries, .. PackScan.Run(file, header.Pack, walk.End, end).Entries], walk.Problem);
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
