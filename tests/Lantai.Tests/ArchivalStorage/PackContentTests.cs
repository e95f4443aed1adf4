using Lantai.ArchivalStorage;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Tests.ArchivalStorage;

/// <summary>What a pack holds, given frame by frame: from its index, from its headers, never from half a batch.</summary>
public sealed class PackContentTests : IDisposable
{
    private const int Files = 3000;

    private readonly TestStore _store = new(packSize: 4 << 20);

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task The_index_of_a_sealed_pack_is_read_in_blocks_and_says_what_its_headers_say()
    {
        var path = await KeepAsync(seals: true);
        var disk = new CountingDisk(_store.Disk);
        using var file = disk.Open(path, DiskAccess.Read);

        var index = PackIndexFrame.Open(file)!.ToArray();

        Assert.InRange(disk.Longest, 1, 64 << 10);
        Assert.True(index.Length > Files);
        var frames = PackWalk.Run(file, path, file.Length - PackFooter.Size, WalkDepth.Headers).Entries;
        PackIndex.Sort(frames);
        Assert.Equal(frames, index);
        var given = new List<PackIndexEntry>();
        PackContent.Each(file, path, null, default, given.Add);
        Assert.Equal(frames, given);
    }

    [Fact]
    public async Task With_a_changed_byte_it_is_no_index_and_the_frames_are_found_by_their_headers()
    {
        var path = await KeepAsync(seals: true);
        var full = Path.Combine(_store.Root, path);
        var bytes = File.ReadAllBytes(full);
        Assert.True(PackFooter.TryRead(bytes.AsSpan(bytes.Length - PackFooter.Size), out var footer));
        using var file = _store.Disk.Open(path, DiskAccess.Read);
        var length = bytes.Length - (int)footer.IndexOffset;
        foreach (var at in Enumerable.Range(0, 140).Concat(Enumerable.Range(0, 60).Select(i => length * i / 60)).Append(length - PackFooter.Size - 1).Append(length - 1))
        {
            Write(full, footer.IndexOffset + at, (byte)(bytes[footer.IndexOffset + at] ^ 4));
            Assert.Null(PackIndexFrame.Open(file));
            Write(full, footer.IndexOffset + at, bytes[footer.IndexOffset + at]);
        }

        Assert.NotNull(PackIndexFrame.Open(file));
        Write(full, footer.IndexOffset + 200, (byte)(bytes[footer.IndexOffset + 200] ^ 4));
        var given = 0;
        PackContent.Each(file, path, null, default, _ => given++);
        Assert.Equal(footer.Entries, given);
    }

    [Fact]
    public async Task An_index_out_of_order_is_no_index_though_its_digest_is_right()
    {
        var path = await KeepAsync(seals: true);
        var full = Path.Combine(_store.Root, path);
        var bytes = File.ReadAllBytes(full);
        Assert.True(PackFooter.TryRead(bytes.AsSpan(bytes.Length - PackFooter.Size), out var footer));
        Assert.Null(FrameHeader.TryRead(bytes.AsSpan((int)footer.IndexOffset), out var header));
        var content = bytes.AsSpan((int)footer.IndexOffset + header.HeaderLength, (int)header.StoredLength);
        var (at, size) = (1024 * PackIndex.EntrySize, PackIndex.EntrySize);
        var last = content.Slice(at - size, size).ToArray(); // the last of the first block and the first of the second
        content.Slice(at, size).CopyTo(content[(at - size)..]);
        last.CopyTo(content[at..]);
        var turned = header with { Digest = Digest.Of(content), StoredHash = System.IO.Hashing.XxHash3.HashToUInt64(content) };
        turned.Write(bytes.AsSpan((int)footer.IndexOffset));
        File.WriteAllBytes(full, bytes);

        using var file = _store.Disk.Open(path, DiskAccess.Read);

        Assert.Null(PackIndexFrame.Open(file));
    }

    [Fact]
    public async Task Of_a_batch_without_its_end_nothing_is_given()
    {
        var path = await KeepAsync(seals: false);
        using var file = _store.Disk.Open(path, DiskAccess.Read);
        var all = PackWalk.Run(file, path, file.Length, WalkDepth.Headers);
        Assert.Equal(2UL, all.Batches);
        Assert.Null(PackContent.ReadHeader(file, out var header, out var start));
        var given = new List<PackIndexEntry>();

        var walk = PackWalk.RunHeaders(file, path, header, new VouchedPack(header.Pack, PackHeader.Size, 0, start), all.End - 1, given.Add);

        Assert.Equal(1UL, walk.Batches);
        Assert.InRange(given.Count, Files, all.Entries.Count - 1);
        Assert.All(given, e => Assert.True(e.Offset < walk.End));
        Assert.Equal(all.Entries.Count(e => e.Offset < walk.End), given.Count);
    }

    /// <summary>Keeps many files and then one; gives the path of their pack.</summary>
    private async Task<string> KeepAsync(bool seals)
    {
        using var vault = _store.Open();
        _ = await TestStore.Keep(vault, Vault.UnscheduledGroup, [.. Enumerable.Range(0, Files).Select(i => ($"f{i:D4}", TestStore.Noise(50, i)))]);
        _ = await TestStore.Keep(vault, Vault.UnscheduledGroup, ("last", TestStore.Noise(60, Files)));
        if (seals)
        {
            _ = await vault.SealAsync(default);
        }

        return _store.Disk.List(seals ? StoreLayout.Packs : StoreLayout.OpenPacks).MaxBy(p => new FileInfo(Path.Combine(_store.Root, p)).Length)!;
    }

    private static void Write(string path, long offset, byte value)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.Position = offset;
        file.WriteByte(value);
    }
}
