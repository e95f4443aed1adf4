using Lantai.ArchivalStorage;
using Lantai.StoreFormat;
using Lantai.Tests.Faults;
using Lantai.Words;

namespace Lantai.Tests.ArchivalStorage;

/// <summary>The files of the waiting room: nobody reads them without the key, and no byte of them changes unseen.</summary>
public sealed class WaitingRoomTests
{
    private const int Chunk = 1 << 16;
    private static readonly DateTimeOffset Since = new(2026, 11, 27, 1, 2, 3, TimeSpan.Zero);
    private static readonly Digest Package = Digest.Of("包"u8);

    private readonly MemoryDisk _disk = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Chunk)]
    [InlineData((3 * Chunk) + 5)]
    public void What_is_held_is_given_back_at_any_place(int length)
    {
        var content = TestStore.Noise(length, 1);
        var room = Room();

        var stay = Hold(room, content);

        Assert.Equal((Since, Since.AddDays(30), false), (stay.Since, stay.Until, stay.IsDestroyed));
        Assert.Equal(stay, Assert.Single(room.List()));
        using var held = room.Open(stay.Name);
        held.Check(default);
        Assert.Equal(("说明", length), (held.About.Text("about"), (int)held.Length));
        using var all = held.OpenRead(0, length);
        Assert.Equal(content, Bytes(all));
        if (length > Chunk)
        {
            using var part = held.OpenRead(Chunk - 3, Chunk);
            part.Position = 2;
            Assert.Equal(content[(Chunk - 1)..((2 * Chunk) - 3)], Bytes(part));
        }
    }

    [Fact]
    public void Nothing_in_clear_is_in_the_file_or_its_name()
    {
        var room = Room();
        var text = string.Concat(Enumerable.Repeat("渡鸦落在窗台上", 20_000));

        var stay = Hold(room, System.Text.Encoding.UTF8.GetBytes(text));

        var path = Assert.Single(_disk.Paths);
        Assert.Equal($"waiting/{stay.Name}.waiting", path);
        Assert.DoesNotContain(Package.ToString(), path, StringComparison.Ordinal);
        foreach (var word in new[] { "渡鸦", "说明", "about", "yz-cases", "SP1" })
        {
            Assert.True(_disk[path].AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(word)) < 0, word);
        }

        Assert.True(_disk[path].AsSpan().IndexOf(Package.ToArray()) < 0);
        Assert.NotEqual(stay.Name, Hold(new WaitingRoom(new MemoryDisk(), _ => Enumerable.Repeat((byte)9, 32).ToArray()), [1]).Name); // another room, another name
    }

    [Fact]
    public void Two_holdings_of_the_same_bytes_share_no_byte_but_the_head()
    {
        var content = new byte[Chunk];
        var one = Hold(Room(), content);
        var other = new MemoryDisk();
        _ = Hold(new WaitingRoom(other, _ => new byte[32]), content);

        var (first, second) = (_disk[StoreLayout.WaitingFile(one.Name)], other[StoreLayout.WaitingFile(one.Name)]);

        Assert.Equal(first[..48], second[..48]);
        Assert.True(first.Skip(48).Zip(second.Skip(48)).Count(pair => pair.First == pair.Second) < Chunk / 128);
    }

    [Fact]
    public void Every_byte_that_changes_is_seen()
    {
        var name = Hold(Room(), "甲乙丙丁"u8.ToArray()).Name;
        var path = StoreLayout.WaitingFile(name);
        var whole = _disk[path];
        for (var i = 0; i < whole.Length; i++)
        {
            _disk[path] = [.. whole];
            _disk[path][i] ^= 1;

            Damaged(name);
        }

        _disk[path] = whole;
        Room().Open(name).Dispose();
    }

    [Theory]
    [InlineData("moved", "chunk")]
    [InlineData("cut", "cut")]
    [InlineData("last", "cut")]
    [InlineData("longer", "cut")]
    [InlineData("renamed", "key")]
    [InlineData("key", "key")]
    [InlineData("empty", "head")]
    public void A_chunk_that_was_moved_or_cut_off_is_refused_with_its_cause(string harm, string cause)
    {
        var name = Hold(Room(), TestStore.Noise(3 * Chunk, 2)).Name;
        var path = StoreLayout.WaitingFile(name);
        var (bytes, sealedChunk) = (_disk[path], Chunk + 16);
        var target = harm == "renamed" ? Digest.Of("另一个名字"u8) : name;
        _disk[StoreLayout.WaitingFile(target)] = harm switch
        {
            "moved" => [.. bytes[..112], .. bytes[(112 + sealedChunk)..(112 + (2 * sealedChunk))], .. bytes[112..(112 + sealedChunk)], .. bytes[(112 + (2 * sealedChunk))..]],
            "cut" => bytes[..^1],
            "last" => bytes[..(112 + (2 * sealedChunk))],
            "longer" => [.. bytes, 0],
            "empty" => [],
            _ => bytes,
        };

        var refused = Damaged(target, harm == "key" ? new WaitingRoom(_disk, _ => Enumerable.Repeat((byte)7, 32).ToArray()) : null);

        Assert.Equal(("STO-020", cause), (refused.Code, refused.Arguments.First(a => a.Key == "waiting").Value));
        Assert.Equal(StoreLayout.WaitingFile(target), refused.Subject);
    }

    [Fact]
    public void A_destroyed_key_is_gone_before_the_file_is()
    {
        var room = Room();
        var name = Hold(room, "甲"u8.ToArray()).Name;

        room.DestroyKey(name);

        Assert.True(Assert.Single(room.List()).IsDestroyed);
        Assert.Equal(new byte[64], _disk[StoreLayout.WaitingFile(name)][48..112]);
        Damaged(name);
        room.Remove(name);
        Assert.Empty(room.List());
    }

    [Fact]
    public void What_was_not_committed_leaves_nothing_that_can_be_read()
    {
        var room = Room();
        using (var draft = room.Begin("yz-cases", "SP1", Package, new JsonMap(), Since, Since))
        {
            draft.Append(TestStore.Noise(2 * Chunk, 3));
            Assert.Equal(new byte[112], _disk[Assert.Single(_disk.Paths)][..112]); // a crash here: there is no key
            Assert.Empty(room.List());
        }

        Assert.Empty(_disk.Paths);
    }

    [Fact]
    public void An_owner_removes_what_a_crash_left_unfinished()
    {
        using var store = new TestStore();
        var left = store.Disk;
        using (var file = left.Open("waiting/x.waiting.new", DiskAccess.CreatePrivate))
        {
            file.Write(0, [1, 2, 3]);
        }

        store.OpenReadOnly().Dispose();
        Assert.Single(left.List("waiting"));
        store.Open().Dispose();

        Assert.Empty(left.List("waiting"));
    }

    [Fact]
    public void Nobody_but_the_owner_may_open_file_or_folder()
    {
        using var store = new TestStore();
        var stay = Hold(new WaitingRoom(store.Disk, _ => new byte[32]), [1, 2, 3]);

        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(Owner, File.GetUnixFileMode(Path.Combine(store.Root, StoreLayout.WaitingFile(stay.Name))));
        Assert.Equal(Owner | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(store.Root, "waiting")));
        Assert.Throws<StorageException>(() => Hold(new WaitingRoom(store.Disk, _ => new byte[32]), [1])); // a name is given once
        Assert.Single(store.Disk.List("waiting"));
    }

    [Fact]
    public void A_key_that_is_missing_is_made_only_while_nothing_waits_under_it()
    {
        var asked = new List<bool>();
        WaitingRoom Other() => new(_disk, mayMake =>
        {
            asked.Add(mayMake);
            return mayMake ? new byte[32] : null;
        });

        Assert.Null(Other().Find("yz-cases", "SP1", Package)); // nothing is here: no key is asked for
        Assert.Empty(asked);
        _ = Hold(Other(), [1]);
        var refused = Assert.Throws<StorageException>(() => Other().Begin("yz-cases", "SP2", Package, new JsonMap(), Since, Since));

        Assert.Equal((StorageProblem.KeyMissing, "STO-021"), (refused.Problem, refused.Finding!.Code));
        Assert.Equal([true, false], asked);
        Assert.Null(Other().Find("yz-cases", "SP1", Package));
        Assert.Single(Other().List());
    }

    private WaitingRoom Room() => new(_disk, _ => new byte[32]);

    private static WaitingStay Hold(WaitingRoom room, byte[] content)
    {
        using (var draft = room.Begin("yz-cases", "SP1", Package, new JsonMap().Set("about", "说明"), Since, Since.AddDays(30)))
        {
            draft.Append(content);
            draft.Commit();
        }

        return room.Find("yz-cases", "SP1", Package)!;
    }

    private Finding Damaged(Digest name, WaitingRoom? room = null)
    {
        var problem = Assert.Throws<StorageException>(() =>
        {
            using var held = (room ?? Room()).Open(name);
            held.Check(default);
        });
        Assert.Equal((StorageProblem.Damaged, false), (problem.Problem, problem.IsTransient));
        return problem.Finding!;
    }

    private static byte[] Bytes(Stream stream)
    {
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
