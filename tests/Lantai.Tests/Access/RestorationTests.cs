using Lantai.Access;
using Lantai.Access.Restoration;
using Lantai.ArchivalStorage;
using Lantai.StoreFormat;
using Lantai.Tests.ArchivalStorage;
using Lantai.Words;

namespace Lantai.Tests.Access;

public sealed class RestorationTests : IDisposable
{
    private readonly TestStore _store = new();
    private readonly string _out = Directory.CreateTempSubdirectory("lantai-restored-").FullName;

    [Fact]
    public async Task Everything_comes_out_verified_and_a_second_run_touches_nothing()
    {
        using var vault = _store.Open();
        var items = await Keep(vault, 20);

        var first = await Restore(vault, items);
        var second = await Restore(vault, items);

        Assert.All(first, o => Assert.Equal(RestorationState.Whole, o.State));
        Assert.All(second, o => Assert.Equal((RestorationState.Present, 0L), (o.State, o.Files)));
        Assert.Equal(20, Directory.GetDirectories(_out).Length);
        Assert.All(Enumerable.Range(0, 20), i => Assert.Equal(Content(i), File.ReadAllBytes(Path.Combine(Place(items[i]), "data", "a.bin"))));
        Assert.Equal(TestStore.Noise(100_000, 7), File.ReadAllBytes(Path.Combine(Place(items[0]), "data", "large.bin")));
    }

    [Fact]
    public async Task What_a_killed_run_left_is_made_anew()
    {
        using var vault = _store.Open();
        var items = await Keep(vault, 2);
        var part = Place(items[0]) + Dissemination.PartSuffix;
        _ = Directory.CreateDirectory(Path.Combine(part, "data"));
        File.WriteAllText(Path.Combine(part, "data", "a.bin"), "half");

        Assert.All(await Restore(vault, items), o => Assert.Equal(RestorationState.Whole, o.State));
        Assert.Equal(2, Directory.GetDirectories(_out).Length);
        Assert.Equal(Content(0), File.ReadAllBytes(Path.Combine(Place(items[0]), "data", "a.bin")));
    }

    [Fact]
    public async Task What_is_damaged_is_left_out_and_the_others_come_out()
    {
        using var vault = _store.Open();
        var items = await Keep(vault, 5);
        Damage(Content(3));
        Damage(TestStore.Noise(100_000, 7)[90_000..]);

        var outcomes = (await Restore(vault, items)).ToDictionary(o => o.Item.Aip);

        Assert.Equal(3, outcomes.Values.Count(o => o.State == RestorationState.Whole));
        foreach (var (item, lost, kept) in new[] { (items[3], "a.bin", "b.txt"), (items[0], "large.bin", "a.bin") })
        {
            var outcome = outcomes[item.Aip];
            Assert.Equal(RestorationState.Incomplete, outcome.State);
            Assert.EndsWith(".incomplete", outcome.Path, StringComparison.Ordinal);
            Assert.Equal("DIP-010", outcome.Findings[^1].Code);
            Assert.False(File.Exists(Path.Combine(outcome.Path, "data", lost)));
            Assert.True(File.Exists(Path.Combine(outcome.Path, "data", kept)));
            Assert.False(Directory.Exists(Place(item)));
        }
    }

    [Fact]
    public async Task Bytes_that_only_their_digest_gives_away_do_not_come_out()
    {
        using var vault = _store.Open();
        var items = await Keep(vault, 5);
        ContentBatchTests.Forge(_store.Root, Content(3), isHidden: true);

        var outcomes = await Restore(vault, items);

        Assert.Equal(4, outcomes.Count(o => o.State == RestorationState.Whole));
        var outcome = Assert.Single(outcomes, o => o.State == RestorationState.Incomplete);
        Assert.Equal([Codes.FrameDigest, "DIP-010"], outcome.Findings.Select(f => f.Code));
        Assert.False(File.Exists(Path.Combine(outcome.Path, "data", "a.bin")));
        Assert.True(File.Exists(Path.Combine(outcome.Path, "data", "b.txt")));
    }

