using Lantai.ArchivalStorage;
using Lantai.StoreFormat;
using Lantai.Tests.Faults;
using Lantai.Words;

namespace Lantai.Tests.ArchivalStorage;

/// <summary>The digest index of a whole store: brought up to date after a kill, made again after damage, never believed.</summary>
public sealed class DigestIndexTests
{
    [Fact]
    public async Task After_a_killed_batch_only_what_came_since_is_read()
    {
        using var store = new TestStore(packSize: 16 * 1024);
        await KeepMany(store, 0, 30);
        var (sealedBefore, index) = (store.Disk.List(StoreLayout.Packs), ReadFolder(store, DigestIndex.Folder));
        await KeepMany(store, 30, 50);
        var count = Frames(store);
        WriteFolder(store, DigestIndex.Folder, index); // as if the second batch had been killed

        List<string> opened = [];
        using (var vault = store.Open(new HookDisk(store.Disk, (what, path) => { if (what == "openRead") { lock (opened) { opened.Add(path); } } })))
        {
            Assert.DoesNotContain(opened, sealedBefore.Contains);
            Assert.Contains(opened, p => p.StartsWith(StoreLayout.Packs, StringComparison.Ordinal));
            Assert.Empty(vault.Findings);
            Assert.All(Enumerable.Range(0, 50), i => Assert.True(vault.Holds(Digest.Of(TestStore.Noise(1500, i)))));
            Assert.All(vault.ReadEvents(0), e => Assert.Empty(e.Findings));
            Assert.Equal(count, vault.Measure().Frames);
        }

        WriteFolder(store, DigestIndex.Folder, index);
        using var reader = store.OpenReadOnly();
        Assert.Equal(count, reader.Measure().Frames);
        Assert.All(Enumerable.Range(0, 50), i => Assert.True(reader.Holds(Digest.Of(TestStore.Noise(1500, i)))));
    }

    [Fact]
    public async Task An_index_of_another_history_is_made_again()
    {
        using var store = new TestStore();
        await KeepMany(store, 0, 3);
        using var other = new TestStore();
        await KeepMany(other, 10, 12);
        WriteFolder(other, DigestIndex.Folder, ReadFolder(store, DigestIndex.Folder));

        using var vault = other.Open();

        Assert.True(vault.Holds(Digest.Of(TestStore.Noise(1500, 11))));
        Assert.False(vault.Holds(Digest.Of(TestStore.Noise(1500, 1))));
    }

    [Theory]
    [InlineData(SortedRun.HeadSize)]
    [InlineData(704)]
    public async Task Damage_that_is_met_in_the_middle_of_an_ingest_is_said_and_the_index_made_again_on_the_spot(int at)
    {
        using var store = new TestStore();
        await KeepMany(store, 0, 20);
        using var vault = store.Open();
        Damage(store, Run(store), at);

        var (_, committed) = await TestStore.Keep(vault, "unscheduled", ("again", TestStore.Noise(1500, 3)), ("new", TestStore.Noise(1500, 77)));

        Assert.Equal("STO-010", Assert.Single(vault.Findings).Code);
        Assert.Empty(vault.CheckIndex());
        Assert.All(Enumerable.Range(0, 20).Append(77), i => Assert.True(vault.Holds(Digest.Of(TestStore.Noise(1500, i)))));
        Assert.Empty(vault.ReadEvent(committed.Event.Leaf.Sequence).Findings);
        var twice = vault.Measure().Frames;
        vault.RebuildIndex();
        Assert.Equal(twice, vault.Measure().Frames); // what was held was not kept again
    }

    [Fact]
    public async Task A_damaged_index_is_said_at_opening_and_beside_an_owner()
    {
        using var store = new TestStore();
        await KeepMany(store, 0, 5);
        Damage(store, Run(store), (int)new FileInfo(Path.Combine(store.Root, Run(store))).Length - 1);

        using (var reader = store.OpenReadOnly())
        {
            Assert.Equal("STO-010", Assert.Single(reader.Findings).Code);
            Assert.True(reader.Holds(Digest.Of(TestStore.Noise(1500, 4))));
        }

        using (var vault = store.Open())
        {
            Assert.Equal("STO-010", Assert.Single(vault.Findings).Code);
        }

        using var again = store.Open();
        Assert.Empty(again.Findings);
    }

