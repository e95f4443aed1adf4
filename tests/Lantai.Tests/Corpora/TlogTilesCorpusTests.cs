using System.Globalization;
using Lantai.Evidence;
using Lantai.Words;

namespace Lantai.Tests.Corpora;

public sealed class TlogTilesCorpusTests
{
    [Fact]
    public async Task Every_checkpoint_verifies_and_its_root_and_tiles_are_those_of_its_entries()
    {
        await using var corpus = await Corpus.OpenAsync("tlog-tiles");
        Assert.Equal(10, corpus.Cases.Count);

        foreach (var one in corpus.Cases)
        {
            var note = Verified(await File.ReadAllBytesAsync(corpus.PathOf(one)), one);
            var lines = note.Text.Split('\n');
            var size = ulong.Parse(lines[1], CultureInfo.InvariantCulture);
            Assert.Equal(one.Codes, lines[2]);

            var log = Path.GetDirectoryName(corpus.PathOf(one))!;
            var nodes = new Dictionary<(int Level, ulong Index), Digest>();
            var tree = new CompactRange((level, index, hash) => nodes.Add((level, index), hash));
            foreach (var tile in Tile.ForSize(size).Where(tile => tile.Level == Tile.Entries))
            {
                var bundle = await File.ReadAllBytesAsync(Path.Combine(log, tile.Path));
                Assert.True(EntryBundle.TryRead(bundle, out var entries));
                Assert.Equal(tile.Width, entries.Count);
                Assert.Equal(bundle, EntryBundle.Write([.. entries.Select(entry => new ReadOnlyMemory<byte>(entry))]));
                entries.ToList().ForEach(entry => tree.Append(MerkleTree.LeafHash(entry)));
            }

            Assert.Equal(size, tree.Size);
            Assert.Equal(one.Codes, Convert.ToBase64String(tree.Root().ToArray()));
            foreach (var tile in Tile.ForSize(size).Where(tile => tile.Level == 0))
            {
                var hashes = Enumerable.Range(0, tile.Width).SelectMany(i => nodes[(0, (ulong)i)].ToArray());
                Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(log, tile.Path)), hashes);
            }
        }
    }

    private static SignedNote Verified(byte[] bytes, CorpusCase one)
    {
        var key = one.Note.Split("verifier key ")[1].Split(' ')[0];
        Assert.True(VerifierKey.TryParse(key, out var verifier), key);
        Assert.Equal(key, verifier.ToString());
        Assert.True(SignedNote.TryParse(bytes, out var note), one.Id);
        Assert.True(verifier.Verifies(note), one.Id);
        Assert.Equal(bytes, note.ToBytes());

        var other = new SignedNote(note.Text.Replace("example", "exomple", StringComparison.Ordinal), note.Signatures);
        Assert.False(verifier.Verifies(other));
        return note;
    }
}