    [Fact]
    public async Task No_version_has_its_name_before_its_files_are_written()
    {
        using var vault = _store.Open();
        var items = await Keep(vault, 200); // more than wait for one another
        var ended = 0;

        await new Restoration(vault, _store.Time).RunAsync(
            new RestorationRequest(items, _out, vault.Descriptor.Origin, null), null, o =>
            {
                Assert.Equal(3, Directory.GetFiles(o.Path, "*", SearchOption.AllDirectories).Count(f => Path.GetFileName(f) != "large.bin"));
                _ = Interlocked.Increment(ref ended);
            }, default);

        Assert.Equal(200, ended);
        Assert.DoesNotContain(Directory.GetDirectories(_out), d => d.EndsWith(Dissemination.PartSuffix, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_cannot_be_read_is_named_and_the_others_come_out()
    {
        RestorationItem[] items;
        using (var vault = _store.Open())
        {
            items = await Keep(vault, 3);
        }

        var bad = StoreLayout.LargeObject(Digest.Of(TestStore.Noise(100_000, 7)));
        using var reading = _store.Open(new BadDisk(_store.Disk, bad));
        var outcomes = await Restore(reading, items);

        Assert.Equal(2, outcomes.Count(o => o.State == RestorationState.Whole));
        var outcome = Assert.Single(outcomes, o => o.State == RestorationState.Incomplete);
        Assert.Equal(["DIP-011", "DIP-010"], outcome.Findings.Select(f => f.Code));
    }

    [Fact]
    public async Task A_manifest_of_another_version_is_not_given_out_under_this_name()
    {
        using var vault = _store.Open();
        var items = await Keep(vault, 2);

        var outcome = Assert.Single(await Restore(vault, [items[0] with { Manifest = items[1].Manifest }]));

        Assert.Equal("MAN-005", Assert.Single(outcome.Findings).Code);
        Assert.Empty(Directory.GetFiles(_out, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_run_that_is_stopped_leaves_whole_packages_only()
    {
        using var vault = _store.Open();
        var items = await Keep(vault, 20);
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new Restoration(vault, _store.Time).RunAsync(
            new RestorationRequest(items, _out, vault.Descriptor.Origin, null), null, _ => stop.Cancel(), stop.Token));

        Assert.DoesNotContain(Directory.GetDirectories(_out), d => d.EndsWith(Dissemination.PartSuffix, StringComparison.Ordinal));
        Assert.All(Directory.GetDirectories(_out), d => Assert.True(File.Exists(Path.Combine(d, "data", "b.txt"))));
    }

    [Theory]
    [InlineData("LT20250310-0001", "LT20250310-0001_")]
    [InlineData("办件 一/二", "办件_一_二_")]
    [InlineData("../../etc", "_._.._etc_")]
    [InlineData("-rf", "_rf_")]
    [InlineData("", "")]
    public void Folders_have_safe_names(string submission, string start)
    {
        var aip = Guid.NewGuid();

        Assert.Equal($"{start}{aip:D}@2", RestorationName.Of(submission, aip, 2));
    }

    [Fact]
    public void A_long_name_is_cut_between_characters() =>
        Assert.Equal(new string('长', 40) + "_", RestorationName.Of(new string('长', 100), Guid.Empty, 1)[..41]);

    public void Dispose()
    {
        Directory.Delete(_out, recursive: true);
        _store.Dispose();
    }

    private static byte[] Content(int i) => TestStore.Noise(3000, 1000 + i);

    private string Place(RestorationItem item) => Path.Combine(_out, RestorationName.Of(item.Submission, item.Aip, item.Version));

    private static async Task<RestorationItem[]> Keep(Vault vault, int count)
    {
        var items = new RestorationItem[count];
        for (var i = 0; i < count; i++)
        {
            (string, byte[])[] files = [("a.bin", Content(i)), ("b.txt", System.Text.Encoding.UTF8.GetBytes(new string('b', 5000) + i)), ("empty", [])];
            var (aip, kept) = await TestStore.Keep(vault, "unscheduled", i == 0 ? [.. files, ("large.bin", TestStore.Noise(100_000, 7))] : files);
            items[i] = new RestorationItem(aip, 1, "case" + i, kept.Event.Record!.Manifest!.Value, kept.Event.Leaf.Sequence);
        }

        return items;
    }

    private async Task<List<RestorationOutcome>> Restore(Vault vault, RestorationItem[] items)
    {
        var outcomes = new System.Collections.Concurrent.ConcurrentBag<RestorationOutcome>();
        await new Restoration(vault, _store.Time).RunAsync(new RestorationRequest(items, _out, vault.Descriptor.Origin, null), null, outcomes.Add, default);
        return [.. outcomes];
    }

    private void Damage(byte[] content)
    {
        foreach (var file in Directory.GetFiles(_store.Root, "*", SearchOption.AllDirectories).Where(f => f.EndsWith(".pack", StringComparison.Ordinal) || f.EndsWith(".large", StringComparison.Ordinal)))
        {
            var bytes = File.ReadAllBytes(file);
            var at = bytes.AsSpan().IndexOf(content);
            if (at >= 0)
            {
                using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
                RandomAccess.Write(handle, [(byte)(bytes[at + 10] ^ 1)], at + 10);
            }
        }
    }

    private sealed class BadDisk(IDisk disk, string bad) : IDisk
    {
        public string Root => disk.Root;

        public long FreeBytes => disk.FreeBytes;

        public bool Exists(string path) => disk.Exists(path);

        public IDiskFile Open(string path, DiskAccess access) =>
            path == bad ? throw new StorageException(StorageProblem.ReadFailed, path, new IOException("Input/output error")) : disk.Open(path, access);

        public IReadOnlyList<string> List(string folder) => disk.List(folder);

        public void Replace(string path, ReadOnlySpan<byte> content) => disk.Replace(path, content);

        public void Link(string path, string newPath) => disk.Link(path, newPath);

        public void Delete(string path) => disk.Delete(path);

        public IDisposable? TryLock(string path) => disk.TryLock(path);
    }
}
