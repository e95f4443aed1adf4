using Lantai.Characterization;
using Lantai.Characterization.Examination;
using Lantai.Tests.Containers;

namespace Lantai.Tests.Characterization.Packages;

public sealed class ZipExaminerTests
{
    [Fact]
    public void A_sound_zip_is_read_to_its_end()
    {
        var found = Looking.Into(Looking.Zip(("a.txt", "one"), ("b/c.txt", "two")));

        Assert.Equal(FileFamily.Zip, found.Family);
        Assert.Equal(Readability.Readable, found.Readability);
        Assert.Equal(2L, found.Technical["entries"]);
        Assert.Equal(6L, found.Technical["unpacked-bytes"]);
        Assert.Empty(found.Encryption);
        Assert.Empty(found.Active);
    }

    [Theory]
    [InlineData(0x801, 8, "zip-classic")]
    [InlineData(0x801, 99, "zip-aes")]
    [InlineData(0x841, 8, "zip-strong")]
    public void An_encrypted_entry_is_told_and_the_others_are_read(ushort flags, ushort method, string kind)
    {
        var found = Looking.Into(HandMadeZip.Make(Looking.Part("a.txt", "one"), Looking.Part("秘密.txt", "two") with { Flags = flags, Method = method }));

        Assert.Equal(new EncryptionMark(kind, "秘密.txt"), Assert.Single(found.Encryption));
        Assert.Equal(Readability.NotCheckable, found.Readability);
        Assert.Contains(found.Findings, f => f.Code == "FMT-041" && f.Arguments[0].Value == "encrypted");
    }

    [Fact]
    public void A_wrong_check_value_is_a_broken_part()
    {
        var found = Looking.Into(HandMadeZip.Make(Looking.Part("a.txt", "one"), Looking.Part("b.txt", "two") with { Crc = 7 }));

        Assert.True(found.IsBroken("b.txt", "check-value"));
    }

    [Fact]
    public void A_zip_that_is_cut_off_is_broken()
    {
        var zip = Looking.Zip(("a.txt", "one"), ("b.txt", "two"));

        Assert.True(Looking.Into(zip[..^30]).IsBroken("zip", "no-directory"));
    }

    [Fact]
    public void An_encrypted_entry_two_containers_deep_is_told_with_its_way()
    {
        var inner = HandMadeZip.Make(Looking.Part("secret.txt", "x") with { Flags = 1 });
        var file = Looking.ZipOf(("outer.zip", Looking.ZipOf(("inner.zip", inner))));

        var found = Looking.Into(file);

        Assert.Equal(new EncryptionMark("zip-classic", "outer.zip/inner.zip/secret.txt"), Assert.Single(found.Encryption));
        Assert.Equal(Readability.Readable, found.Readability);
    }

    [Fact]
    public void Deeper_than_the_limit_nothing_is_looked_into()
    {
        var file = Looking.ZipOf(("inner.zip", HandMadeZip.Make(Looking.Part("secret.txt", "x") with { Flags = 1 })));

        Assert.Empty(Looking.Into(file, new ExaminationLimits { MaxDepth = 1 }).Encryption);
        Assert.Single(Looking.Into(file, new ExaminationLimits { MaxDepth = 2 }).Encryption);
    }

    [Fact]
    public void A_name_without_end_is_no_subject_and_its_ending_still_counts()
    {
        var name = new string('a', 5000);
        var found = Looking.Into(Looking.ZipOf((name + ".zip", HandMadeZip.Make(Looking.Part("a.txt", "x") with { Crc = 1 })), (name + ".exe", [1, 2, 3])));

        Assert.Equal("f/" + name[..200], Assert.Single(found.Findings, f => f.Code == "FMT-040").Subject);
        Assert.True(found.Has("embedded-executable", name[..200]));
    }

    [Fact]
    public void A_broken_file_inside_is_told_and_the_zip_is_still_readable()
    {
        var file = Looking.ZipOf(("inner.zip", HandMadeZip.Make(Looking.Part("a.txt", "x") with { Crc = 1 })));

        var found = Looking.Into(file);

        Assert.Equal(Readability.Readable, found.Readability);
        Assert.Contains(found.Findings, f => f is { Code: "FMT-040", Subject: "f/inner.zip" });
    }

    [Fact]
    public void Programs_inside_are_told_by_their_bytes_or_by_their_names()
    {
        var found = Looking.Into(Looking.ZipOf(("docs/a.pdf", Looking.Program()), ("run.BAT", "echo"u8.ToArray()), ("a.txt", "MZ is a text"u8.ToArray())));

        Assert.Equal(["docs/a.pdf", "run.BAT"], found.Active.Where(a => a.Kind == "embedded-executable").Select(a => a.Place));
        Assert.Equal(2, found.Active.Count);
    }

    [Fact]
    public void More_than_may_be_unpacked_is_not_checkable_and_not_broken()
    {
        var found = Looking.Into(Looking.ZipOf(("a", new byte[5000]), ("b", new byte[5000])), new ExaminationLimits { MaxUnpacked = 6000 });

        Assert.Equal(Readability.NotCheckable, found.Readability);
        Assert.Contains(found.Findings, f => f.Code == "FMT-041" && f.Arguments[0].Value == "too-large");
    }

    [Fact]
    public void No_more_is_unpacked_than_is_allowed()
    {
        var notes = new ExaminationNotes("f", FileFamily.Zip);

        FileExaminers.Of(FileFamily.Zip)!.Examine(
            FileContent.Of(Looking.ZipOf(("a", new byte[5000]), ("b", new byte[5000]))), notes, new ExaminationLimits { MaxUnpacked = 6000 }, CancellationToken.None);

        Assert.Equal(5000, notes.Unpacked);
    }

    [Fact]
    public void What_nested_zips_unpack_to_counts_together()
    {
        var bomb = Looking.ZipOf([.. Enumerable.Range(0, 20).Select(i => ($"{i}.zip", Looking.ZipOf(("zero", new byte[100_000]))))]);
        var notes = new ExaminationNotes("f", FileFamily.Zip);

        FileExaminers.Of(FileFamily.Zip)!.Examine(FileContent.Of(bomb), notes, new ExaminationLimits { MaxUnpacked = 500_000 }, CancellationToken.None);

        Assert.InRange(notes.Unpacked, 100_000, 600_000);
    }

    [Fact]
    public void A_path_that_climbs_is_for_whoever_unpacks_and_breaks_nothing()
    {
        Assert.Equal(Readability.Readable, Looking.Into(Looking.Zip(("../a.txt", "one"))).Readability);
    }

    [Fact]
    public void Work_that_is_stopped_stops()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.Throws<OperationCanceledException>(() => FileExaminers.Examine(FileContent.Of(Looking.Zip(("a", "b"))), "f", ExaminationLimits.Default, stop.Token));
    }
}
