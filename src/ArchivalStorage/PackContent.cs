using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>
/// The indexable frames of a pack, by the cheapest way that works: footer and index frame, else the frames' headers, and
/// behind damage a scan for the frames' magic. They are given one by one: a pack may hold a million.
/// </summary>
internal static class PackContent
{
    /// <summary>Reads the pack's header: null, or the code.</summary>
    public static string? ReadHeader(IDiskFile file, out PackHeader header, out Digest start)
    {
        var head = new byte[PackHeader.Size];
        var problem = PackHeader.TryRead(head.AsSpan(0, file.Read(0, head)), out header);
        start = Digest.Of(head);
        return problem;
    }

    /// <summary>Gives each indexable frame of a pack whose header is whole.</summary>
    /// <param name="file">The pack.</param>
    /// <param name="path">Its path, for findings.</param>
    /// <param name="limit">For an open pack: where its acknowledged bytes end.</param>
    /// <param name="known">For an open pack: up to where its frames are known, and not asked for; default from its start.</param>
    /// <param name="give">Takes them, in no order.</param>
    public static void Each(IDiskFile file, string path, long? limit, VouchedPack known, Action<PackIndexEntry> give)
    {
        if (ReadHeader(file, out var header, out var start) is not null)
        {
            return;
        }

        if (limit is null && PackIndexFrame.Open(file) is { } index)
        {
            index.Each(give);
            return;
        }

        var end = Math.Min(limit ?? file.Length, file.Length);
        var from = known.End > PackHeader.Size && known.Pack == header.Pack ? known : new VouchedPack(header.Pack, PackHeader.Size, 0, start);
        var walk = PackWalk.RunHeaders(file, path, header, from, end, give);
        if (walk.Problem is not null)
        {
            PackScan.Run(file, header.Pack, walk.End, end).Entries.ForEach(give);
        }
    }
}
