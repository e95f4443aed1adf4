using System.Text;
using CsCheck;
using Lantai.Evidence;

namespace Lantai.Tests.Evidence;

public sealed class SignedNoteTests
{
    private const string Text = "档案馆\n\n兰台\n";

    private static readonly NoteSignature Known = new("archive.example/log", 0x01020304, [5, 6]);
    private static readonly NoteSignature Unknown = new("见证.example", 0xFFFFFFFF, new byte[3000]);

    [Fact]
    public void A_note_is_a_text_a_blank_line_and_signature_lines() =>
        Assert.Equal(
            "a\nb\n\n— archive.example/log AQIDBAUG\n",
            Encoding.UTF8.GetString(new SignedNote("a\nb\n", [Known]).ToBytes()));

    [Fact]
    public void The_last_blank_line_ends_the_text_and_unknown_lines_are_kept()
    {
        var bytes = new SignedNote(Text, []).With(Unknown).With(Known).ToBytes();

        Assert.True(SignedNote.TryParse(bytes, out var note));
        Assert.Equal(Text, note.Text);
        Assert.Equal([Unknown, Known], note.Signatures);
        Assert.Equal(bytes, note.ToBytes());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\n")]
    [InlineData("a\n\n")]
    [InlineData("a\n— k AQIDBAU=\n")]
    [InlineData("\n— k AQIDBAU=\n")]
    [InlineData("a\n\n— k AQIDBAU=")]
    [InlineData("a\n\n— k AQIDBAU=\n\n")]
    [InlineData("a\n\n- k AQIDBAU=\n")]
    [InlineData("a\n\n—  k AQIDBAU=\n")]
    [InlineData("a\n\n— k  AQIDBAU=\n")]
    [InlineData("a\n\n— k AQIDBAU= \n")]
    [InlineData("a\n\n— k\n")]
    [InlineData("a\n\n—  AQIDBAU=\n")]
    [InlineData("a\n\n— k+k AQIDBAU=\n")]
    [InlineData("a\n\n— k\u3000k AQIDBAU=\n")]
    [InlineData("a\n\n— k AQIDBA==\n")]
    [InlineData("a\n\n— k AQIDBAV=\n")]
    [InlineData("a\n\n— k AQIDBAU\n")]
    [InlineData("a\n\n— k AQID_AU=\n")]
    [InlineData("a\n\n— k AQIDBAU=\nb\n")]
    [InlineData("a\r\n\n— k AQIDBAU=\n")]
    [InlineData("a\tb\n\n— k AQIDBAU=\n")]
    public void What_is_no_note_is_refused(string bytes)
    {
        Assert.True(SignedNote.TryParse("a\n\n— k AQIDBAU=\n"u8, out _)); // what the lines above break

        Assert.False(SignedNote.TryParse(Encoding.UTF8.GetBytes(bytes), out var note));
        Assert.Null(note);
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused() =>
        Assert.False(SignedNote.TryParse([0xFF, .. "a\n\n— k AQIDBAU=\n"u8], out _));

    [Fact]
    public void At_most_64_signatures_are_read_and_made()
    {
        var full = new SignedNote("a\n", [.. Enumerable.Repeat(Known, 64)]);
        var bytes = full.ToBytes();

        Assert.True(SignedNote.TryParse(bytes, out var read));
        Assert.Equal(full, read);
        Assert.False(SignedNote.TryParse([.. bytes, .. "— archive.example/log AQIDBAUG\n"u8], out _));
        Assert.Throws<ArgumentException>(() => full.With(Known));
    }

    [Fact]
    public void A_note_of_more_than_a_mebibyte_is_neither_read_nor_made()
    {
        var line = "\n— k AQIDBAU=\n"u8.ToArray();
        byte[] Note(int length) => [.. Enumerable.Repeat((byte)'a', length - line.Length - 1), (byte)'\n', .. line];

        Assert.True(SignedNote.TryParse(Note(1 << 20), out var note));
        Assert.False(SignedNote.TryParse(Note((1 << 20) + 1), out _));
        Assert.Throws<InvalidOperationException>(() => new SignedNote("a" + note.Text, note.Signatures).ToBytes());
    }

    [Fact]
    public void A_note_is_made_of_valid_parts_only()
    {
        Assert.Throws<ArgumentException>(() => new SignedNote("no newline", []));
        Assert.Throws<ArgumentException>(() => new SignedNote("tab\t\n", []));
        Assert.Throws<ArgumentException>(() => new SignedNote("\uD800\n", []));
        Assert.Throws<ArgumentException>(() => new NoteSignature("a b", 1, [1]));
        Assert.Throws<ArgumentException>(() => new NoteSignature("", 1, [1]));
        Assert.Throws<ArgumentException>(() => new NoteSignature("a", 1, []));
        Assert.Throws<InvalidOperationException>(() => new SignedNote("a\n", []).ToBytes());
    }

    [Fact]
    public void Whatever_parses_gives_its_own_bytes_again() =>
        Gen.OneOf(new[] { "\n", "\n\n", "— ", "k ", "AQIDBAU=", "a", " ", "\r", "\n— k AQIDBAU=\n", "兰" }.Select(part => Gen.Const(part)).ToArray()).Array[0, 12].Sample(parts =>
        {
            var bytes = Encoding.UTF8.GetBytes(string.Concat(parts) + "\n\n— k AQIDBAU=\n");

            Assert.True(!SignedNote.TryParse(bytes, out var note) || note.ToBytes().SequenceEqual(bytes));
        });
}
