using System.IO.Hashing;
using Lantai.ArchivalStorage;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Tests.ArchivalStorage;

public sealed class ContentBatchTests : IDisposable
{
    private const int Room = 1 << 18;

    private readonly TestStore _store = new();

    [Fact]
    public async Task Contents_come_out_as_they_were_kept_compressed_or_not()
    {
        using var vault = _store.Open();
        byte[][] contents = [.. Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? TestStore.Noise(i * 37, i) : Text(i * 53))];
        await Keep(vault, contents);
        using var reader = vault.NewReader();
        var batch = reader.NewBatch(Room);

        Assert.All(contents, c => Assert.Equal(BatchAnswer.Waits, batch.Add(Digest.Of(c))));
        Assert.Throws<InvalidOperationException>(() => batch.TryGet(0, out _)); // nothing before it was compared
        batch.Compare();

        Assert.Equal(contents.Length, batch.Count);
        Assert.All(Enumerable.Range(0, contents.Length), i => Assert.Equal(contents[i], Got(batch, i)));
    }

    [Fact]
    public async Task A_full_batch_takes_more_when_it_was_cleared()
    {
        using var vault = _store.Open();
        byte[][] contents = [TestStore.Noise(1500, 1), Text(7000), TestStore.Noise(1500, 2)];
        await Keep(vault, contents);
        using var reader = vault.NewReader();
        var batch = reader.NewBatch(8192);

        Assert.Equal(BatchAnswer.Waits, batch.Add(Digest.Of(contents[0])));
        Assert.Equal(BatchAnswer.Full, batch.Add(Digest.Of(contents[1]))); // it is short, but what it decodes to is not
        Assert.Equal(BatchAnswer.Waits, batch.Add(Digest.Of(contents[2])));
        batch.Compare();
        Assert.Equal(contents[2], Got(batch, 1));

        batch.Clear();
        Assert.Equal(BatchAnswer.Waits, batch.Add(Digest.Of(contents[1])));
        Assert.Throws<InvalidOperationException>(() => batch.TryGet(0, out _));
        batch.Compare();
        Assert.Equal(contents[1], Got(batch, 0));
    }

    [Fact]
    public async Task What_is_long_or_large_or_absent_is_read_alone()
    {
        using var vault = _store.Open();
        byte[][] contents = [TestStore.Noise(3000, 1), TestStore.Noise(20_000, 2)];
        await Keep(vault, contents);
        using var reader = vault.NewReader();
        var batch = reader.NewBatch(8192);

        Assert.All(contents, c => Assert.Equal(BatchAnswer.Alone, batch.Add(Digest.Of(c))));
        Assert.Equal(BatchAnswer.Alone, batch.Add(Digest.Of("not kept"u8)));
        Assert.Equal(0, batch.Count);
    }

    [Fact]
    public async Task Changed_bytes_never_come_out()
    {
        using var vault = _store.Open();
        byte[][] contents = [TestStore.Noise(3000, 1), TestStore.Noise(3000, 2), TestStore.Noise(3000, 3)];
        await Keep(vault, contents);
        Forge(_store.Root, contents[1], isHidden: true);
        Forge(_store.Root, contents[2], isHidden: false);
        using var reader = vault.NewReader();
        var batch = reader.NewBatch(Room);

        Assert.Equal(BatchAnswer.Waits, batch.Add(Digest.Of(contents[0])));
        Assert.Equal(BatchAnswer.Waits, batch.Add(Digest.Of(contents[1]))); // its fast check was forged too: only the digest tells
        Assert.Equal(BatchAnswer.Alone, batch.Add(Digest.Of(contents[2])));
        batch.Compare();

        Assert.Equal(contents[0], Got(batch, 0));
        Assert.Null(Got(batch, 1));
    }

    public void Dispose() => _store.Dispose();

    /// <summary>Changes a stored raw content; hidden, the header says the changed bytes' own fast check.</summary>
    internal static void Forge(string root, byte[] content, bool isHidden)
    {
        foreach (var file in Directory.GetFiles(root, "*.pack", SearchOption.AllDirectories))
        {
            var bytes = File.ReadAllBytes(file);
            var at = bytes.AsSpan().IndexOf(content);
            if (at < 0)
            {
                continue;
            }

            bytes[at + 10] ^= 1;
            var start = at - FrameHeader.Size;
            Assert.Null(FrameHeader.TryRead(bytes.AsSpan(start), out var header));
            if (isHidden)
            {
                (header with { StoredHash = XxHash3.HashToUInt64(bytes.AsSpan(at, content.Length)) }).Write(bytes.AsSpan(start));
            }

            using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            RandomAccess.Write(handle, bytes.AsSpan(start, FrameHeader.Size + content.Length), start);
        }
    }

    private static byte[]? Got(ContentBatch batch, int index) => batch.TryGet(index, out var content) ? content.ToArray() : null;

    private static byte[] Text(int length) => System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("a line " + length + "\n", (length / 8) + 1)))[..length];

    private static Task Keep(Vault vault, byte[][] contents) =>
        TestStore.Keep(vault, "unscheduled", [.. contents.Select((c, i) => ($"{i:d3}", c))]);
}