    [Fact]
    public async Task Behind_a_damaged_header_frames_are_found_by_their_magic()
    {
        using var store = new TestStore(packSize: 1 << 20);
        await KeepMany(store, 0, 12, seal: true);
        var pack = store.Disk.List(StoreLayout.Packs).MaxBy(p => new FileInfo(Path.Combine(store.Root, p)).Length)!;
        var bytes = File.ReadAllBytes(Path.Combine(store.Root, pack));
        var second = bytes.AsSpan(PackHeader.Size + 8).IndexOf(FrameHeader.Magic) + PackHeader.Size + 8;
        Damage(store, pack, second + 30); // a frame's header
        Damage(store, pack, bytes.Length - 100); // and the footer
        Directory.Delete(Path.Combine(store.Root, StoreLayout.Indexes), recursive: true);

        using var vault = store.Open();

        var readable = Enumerable.Range(0, 12).Count(i => Readable(vault, i));
        Assert.InRange(readable, 11, 12);
    }

    [Fact]
    public async Task A_pack_without_its_header_still_gives_its_frames_and_takes_no_duplicates()
    {
        using var store = new TestStore(packSize: 1 << 20);
        await KeepMany(store, 0, 12, seal: true);
        var pack = store.Disk.List(StoreLayout.Packs).MaxBy(p => new FileInfo(Path.Combine(store.Root, p)).Length)!;
        Damage(store, pack, 20);
        Directory.Delete(Path.Combine(store.Root, StoreLayout.Indexes), recursive: true);

        using var vault = store.Open();

        Assert.Contains(vault.Findings, f => f.Subject == pack);
        Assert.All(Enumerable.Range(0, 12), i => Assert.True(Readable(vault, i)));
        var before = vault.Measure().Frames;
        _ = await TestStore.Keep(vault, "unscheduled", ("a", TestStore.Noise(1500, 3)));
        Assert.True(vault.Measure().Frames >= before + 4, "the content was not kept again: root, detail and record are three");
    }

    [Fact]
    public async Task A_look_up_opens_a_pack_once()
    {
        using var store = new TestStore(packSize: 16 * 1024);
        await KeepMany(store, 0, 30);
        var opened = 0;
        using var vault = store.Open(new HookDisk(store.Disk, (what, path) => opened += what == "openRead" && path.EndsWith(".pack", StringComparison.Ordinal) ? 1 : 0));
        Assert.All(Enumerable.Range(0, 30), i => Assert.True(vault.Holds(Digest.Of(TestStore.Noise(1500, i)))));
        var first = opened;

        Assert.All(Enumerable.Range(0, 30), i => Assert.True(vault.Holds(Digest.Of(TestStore.Noise(1500, i)))));

        Assert.Equal(first, opened);
    }

    private static async Task KeepMany(TestStore store, int from, int to, bool seal = false)
    {
        using var vault = store.Open();
        for (var i = from; i < to; i++)
        {
            _ = await TestStore.Keep(vault, "unscheduled", ("a", TestStore.Noise(1500, i)));
        }

        if (seal)
        {
            _ = await vault.SealAsync(default);
        }
    }

    private static long Frames(TestStore store)
    {
        using var vault = store.OpenReadOnly();
        return vault.Measure().Frames;
    }

    private static bool Readable(Vault vault, int i)
    {
        try
        {
            using var stream = vault.OpenContent(Digest.Of(TestStore.Noise(1500, i)));
            return stream.Length == 1500;
        }
        catch (StorageException)
        {
            return false;
        }
    }

    private static string Run(TestStore store) => store.Disk.List(DigestIndex.Folder).Last(p => p.EndsWith(".run", StringComparison.Ordinal));

    private static void Damage(TestStore store, string path, int at)
    {
        using var file = store.Disk.Open(path, DiskAccess.Write);
        var bytes = new byte[64];
        var length = file.Read(at, bytes);
        for (var i = 0; i < length; i++)
        {
            bytes[i] ^= 0x55;
        }

        file.Write(at, bytes.AsSpan(0, length));
    }

    private static Dictionary<string, byte[]> ReadFolder(TestStore store, string folder) =>
        store.Disk.List(folder).ToDictionary(p => p, p => File.ReadAllBytes(Path.Combine(store.Root, p)));

    private static void WriteFolder(TestStore store, string folder, Dictionary<string, byte[]> files)
    {
        if (Directory.Exists(Path.Combine(store.Root, folder)))
        {
            Directory.Delete(Path.Combine(store.Root, folder), recursive: true);
        }

        foreach (var (path, bytes) in files)
        {
            store.Disk.Replace(path, bytes);
        }
    }
}
