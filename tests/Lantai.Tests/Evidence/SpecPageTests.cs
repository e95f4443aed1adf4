using System.Text;
using Lantai.Evidence;
using Lantai.Evidence.National;

namespace Lantai.Tests.Evidence;

/// <summary>The examples printed in spec/formats are what the code reads and writes.</summary>
public sealed class SpecPageTests
{
    private static readonly string[] Entries = ["one", "two", "three"];

    [Fact]
    public void The_tree_page_shows_the_hashes_of_three_entries()
    {
        var shown = Blocks("tree.md")[0].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[^64..]);
        var made = new List<string>();
        var tree = new CompactRange((_, _, hash) => made.Add(hash.ToString()));
        Entries.ToList().ForEach(entry => tree.Append(MerkleTree.LeafHash(Encoding.ASCII.GetBytes(entry))));

        Assert.Equal([made[0], made[1], made[2], made[3], tree.Root().ToString()], shown);
    }

    [Fact]
    public void The_tree_page_shows_the_bundle_of_three_entries()
    {
        var shown = Convert.FromHexString(Blocks("tree.md")[1].Replace(" ", "", StringComparison.Ordinal).Trim());

        Assert.Equal(EntryBundle.Write([.. Entries.Select(entry => new ReadOnlyMemory<byte>(Encoding.ASCII.GetBytes(entry)))]), shown);
    }

    [Fact]
    public void The_note_page_shows_a_note_that_its_key_verifies()
    {
        var blocks = Blocks("note.md");

        Assert.True(VerifierKey.TryParse(blocks[0].TrimEnd('\n'), out var key));
        Assert.True(SignedNote.TryParse(Encoding.UTF8.GetBytes(blocks[1]), out var note));
        Assert.True(key.Verifies(note));
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, "correct horse")]
    public void The_key_file_page_shows_the_key_of_the_note_page(int block, string? passphrase)
    {
        var file = Encoding.UTF8.GetBytes(Blocks("key-file.md")[block]);

        Assert.True(NoteSigner.TryImport(file, passphrase, out var signer, out var problem), problem.ToString());
        using (signer)
        {
            Assert.Equal(Blocks("note.md")[0].TrimEnd('\n'), signer.Verifier.ToString());
            Assert.Equal(passphrase is null, file.SequenceEqual(signer.Export(null)));
        }
    }

    [Fact]
    public void The_note_page_shows_a_line_by_a_key_of_SM2_which_the_other_key_does_not_mind()
    {
        var blocks = Blocks("note.md");

        Assert.True(Sm2VerifierKey.TryParse(blocks[2].TrimEnd('\n'), out var key));
        Assert.True(VerifierKey.TryParse(blocks[0].TrimEnd('\n'), out var log));
        Assert.True(SignedNote.TryParse(Encoding.UTF8.GetBytes(blocks[3]), out var note));
        Assert.True(key.Verifies(note));
        Assert.True(log.Verifies(note));
    }

    [Fact]
    public void The_key_file_page_shows_the_key_of_SM2_of_the_note_page()
    {
        var file = Encoding.UTF8.GetBytes(Blocks("key-file.md")[2]);

        Assert.True(Sm2NoteSigner.TryImport(file, null, out var signer, out var problem), problem.ToString());
        Assert.Equal(Blocks("note.md")[2].TrimEnd('\n'), signer.Verifier.ToString());
        Assert.Equal(file, signer.Export(null));
    }

    /// <summary>The fenced blocks of a page.</summary>
    private static List<string> Blocks(string page)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Repository.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run outside the repository.");
        }

        var parts = File.ReadAllText(Path.Combine(folder.FullName, "spec", "formats", page)).Split("```\n");
        return [.. parts.Where((_, i) => i % 2 == 1)];
    }
}
