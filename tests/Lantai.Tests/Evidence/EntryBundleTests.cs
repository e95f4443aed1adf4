using CsCheck;
using Lantai.Evidence;

namespace Lantai.Tests.Evidence;

public sealed class EntryBundleTests
{
    [Fact]
    public void An_entry_stands_behind_its_length() =>
        Assert.Equal([0, 3, .. "one"u8, 0, 0, 0, 3, .. "two"u8], EntryBundle.Write(["one"u8.ToArray(), Array.Empty<byte>(), "two"u8.ToArray()]));

    [Fact]
    public void What_was_written_is_read_again() =>
        Gen.Byte.Array[0, 400].Array[1, 256].Sample(
            entries =>
            {
                var bundle = EntryBundle.Write([.. entries.Select(entry => new ReadOnlyMemory<byte>(entry))]);

                Assert.True(EntryBundle.TryRead(bundle, out var read));
                Assert.Equal(entries, read);
            },
            iter: 50);

    [Fact]
    public void A_bundle_cut_anywhere_but_between_entries_is_refused()
    {
        var bundle = EntryBundle.Write(["one"u8.ToArray(), "three"u8.ToArray()]);

        Assert.All(Enumerable.Range(0, bundle.Length), length => Assert.Equal(length == 5, EntryBundle.TryRead(bundle.AsSpan(0, length), out _)));
    }

    [Fact]
    public void More_than_256_entries_are_refused()
    {
        Assert.True(EntryBundle.TryRead(new byte[512], out var entries));
        Assert.Equal(256, entries.Count);
        Assert.False(EntryBundle.TryRead(new byte[514], out _));
        Assert.Throws<ArgumentException>(() => EntryBundle.Write(new ReadOnlyMemory<byte>[257]));
        Assert.Throws<ArgumentException>(() => EntryBundle.Write([]));
    }

    [Fact]
    public void An_entry_of_65536_bytes_is_misuse()
    {
        Assert.Equal(65_537, EntryBundle.Write([new byte[65_535]]).Length);
        Assert.Throws<ArgumentException>(() => EntryBundle.Write([new byte[65_536]]));
    }
}
