using System.Buffers.Binary;
using CsCheck;
using Lantai.ArchivalStorage;
using Lantai.StoreFormat;
using Lantai.Tests.Faults;
using Lantai.Words;

namespace Lantai.Tests.ArchivalStorage;

/// <summary>Sorted runs behave as one map, whatever was flushed, merged, saved, opened again or broken.</summary>
public sealed class SortedIndexTests
{
    private const string Folder = "index/digests";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_answers_as_a_sorted_dictionary_does(bool hasOneValue) =>
        Gen.Select(Gen.Int[0, 300], Gen.Int[0, 5]).List[0, 2500].Sample(
            steps =>
            {
                var disk = new MemoryDisk();
                var model = new SortedDictionary<Digest, List<int>>();
                var index = SortedIndex.Create(disk, Tiny(hasOneValue));
                index.MarkNow = () => MarkOf(0);
                var number = 0;
                foreach (var (key, action) in steps)
                {
                    if (key == 0 && action == 0)
                    {
                        index.Save(MarkOf(++number));
                        index.Dispose();
                        index = SortedIndex.Open(disk, Tiny(hasOneValue), out var finding)!;
                        Assert.Null(finding);
                        Assert.Equal(number, index.Mark!.LedgerSize);
                        index.MarkNow = () => MarkOf(0);
                        continue;
                    }

                    var value = ++number;
                    index.Put(Key(key), Value(value));
                    var values = model.TryGetValue(Key(key), out var known) ? known : model[Key(key)] = [];
                    if (hasOneValue)
                    {
                        values.Clear();
                    }

                    values.Add(value);
                }

                Assert.Equal(model.SelectMany(m => m.Value.Order().Select(v => (m.Key, v))), index.Entries().Select(e => (e.Key, Number(e.Value))));
                Assert.Equal(model.Sum(m => m.Value.Count), index.Count);
                for (var key = 0; key <= 301; key++)
                {
                    var expected = model.TryGetValue(Key(key), out var values) ? values : [];
                    var newest = new byte[12];
                    Assert.Equal(expected.Count > 0, index.TryFind(Key(key), newest));
                    Assert.True(expected.Count == 0 || expected.Contains(Number(newest)));
                    Assert.True(hasOneValue || expected.Order().SequenceEqual(Find(index, Key(key)).Order()));
                }

                index.Dispose();
            },
            iter: 60);

