using System.Text;
using Lantai.Evidence;

namespace Lantai.Tests.Evidence;

public sealed class NoteSignerTests
{
    private const string Text = "text\n";

    [Fact]
    public void A_text_that_no_note_can_hold_is_misuse()
    {
        using var signer = NoteSigner.Generate("archive.example/log");

        Assert.Throws<ArgumentException>(() => signer.Sign("no newline"));
        Assert.Throws<ArgumentException>(() => signer.Sign("\0\n"));
        Assert.Throws<ArgumentException>(() => NoteSigner.Generate("a b"));
        Assert.Throws<ArgumentException>(() => NoteSigner.Generate(new string('a', 256)));
        Assert.Throws<ArgumentException>(() => signer.Export(""));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(null, "ignored")]
    [InlineData("兰台 passphrase", "兰台 passphrase")]
    public void An_exported_key_signs_as_before(string? written, string? given)
    {
        using var signer = NoteSigner.Generate("兰台\"\\.example/log");
        var file = signer.Export(written);

        Assert.True(NoteSigner.TryImport(file, given, out var again, out var problem));
        using var imported = again;
        Assert.Equal(KeyFileProblem.None, problem);
        Assert.Equal(signer.Verifier, imported.Verifier);
        Assert.Equal(signer.Sign(Text), imported.Sign(Text));
    }

    [Fact]
    public void A_wrong_passphrase_and_a_missing_one_are_told_apart()
    {
        using var signer = NoteSigner.Generate("archive.example/log");
        var file = signer.Export("right");

        Assert.Equal(KeyFileProblem.WrongPassphraseOrDamaged, Problem(file, "Right"));
        Assert.Equal(KeyFileProblem.PassphraseNeeded, Problem(file, null));
        Assert.Equal(KeyFileProblem.PassphraseNeeded, Problem(file, ""));
    }

    [Fact]
    public void An_encrypted_key_shows_nothing_of_the_secret_and_never_repeats()
    {
        using var signer = NoteSigner.Generate("archive.example/log");
        var clear = Encoding.UTF8.GetString(signer.Export(null)).Split("\"secret\":\"")[1].Split('"')[0];
        var one = Encoding.UTF8.GetString(signer.Export("p"));
        var two = Encoding.UTF8.GetString(signer.Export("p"));

        Assert.DoesNotContain(clear, one, StringComparison.Ordinal);
        foreach (var field in (string[])["nonce", "salt", "secret"])
        {
            Assert.NotEqual(one.Split($"\"{field}\":\"")[1].Split('"')[0], two.Split($"\"{field}\":\"")[1].Split('"')[0]);
        }
    }

    [Fact]
    public void A_changed_byte_of_a_clear_key_file_never_gives_another_key()
    {
        using var signer = NoteSigner.Generate("archive.example/log");
        var file = signer.Export(null);

        for (var at = 0; at < file.Length; at++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var changed = file.ToArray();
                changed[at] ^= (byte)(1 << bit);
                if (NoteSigner.TryImport(changed, null, out var other, out _))
                {
                    using (other)
                    {
                        Assert.Equal(signer.Verifier, other.Verifier); // a line end that turned into another
                    }
                }
            }
        }
    }

    [Fact]
    public void A_changed_name_salt_nonce_or_secret_of_an_encrypted_key_is_refused()
    {
        using var signer = NoteSigner.Generate("archive.example/log");
        var file = Encoding.UTF8.GetString(signer.Export("p"));

        foreach (var field in (string[])["name", "nonce", "salt", "secret"])
        {
            var at = file.IndexOf($"\"{field}\":\"", StringComparison.Ordinal) + field.Length + 4;
            var changed = file[..at] + (file[at] == 'b' ? 'c' : 'b') + file[(at + 1)..];
            Assert.Equal(KeyFileProblem.WrongPassphraseOrDamaged, Problem(Encoding.UTF8.GetBytes(changed), "p"));
        }

        Assert.Equal(KeyFileProblem.WrongPassphraseOrDamaged, Problem(Encoding.UTF8.GetBytes(file.Replace("\"passes\":3", "\"passes\":2", StringComparison.Ordinal)), "p"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("lantai key v1")]
    [InlineData("lantai key v1\n")]
    [InlineData("lantai key v2\n{}\n")]
    [InlineData("lantai key v1\n{}\n")]
    [InlineData("lantai key v1\n[]\n")]
    [InlineData("lantai key v1\n{\"kdf\":\"none\"")]
    [InlineData("lantai key v1\n{\"check\":\"\",\"kdf\":\"none\",\"name\":\"a\",\"secret\":\"AA==\"}\n")]
    [InlineData("lantai key v1\n{\"check\":1,\"kdf\":{},\"name\":[],\"secret\":null}\n")]
    [InlineData("lantai key v1\n{\"check\":\"\\ud800\",\"kdf\":\"none\",\"name\":\"\\ud800\",\"secret\":\"\"}\n")]
    [InlineData("lantai key v1\n{\"kdf\":\"none\",\"kdf\":\"none\"}\n")]
    [InlineData("lantai key v1\n{\"cipher\":\"xchacha20-poly1305\",\"kdf\":\"argon2id\",\"memory\":2000000000,\"name\":\"a\",\"nonce\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\",\"passes\":3,\"salt\":\"AAAAAAAAAAAAAAAAAAAAAA==\",\"secret\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}\n")]
    [InlineData("lantai key v1\n{\"cipher\":\"xchacha20-poly1305\",\"kdf\":\"argon2id\",\"memory\":1048576,\"name\":\"a\",\"nonce\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\",\"passes\":2000000000,\"salt\":\"AAAAAAAAAAAAAAAAAAAAAA==\",\"secret\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}\n")]
    public void What_is_no_key_file_is_said_to_be_none(string file) =>
        Assert.Equal(KeyFileProblem.NotAKeyFile, Problem(Encoding.UTF8.GetBytes(file), "p"));

    [Fact]
    public void Deep_and_endless_files_are_refused_at_once()
    {
        Assert.Equal(KeyFileProblem.NotAKeyFile, Problem(Encoding.UTF8.GetBytes("lantai key v1\n" + new string('[', 4000)), null));
        Assert.Equal(KeyFileProblem.NotAKeyFile, Problem(new byte[10_000_000], null));
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("")]
    public void A_file_typed_from_paper_may_end_its_lines_otherwise(string end)
    {
        using var signer = NoteSigner.Generate("archive.example/log");
        var lines = Encoding.UTF8.GetString(signer.Export(null)).Split('\n');
        var typed = lines[0] + (end.Length == 0 ? "\n" : end) + lines[1] + end;

        Assert.Equal(KeyFileProblem.None, Problem(Encoding.UTF8.GetBytes(typed), null));
    }

    private static KeyFileProblem Problem(byte[] file, string? passphrase)
    {
        var imported = NoteSigner.TryImport(file, passphrase, out var signer, out var problem);
        Assert.Equal(imported, problem == KeyFileProblem.None);
        Assert.Equal(imported, signer is not null);
        signer?.Dispose();
        return problem;
    }
}
