using CsCheck;
using Lantai.Evidence;

namespace Lantai.Tests.Evidence;

public sealed class VerifierKeyTests
{
    private const string Text = "archive.example/log\n3\nroot\n";

    [Fact]
    public void A_key_verifies_what_it_signed_and_nothing_else()
    {
        using var signer = NoteSigner.Generate("archive.example/log");
        var note = new SignedNote(Text, [signer.Sign(Text)]);

        Assert.True(signer.Verifier.Verifies(note));
        Assert.False(signer.Verifier.Verifies(new SignedNote("x" + Text, note.Signatures)));
    }

    [Fact]
    public void A_flipped_bit_of_the_signature_is_refused()
    {
        using var signer = NoteSigner.Generate("archive.example/log");
        var line = signer.Sign(Text);

        for (var bit = 0; bit < line.Signature.Length * 8; bit++)
        {
            var bytes = line.Signature.ToArray();
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(signer.Verifier.Verifies(new SignedNote(Text, [new NoteSignature(line.Name, line.KeyId, bytes)])), $"bit {bit}");
        }
    }

    [Fact]
    public void Lines_of_others_and_false_lines_do_not_spoil_a_note()
    {
        using var signer = NoteSigner.Generate("archive.example/log");
        using var namesake = NoteSigner.Generate("archive.example/log");
        var (name, id) = (signer.Verifier.Name, signer.Verifier.KeyId);
        NoteSignature[] false1 = [namesake.Sign(Text), new("other", id, new byte[64]), new(name, id, [1]), new(name, id, new byte[64])];

        Assert.False(signer.Verifier.Verifies(new SignedNote(Text, false1)));
        Assert.True(signer.Verifier.Verifies(new SignedNote(Text, [.. false1, signer.Sign(Text)])));
    }

    [Fact]
    public void A_signature_under_another_name_is_refused()
    {
        using var signer = NoteSigner.Generate("archive.example/log");
        var line = signer.Sign(Text);
        var renamed = VerifierKey.Of("other.example", signer.Verifier.PublicKey);

        Assert.False(renamed.Verifies(new SignedNote(Text, [line])));
        Assert.False(renamed.Verifies(new SignedNote(Text, [new NoteSignature(renamed.Name, line.KeyId, line.Signature)])));
        Assert.False(signer.Verifier.Verifies(new SignedNote(Text, [new NoteSignature(renamed.Name, line.KeyId, line.Signature)])));
    }

    [Fact]
    public void A_key_of_small_order_verifies_nothing()
    {
        byte[] neutral = [1, .. new byte[31]]; // with it, R = the neutral point and S = 0 would fit every text
        var key = VerifierKey.Of("archive.example/log", neutral);

        Assert.False(key.Verifies(new SignedNote(Text, [new NoteSignature(key.Name, key.KeyId, [.. neutral, .. new byte[32]])])));
    }

    [Fact]
    public void The_line_on_paper_is_read_again()
    {
        using var signer = NoteSigner.Generate("档案.example/log");
        var line = signer.Verifier.ToString();

        Assert.True(VerifierKey.TryParse(line, out var key));
        Assert.Equal(signer.Verifier, key);
        Assert.Equal(signer.Verifier.GetHashCode(), key.GetHashCode());
        Assert.Equal(line, key.ToString());
    }

    [Fact]
    public void A_slip_of_the_pen_is_seen()
    {
        using var signer = NoteSigner.Generate("archive.example/log");
        var line = signer.Verifier.ToString();

        Gen.Select(Gen.Int[0, line.Length - 1], Gen.Char["abcxyz012+/=ABC "]).Where((at, c) => line[at] != c).Sample((at, c) =>
            Assert.False(VerifierKey.TryParse(line[..at] + c + line[(at + 1)..], out _)));
        Gen.Int[0, line.Length - 1].Sample(length => Assert.False(VerifierKey.TryParse(line[..length], out _)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("++")]
    [InlineData("name+00000000+")]
    public void What_is_no_key_is_refused(string? line) => Assert.False(VerifierKey.TryParse(line, out _));

    [Fact]
    public void An_upper_case_id_is_refused_so_that_a_key_has_one_line()
    {
        const string Line = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";

        Assert.True(VerifierKey.TryParse(Line, out _));
        Assert.False(VerifierKey.TryParse(Line.Replace("33d7b496", "33D7B496", StringComparison.Ordinal), out _));
    }

    [Fact]
    public void A_key_with_a_foreign_id_is_misuse()
    {
        Assert.Throws<ArgumentException>(() => new VerifierKey("name", 1, new byte[32]));
        Assert.Throws<ArgumentException>(() => VerifierKey.Of("name", new byte[31]));
        Assert.Throws<ArgumentException>(() => VerifierKey.Of("na me", new byte[32]));
    }
}