    [Fact]
    public void In_memory_alone_it_takes_little_more_than_its_entries()
    {
        const int Count = 1_200_000;
        var settings = new IndexSettings("index/test", 12, HasOneValue: false, Writes: false);
        using var index = SortedIndex.Create(null, settings);
        Span<byte> key = stackalloc byte[Digest.Size];
        Span<byte> value = stackalloc byte[12];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Count; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(key, i);
            BinaryPrimitives.WriteInt32LittleEndian(key[24..], i);
            index.Put(new Digest(key), value);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, Count * 44L, Count * 110L);
    }

    [Fact]
    public void Keys_that_share_their_beginning_are_told_apart_over_blocks_and_sections()
    {
        var disk = new MemoryDisk();
        using var index = SortedIndex.Create(disk, Tiny(false) with { TableCapacity = 100_000 });
        Span<byte> key = stackalloc byte[32];
        for (var i = 0; i < 20_000; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(key[28..], i / 300); // 300 places each: more than blocks hold
            index.Put(new Digest(key), Value(i));
        }

        index.Save(MarkOf(1));

        for (var i = 0; i < 67; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(key[28..], i);
            Assert.Equal(Enumerable.Range(i * 300, Math.Min(300, 20_000 - (i * 300))), Find(index, new Digest(key)).Order());
        }

        Assert.Empty(index.Check());
        Assert.Equal(1, index.Runs);
    }

    [Fact]
    public void A_look_up_that_finds_nothing_allocates_nothing()
    {
        var disk = new MemoryDisk();
        using var index = SortedIndex.Create(disk, DigestIndex.Settings(true) with { TableCapacity = 4096 });
        for (var i = 0; i < 20_000; i++)
        {
            index.Put(Key(i), Value(i));
        }

        index.Save(MarkOf(1));
        Span<byte> value = stackalloc byte[12];
        Digest[] absent = [.. Enumerable.Range(1, 2000).Select(i => Key(-i))];
        foreach (var key in absent)
        {
            Assert.False(index.TryFind(key, value)); // heads are read once
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var key in absent)
        {
            Assert.False(index.TryFind(key, value));
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public async Task Look_ups_are_right_while_runs_are_written_and_merged()
    {
        var disk = new MemoryDisk();
        using var index = SortedIndex.Create(disk, Tiny(false) with { TableCapacity = 500 });
        index.MarkNow = () => MarkOf(0);
        var reached = 0;
        using var end = new CancellationTokenSource();
        using var started = new CountdownEvent(3);
        var readers = Enumerable.Range(0, 3).Select(seed => Task.Run(() =>
        {
            var random = new Random(seed);
            var count = 0;
            _ = started.Signal();
            while (!end.IsCancellationRequested)
            {
                var known = Volatile.Read(ref reached);
                var i = random.Next(known + 1);
                if (i < known)
                {
                    Assert.Equal([i], Find(index, Key(i)));
                }

                Assert.Empty(Find(index, Key(-1 - i)));
                count++;
            }

            return count;
        })).ToList();

        started.Wait(TestContext.Current.CancellationToken);
        for (var i = 0; i < 60_000; i++)
        {
            index.Put(Key(i), Value(i));
            Volatile.Write(ref reached, i + 1);
        }

        await end.CancelAsync();
        Assert.All(await Task.WhenAll(readers), count => Assert.True(count > 0));
        index.Save(MarkOf(1));
        Assert.InRange(index.Runs, 1, 30);
        Assert.Equal(60_000, index.Entries().Count());
        Assert.Equal(index.Runs + 1, disk.List(Folder).Count);
    }

    [Fact]
    public void Every_changed_byte_is_met_or_makes_no_difference_and_none_escapes_a_check()
    {
        var disk = new MemoryDisk();
        using (var made = SortedIndex.Create(disk, Tiny(false)))
        {
            Fill(made, 0, 300);
            made.Save(MarkOf(7));
        }

        foreach (var path in disk.Paths.ToList())
        {
            var whole = disk[path].ToArray();
            for (var at = 0; at < whole.Length; at++)
            {
                disk[path] = [.. whole];
                disk[path][at] ^= (byte)(1 << (at % 8));
                using var index = SortedIndex.Open(disk, Tiny(false) with { Writes = false }, out var finding);
                if (index is null)
                {
                    Assert.Equal("STO-010", finding!.Code);
                    continue;
                }

                Assert.Single(index.Check());
                try
                {
                    for (var i = 0; i < 300; i += 7)
                    {
                        Assert.Equal([i], Find(index, Key(i)));
                        Assert.Empty(Find(index, Key(-1 - i)));
                    }
                }
                catch (StorageException damage)
                {
                    Assert.Equal((StorageProblem.Damaged, "STO-010"), (damage.Problem, damage.Finding!.Code));
                    Assert.Throws<StorageException>(() => Find(index, Key(1))); // no part of it answers any more
                }
            }

            disk[path] = whole[..^1];
            Assert.Null(SortedIndex.Open(disk, Tiny(false) with { Writes = false }, out _));
            disk[path] = whole;
        }

        using var again = SortedIndex.Open(disk, Tiny(false), out _)!;
        Assert.Empty(again.Check());
    }

    [Fact]
    public void A_block_that_is_whole_and_lies_elsewhere_is_refused()
    {
        var disk = new MemoryDisk();
        using (var made = SortedIndex.Create(disk, Tiny(false) with { TableCapacity = 1000 }))
        {
            Fill(made, 0, 400);
            made.Save(MarkOf(1));
        }

        var path = disk.List(Folder).Single(p => p.EndsWith(".run", StringComparison.Ordinal));
        var (first, second) = ((int)SortedRun.BlockOffset(0, 0), (int)SortedRun.BlockOffset(0, 1));
        disk[path].AsSpan(first, SortedRun.BlockSize).CopyTo(disk[path].AsSpan(second));
        using var index = SortedIndex.Open(disk, Tiny(false), out _)!;

        Assert.Single(index.Check());
        Assert.Throws<StorageException>(() => Enumerable.Range(0, 400).Select(i => Find(index, Key(i))).ToList());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Dying_at_any_change_leaves_an_index_that_says_what_it_stands_for(bool half)
    {
        var whole = new DyingDisk(new MemoryDisk(), int.MaxValue, StorageProblem.WriteFailed, half);
        Run(whole);
        Assert.True(whole.Changes > 90, $"only {whole.Changes} changes");

        for (var at = 1; at <= whole.Changes; at++)
        {
            var disk = new MemoryDisk();
            var saved = Run(new DyingDisk(disk, at, StorageProblem.WriteFailed, half));
            using (var index = SortedIndex.Open(disk, Tiny(false), out var finding))
            {
                Assert.True(finding is null, $"change {at}: {finding}");
                if (index is null)
                {
                    Assert.True(saved == 0, $"change {at}: saved at {saved} and gone");
                    continue;
                }

                var size = (int)index.Mark!.LedgerSize;
                Assert.True(size >= saved, $"change {at}: saved at {saved}, opened at {size}");
                Assert.Empty(index.Check());
                for (var i = 0; i < size; i++)
                {
                    Assert.Equal([i], Find(index, Key(i)));
                }
            }

            // And no litter: looked at when merging, which goes on beside us, has ended.
            using var still = SortedIndex.Open(disk, Tiny(false) with { Writes = false }, out _);
            Assert.Equal(still!.Runs + 1, disk.List(Folder).Count);
        }

        // Gives the number of entries at the last save that returned.
        static int Run(IDisk disk)
        {
            var saved = 0;
            try
            {
                using var index = SortedIndex.Create(disk, Tiny(false) with { FanOut = 3 });
                for (var part = 1; part <= 14; part++)
                {
                    Fill(index, (part - 1) * 20, part * 20);
                    index.Save(MarkOf(part * 20));
                    saved = part * 20;
                }
            }
            catch (StorageException)
            {
                // the process is dead
            }

            return saved;
        }
    }

    [Fact]
    public void Dropped_entries_are_in_no_file_any_more()
    {
        var disk = new MemoryDisk();
        using var index = SortedIndex.Create(disk, Tiny(false));
        Fill(index, 0, 500);
        var gone = Key(123);

        index.Drop((key, _) => key == gone, MarkOf(3));

        Assert.Empty(Find(index, gone));
        Assert.Equal(499, index.Count);
        Assert.DoesNotContain(disk.Paths, p => disk[p].AsSpan().IndexOf(gone.ToArray()) >= 0);
        Assert.Equal([7], Find(index, Key(7)));
        using var again = SortedIndex.Open(disk, Tiny(false) with { Writes = false }, out _)!;
        Assert.Equal((499L, 3L), (again.Count, again.Mark!.LedgerSize));
    }

    [Fact]
    public void An_entry_costs_at_most_46_bytes_of_disk_and_2_of_memory()
    {
        var shape = new SortedRun(12);

        Assert.InRange(shape.FileLength(100_000_000) / 1e8, 44, 46);
        Assert.InRange(shape.Sections(100_000_000) * (SortedRun.HeadSize + 8) / 1e8, 0, 1.2);
    }

    private static IndexSettings Tiny(bool hasOneValue) => new(Folder, 12, hasOneValue, Writes: true) { TableCapacity = 50, HeadMemory = 4 * SortedRun.HeadSize };

    private static IndexMark MarkOf(long size) => new(size, Digest.Of(BitConverter.GetBytes(size)), new byte[] { 1, 2, 3 });

    private static void Fill(SortedIndex index, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            index.Put(Key(i), Value(i));
        }
    }

    private static Digest Key(int i) => Digest.Of(BitConverter.GetBytes(i));

    private static byte[] Value(int i)
    {
        var value = new byte[12];
        BinaryPrimitives.WriteInt32BigEndian(value, i);
        return value;
    }

    private static int Number(ReadOnlySpan<byte> value) => BinaryPrimitives.ReadInt32BigEndian(value);

    private static List<int> Find(SortedIndex index, Digest key)
    {
        var found = new FoundValues(12, onlyFirst: false);
        index.Find(key.ToArray(), ref found);
        var values = new List<int>();
        for (var i = 0; i < found.Count; i++)
        {
            values.Add(Number(found[i]));
        }

        return values;
    }
}
