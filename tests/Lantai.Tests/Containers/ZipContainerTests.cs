using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Lantai.Containers;
using Lantai.Words;

namespace Lantai.Tests.Containers;

public sealed class ZipContainerTests
{
    private static readonly byte[] Text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("兰台 keeps what it was given. ", 500)));

    [Fact]
    public void A_zip_is_inspected_where_it_would_not_be_unpacked()
    {
        var bytes = HandMadeZip.Make(Plain("a"), Plain("b") with { Flags = 1 }, Plain("c") with { Method = 99 }, Plain("../d"));
        var findings = new List<Finding>();

        using var zip = ZipContainer.TryInspect(new MemoryStream(bytes), "z", ContainerLimits.Default, findings);

        Assert.Equal([ZipEncryption.None, ZipEncryption.Classic, ZipEncryption.Aes, ZipEncryption.None], zip!.Entries.Select(e => e.Encryption));
        Assert.Equal([true, false, false, true], zip.Entries.Select(e => e.CanRead));
        Assert.Equal(["ZIP-013", "ZIP-013", "ZIP-016"], findings.Select(f => f.Code));
        Assert.Throws<ArgumentException>(() => zip.Open(zip.Entries[1]));
        Assert.Null(ZipContainer.TryOpen(new MemoryStream(bytes), "z", ContainerLimits.Default, []));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_the_library_of_the_platform_packs_is_read_back(bool wide)
    {
        var zip = wide ? HandMadeZip.Make([Plain("a.txt") with { Deflate = true }], null, wide: true) : PackByLibrary();

        using var container = Open(zip, out var findings);

        Assert.NotNull(container);
        Assert.Empty(findings);
        Assert.Equal(Text, ReadAll(container, container.Entries[0]));
    }

    [Fact]
    public void Entries_with_data_descriptors_are_read_back()
    {
        using var target = new ForwardOnly();
        using (var writer = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in new[] { "b", "a", "folder/" })
            {
                using var content = writer.CreateEntry(name).Open();
                content.Write(name == "folder/" ? [] : Text);
            }
        }

        using var container = Open(target.ToArray(), out var findings);

        Assert.NotNull(container);
        Assert.Empty(findings);
        Assert.Equal(["b", "a", "folder"], container.Entries.Select(e => e.Name.Display));
        Assert.True(container.Entries[2].IsFolder);
        Assert.Equal(Text, ReadAll(container, container.Entries[1]));
    }

    [Fact]
    public void A_zip_cut_off_anywhere_is_never_accepted()
    {
        var zip = PackByLibrary();

        for (var length = 0; length < zip.Length; length++)
        {
            using var container = Open(zip[..length], out var findings);

            Assert.Null(container);
            Assert.Contains(findings, f => f.Severity == Severity.Error);
        }
    }

    [Fact]
    public void Any_flipped_byte_crashes_nothing_and_changes_no_content_unnoticed()
    {
        var zip = HandMadeZip.Make(Plain("a.txt") with { Deflate = true, Content = "short content"u8.ToArray() }, Plain("b"));
        for (var at = 0; at < zip.Length; at++)
        {
            var broken = (byte[])zip.Clone();
            broken[at] ^= 0xFF;
            using var container = Open(broken, out _);
            foreach (var entry in container?.Entries ?? [])
            {
                try
                {
                    var content = ReadAll(container!, entry);
                    Assert.True(content.AsSpan().SequenceEqual("short content"u8) || content.AsSpan().SequenceEqual(Text), $"byte {at}");
                }
                catch (ContentException)
                {
                    continue; // noticed
                }
            }
        }
    }

    [Fact]
    public void Two_end_records_are_refused()
    {
        var inner = HandMadeZip.Make(Plain("a"));
        var outer = HandMadeZip.Make(Plain("b"));
        BinaryPrimitives.WriteUInt16LittleEndian(outer.AsSpan(outer.Length - 2), (ushort)inner.Length);

        Refused([.. outer, .. inner], "ZIP-002");
    }

    [Fact]
    public void Bytes_behind_the_end_are_refused() => Refused([.. HandMadeZip.Make(Plain("a")), 0], "ZIP-024");

    [Fact]
    public void A_comment_is_no_trouble()
    {
        var zip = HandMadeZip.Make(Plain("a"));
        zip[^2] = 3;

        using var container = Open([.. zip, 1, 2, 3], out var findings);

        Assert.NotNull(container);
        Assert.Empty(findings);
    }

    [Fact]
    public void A_part_of_a_split_zip_is_refused()
    {
        var zip = HandMadeZip.Make(Plain("a"));
        zip[^18] = 1;

        Refused(zip, "ZIP-003");
    }

    [Fact]
    public void A_broken_wide_record_is_refused()
    {
        var zip = HandMadeZip.Make([Plain("a")], null, wide: true);
        zip[^(22 + 20 + 56)] ^= 1;

        Refused(zip, "ZIP-004");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_wrong_count_is_refused(int count) =>
        Refused(HandMadeZip.Make([Plain("a"), Plain("b")], (ushort)count), "ZIP-006");

    [Fact]
    public void More_entries_than_allowed_are_refused() =>
        Refused(HandMadeZip.Make(Plain("a"), Plain("b")), "ZIP-007", new ContainerLimits { MaxEntries = 1 });

    [Fact]
    public void A_name_longer_than_allowed_is_refused() =>
        Refused(HandMadeZip.Make(Plain("abcde")), "ZIP-008", new ContainerLimits { MaxNameBytes = 4 });

    [Fact]
    public void More_bytes_than_allowed_are_refused() =>
        Refused(HandMadeZip.Make(Plain("a"), Plain("b")), "ZIP-009", new ContainerLimits { MaxTotalBytes = Text.Length + 1 });

    [Fact]
    public void A_bomb_is_refused_by_its_ratio() =>
        Refused(HandMadeZip.Make(Plain("a") with { Content = new byte[20 << 20], Deflate = true }), "ZIP-010", new ContainerLimits { MaxRatio = 500 });

    [Fact]
    public void A_local_name_that_differs_is_refused() =>
        Refused(HandMadeZip.Make(Plain("a") with { LocalName = "b"u8.ToArray() }), "ZIP-011");

    [Fact]
    public void Overlapping_entries_are_refused() =>
        Refused(HandMadeZip.Make(Plain("a"), Plain("a") with { Offset = 0 }), "ZIP-012");

    [Fact]
    public void Encrypted_entries_are_refused()
    {
        Refused(HandMadeZip.Make(Plain("a") with { Flags = 1 }), "ZIP-013");
        Refused(HandMadeZip.Make(Plain("a") with { Method = 99 }), "ZIP-013");
        Refused(HandMadeZip.Make(Plain("a") with { Extra = [0x01, 0x99, 7, 0, 2, 0, (byte)'A', (byte)'E', 3, 8, 0] }), "ZIP-013");
    }

    [Fact]
    public void An_unknown_method_is_refused_by_name()
    {
        var finding = Refused(HandMadeZip.Make(Plain("a") with { Method = 12 }), "ZIP-014");

        Assert.Contains(finding.Arguments, a => a.Value == "bzip2");
    }

    [Theory]
    [InlineData(0xA1FF_0000)]
    [InlineData(0x11FF_0000)]
    [InlineData(0x21FF_0000)]
    [InlineData(0x61FF_0000)]
    [InlineData(0xC1FF_0000)]
    public void Links_and_devices_are_refused(uint attributes) =>
        Refused(HandMadeZip.Make(Plain("a") with { Attributes = attributes }), "ZIP-015");

    [Theory]
    [InlineData("../a")]
    [InlineData("/a")]
    [InlineData("a/../../b")]
    [InlineData("..\\a")]
    [InlineData("C:a")]
    public void A_path_that_climbs_is_refused(string name) => Refused(HandMadeZip.Make(Plain(name)), "ZIP-016");

    [Fact]
    public void Stored_lengths_that_differ_are_refused() =>
        Refused(HandMadeZip.Make(Plain("a") with { Length = 5 }), "ZIP-017");

    [Fact]
    public void Bytes_in_front_are_reported()
    {
        using var container = Open(HandMadeZip.Make([Plain("a")], null, front: new byte[100]), out var findings);

        Assert.NotNull(container);
        Assert.Equal("ZIP-018", Assert.Single(findings).Code);
        Assert.Equal(Text, ReadAll(container, container.Entries[0]));
    }

    [Fact]
    public void A_flipped_bit_is_found_while_reading() =>
        FailsReading(Plain("a") with { Crc = 1 }, "ZIP-019");

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void A_lying_length_is_found_while_reading(int difference) =>
        FailsReading(Plain("a") with { Deflate = true, Length = (uint)(Text.Length + difference) }, "ZIP-020");

    [Fact]
    public void A_broken_deflate_stream_is_found_while_reading()
    {
        FailsReading(Plain("a") with { Deflate = true, Packed = [0xFF, 0xFF, 0xFF, 0xFF] }, "ZIP-021");
        FailsReading(Plain("a") with { Deflate = true, Packed = [.. HandMadeZip.Pack(Text), .. new byte[20_000]] }, "ZIP-021");
    }

    [Fact]
    public void Whoever_asks_for_exactly_the_declared_length_is_told_too()
    {
        using var container = Open(HandMadeZip.Make(Plain("a") with { Crc = 1 }), out _);
        using var content = container!.Open(container.Entries[0]);

        Assert.Throws<ContentException>(() => content.ReadExactly(new byte[Text.Length]));
    }

    [Fact]
    public void A_million_faults_cost_a_bounded_list()
    {
        var entries = Enumerable.Range(0, 1000).Select(i => Plain("../" + i) with { Content = [] }).ToArray();

        using var container = Open(HandMadeZip.Make(entries), out var findings);

        Assert.Null(container);
        Assert.Equal(101, findings.Count);
        Assert.Equal("ZIP-022", findings[^1].Code);
        Assert.Equal("900", findings[^1].Arguments[0].Value);
    }

    [Fact]
    public void A_name_marked_as_utf8_that_is_not_keeps_its_bytes()
    {
        using var container = Open(HandMadeZip.Make(new HandMadeEntry([0x61, 0xFF], []) { Flags = 1 << 11 }), out var findings);

        Assert.Equal("ZIP-023", Assert.Single(findings).Code);
        Assert.Equal([0x61, 0xFF], container!.Entries[0].Name.Bytes.ToArray());
    }

    [Fact]
    public void Names_in_gbk_are_kept_and_shown_by_guess_or_by_declaration()
    {
        var gbk = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;
        var zip = HandMadeZip.Make(new HandMadeEntry(gbk.GetBytes("身份证.pdf"), Text));

        using var guessed = Open(zip, out _);
        using var declared = ZipContainer.TryOpen(new MemoryStream(zip), "t.zip", ContainerLimits.Default, [], gbk);

        Assert.Equal("身份证.pdf", guessed!.Entries[0].Name.Display);
        Assert.Equal(NameBasis.Guessed, guessed.Entries[0].Name.Basis);
        Assert.Equal(NameBasis.Declared, declared!.Entries[0].Name.Basis);
    }

    [Fact]
    public void The_unicode_path_is_shown_when_it_was_written_for_these_bytes()
    {
        byte[] raw = [0x95, 0xB6, 0x8F, 0xCD, 0x31];
        var wanted = Encoding.UTF8.GetBytes("文章1");
        byte[] Field(uint crc) =>
            [0x75, 0x70, (byte)(5 + wanted.Length), 0, 1, (byte)crc, (byte)(crc >> 8), (byte)(crc >> 16), (byte)(crc >> 24), .. wanted];
        var crc = System.IO.Hashing.Crc32.HashToUInt32(raw);

        using var right = Open(HandMadeZip.Make(new HandMadeEntry(raw, []) { Extra = Field(crc) }), out _);
        using var stale = Open(HandMadeZip.Make(new HandMadeEntry(raw, []) { Extra = Field(crc ^ 1) }), out _);

        Assert.Equal("文章1", right!.Entries[0].Name.Display);
        Assert.Equal(raw, right.Entries[0].Name.Bytes.ToArray());
        Assert.NotEqual("文章1", stale!.Entries[0].Name.Display);
    }

    [Fact]
    public void The_time_of_change_comes_from_the_extended_timestamp_alone()
    {
        byte[] stamp = [0x55, 0x54, 5, 0, 1, 0x80, 0x51, 0x01, 0x00];

        using var container = Open(HandMadeZip.Make(Plain("a") with { Extra = stamp }, Plain("b")), out _);

        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(86_400), container!.Entries[0].Modified);
        Assert.Null(container.Entries[1].Modified);
    }

    [Fact]
    public void A_missing_wide_length_is_refused() =>
        Refused(HandMadeZip.Make(Plain("a") with { Length = uint.MaxValue }), "ZIP-025");

    private static HandMadeEntry Plain(string name) => new(Encoding.UTF8.GetBytes(name), Text);

    private static byte[] PackByLibrary()
    {
        using var target = new MemoryStream();
        using (var writer = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var content = writer.CreateEntry("材料/a.txt").Open();
            content.Write(Text);
        }

        return target.ToArray();
    }

    private static ZipContainer? Open(byte[] zip, out List<Finding> findings)
    {
        findings = [];
        return ZipContainer.TryOpen(new MemoryStream(zip), "t.zip", ContainerLimits.Default, findings);
    }

    private static byte[] ReadAll(ZipContainer container, ZipEntry entry)
    {
        using var content = container.Open(entry);
        using var all = new MemoryStream();
        content.CopyTo(all);
        return all.ToArray();
    }

    private static Finding Refused(byte[] zip, string code, ContainerLimits? limits = null)
    {
        var findings = new List<Finding>();
        Assert.Null(ZipContainer.TryOpen(new MemoryStream(zip), "t.zip", limits ?? ContainerLimits.Default, findings));
        return Assert.Single(findings, f => f.Code == code && f.Severity == Severity.Error);
    }

    private static void FailsReading(HandMadeEntry entry, string code)
    {
        using var container = Open(HandMadeZip.Make(entry), out var findings);
        Assert.NotNull(container);
        Assert.Empty(findings);
        Assert.Equal(code, Assert.Throws<ContentException>(() => ReadAll(container, container.Entries[0])).Finding.Code);
    }

    /// <summary>A stream that cannot seek, so that the library writes data descriptors.</summary>
    private sealed class ForwardOnly : MemoryStream
    {
        public override bool CanSeek => false;
    }
}
