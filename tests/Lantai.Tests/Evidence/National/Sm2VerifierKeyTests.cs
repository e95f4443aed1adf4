using System.Text;
using Lantai.Evidence;
using Lantai.Evidence.National;

namespace Lantai.Tests.Evidence.National;

public sealed class Sm2VerifierKeyTests
{
    private const string Name = "archive.example/log/sm2";
    private const string Text = "archive.example/log\n3\nroot\n";

    [Fact]
    public void A_key_verifies_what_it_signed_and_nothing_else()
    {
        var signer = Sm2NoteSigner.Generate(Name);
        var note = new SignedNote(Text, [signer.Sign(Text)]);

        Assert.True(signer.Verifier.Verifies(note));
        Assert.False(signer.Verifier.Verifies(new SignedNote("x" + Text, note.Signatures)));
        Assert.False(Sm2NoteSigner.Generate(Name).Verifier.Verifies(note));
        Assert.Equal(64, note.Signatures[0].Signature.Length);
    }

    [Fact]
    public void A_flipped_bit_of_the_signature_is_refused()
    {
        var signer = Sm2NoteSigner.Generate(Name);
        var line = signer.Sign(Text);

        for (var bit = 0; bit < line.Signature.Length * 8; bit += 3)
        {
            var bytes = line.Signature.ToArray();
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(signer.Verifier.Verifies(new SignedNote(Text, [new NoteSignature(line.Name, line.KeyId, bytes)])), $"bit {bit}");
        }
    }

    [Fact]
    public void Lines_of_other_names_ids_and_lengths_are_not_the_keys()
    {
        var signer = Sm2NoteSigner.Generate(Name);
        var line = signer.Sign(Text);

        Assert.False(signer.Verifier.Verifies(new SignedNote(Text, [new NoteSignature("other", line.KeyId, line.Signature)])));
        Assert.False(signer.Verifier.Verifies(new SignedNote(Text, [new NoteSignature(Name, line.KeyId ^ 1, line.Signature)])));
        Assert.False(signer.Verifier.Verifies(new SignedNote(Text, [new NoteSignature(Name, line.KeyId, line.Signature[..63])])));
        Assert.True(signer.Verifier.Verifies(new SignedNote(Text, [new NoteSignature(Name, line.KeyId, new byte[64]), line])));
    }

    [Fact]
    public void A_line_of_text_is_read_as_it_was_written_and_a_slip_of_the_pen_is_seen()
    {
        var key = Sm2NoteSigner.Generate(Name).Verifier;
        var text = key.ToString();

        Assert.True(Sm2VerifierKey.TryParse(text, out var read));
        Assert.Equal(key, read);
        Assert.Equal(text, read.ToString());
        for (var at = 0; at < text.Length; at++)
        {
            var slip = text[..at] + (text[at] == 'b' ? 'c' : 'b') + text[(at + 1)..];
            Assert.False(Sm2VerifierKey.TryParse(slip, out _), slip);
        }
    }

    [Fact]
    public void Keys_of_other_algorithms_are_none_of_this_one()
    {
        using var log = NoteSigner.Generate("archive.example/log");
        var sm2 = Sm2NoteSigner.Generate(Name).Verifier.ToString();
        var typed = Convert.FromBase64String(sm2.Split('+', 3)[2]);
        typed[10] ^= 1;
        var unknown = $"{Name}+{NoteSyntax.KeyId(Name, [], typed):x8}+{Convert.ToBase64String(typed)}";

        Assert.False(Sm2VerifierKey.TryParse(log.Verifier.ToString(), out _));
        Assert.False(Sm2VerifierKey.TryParse(unknown, out _));
        Assert.False(Sm2VerifierKey.TryParse(null, out _));
        Assert.False(Sm2VerifierKey.TryParse("", out _));
        Assert.False(VerifierKey.TryParse(sm2, out _));
        _ = Assert.Throws<ArgumentException>(() => Sm2NoteSigner.Generate("a b"));
        _ = Assert.Throws<ArgumentException>(() => Sm2NoteSigner.Generate(Name).Sign("no newline"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("兰台 passphrase")]
    public void An_exported_key_signs_as_before(string? passphrase)
    {
        var signer = Sm2NoteSigner.Generate(Name);
        var file = signer.Export(passphrase);

        Assert.True(Sm2NoteSigner.TryImport(file, passphrase, out var again, out _));
        Assert.Equal(signer.Verifier, again.Verifier);
        Assert.True(signer.Verifier.Verifies(new SignedNote(Text, [again.Sign(Text)])));
        Assert.Equal(passphrase is not null, !Sm2NoteSigner.TryImport(file, null, out _, out _));
        _ = Assert.Throws<ArgumentException>(() => signer.Export(""));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("p")]
    public void A_key_file_of_one_algorithm_gives_no_key_of_another(string? passphrase)
    {
        using var log = NoteSigner.Generate("archive.example/log");
        var (sm2, ed) = (Sm2NoteSigner.Generate(Name).Export(passphrase), log.Export(passphrase));

        Assert.False(NoteSigner.TryImport(sm2, passphrase, out _, out var one));
        Assert.False(Sm2NoteSigner.TryImport(ed, passphrase, out _, out var two));
        Assert.Equal((KeyFileProblem.NotAKeyFile, KeyFileProblem.NotAKeyFile), (one, two));
        var disguised = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(ed).Replace("lantai key v1", "lantai sm2 key v1", StringComparison.Ordinal));
        Assert.False(Sm2NoteSigner.TryImport(disguised, passphrase, out _, out var three));
        Assert.Equal(KeyFileProblem.WrongPassphraseOrDamaged, three);
    }

    [Fact]
    public void A_secret_that_is_no_number_of_the_curve_gives_no_key()
    {
        var file = KeyFile.Write(KeyFile.OfSm2, Name, Enumerable.Repeat((byte)0xFF, 32).ToArray(), null);

        Assert.False(Sm2NoteSigner.TryImport(file, null, out _, out var problem));
        Assert.Equal(KeyFileProblem.NotAKeyFile, problem);
    }
}
