using BitMiracle.LibTiff.Classic;
using Lantai.Characterization;
using Lantai.Characterization.Examination;
using Lantai.Characterization.Images;
using static Lantai.Tests.Characterization.Images.HandMadeImages;

namespace Lantai.Tests.Characterization.Images;

public sealed class ImageTests
{
    private static readonly ImageExaminer Examiner = new();

    public static TheoryData<string> Sound => [.. Made.Keys];

    private static readonly Dictionary<string, (FileFamily Family, byte[] Bytes)> Made = new()
    {
        ["png"] = (FileFamily.Png, Png()),
        ["png grey 16"] = (FileFamily.Png, Png(bits: 16, colour: 0)),
        ["png bilevel"] = (FileFamily.Png, Png(33, 9, 1, 0)),
        ["png palette"] = (FileFamily.Png, Png(17, 9, 4, 3, more: ("PLTE", new byte[48]))),
        ["png interlaced"] = (FileFamily.Png, Png(13, 11, isInterlaced: true)),
        ["png interlaced, one pixel"] = (FileFamily.Png, Png(1, 1, isInterlaced: true)),
        ["jpeg"] = (FileFamily.Jpeg, Jpeg()),
        ["jpeg grey"] = (FileFamily.Jpeg, Jpeg(components: 1)),
        ["jpeg progressive"] = (FileFamily.Jpeg, Jpeg(isProgressive: true)),
        ["gif"] = (FileFamily.Gif, Gif()),
        ["bmp"] = (FileFamily.Bmp, Bmp()),
        ["bmp packed"] = (FileFamily.Bmp, PackedBmp()),
        ["tiff plain"] = (FileFamily.Tiff, Tiff(Compression.NONE)),
        ["tiff lzw"] = (FileFamily.Tiff, Tiff(Compression.LZW)),
        ["tiff deflate"] = (FileFamily.Tiff, Tiff(Compression.ADOBE_DEFLATE, pages: 3)),
        ["tiff packbits"] = (FileFamily.Tiff, Tiff(Compression.PACKBITS)),
        ["tiff jpeg"] = (FileFamily.Tiff, Tiff(Compression.JPEG)),
        ["tiff jpeg ycbcr"] = (FileFamily.Tiff, Tiff(Compression.JPEG, rows: 16, isYcbcr: true)),
        ["tiff g4"] = (FileFamily.Tiff, Tiff(Compression.CCITTFAX4, isBilevel: true)),
        ["tiff g3"] = (FileFamily.Tiff, Tiff(Compression.CCITTFAX3, isBilevel: true)),
        ["tiff tiled lzw"] = (FileFamily.Tiff, Tiff(Compression.LZW, isTiled: true)),
        ["tiff tiled plain"] = (FileFamily.Tiff, Tiff(Compression.NONE, isTiled: true)),
    };

    [Theory]
    [MemberData(nameof(Sound))]
    public void A_sound_image_is_readable_and_told_with_nothing_else(string name)
    {
        var found = Look.Into(Made[name].Bytes);

        Assert.Equal((Made[name].Family, Readability.Readable, ""), (found.Family, found.Readability, Look.Fault(found)));
        Assert.Empty(found.Findings);
        Assert.True((long)found.Technical["width"] > 0 && (long)found.Technical["height"] > 0);
        Assert.True(found.Technical.ContainsKey("compression") && found.Technical.ContainsKey("bits-per-sample") && found.Technical.ContainsKey("colour-model"));
    }

    [Theory]
    [MemberData(nameof(Sound))]
    public void An_image_that_is_cut_off_is_never_readable(string name) => Look.NeverReadableWhenCut(Examiner, Made[name].Family, Made[name].Bytes);

    [Theory]
    [MemberData(nameof(Sound))]
    public void An_image_with_changed_bytes_crashes_nothing(string name) => Look.NeverCrashesWhenChanged(Examiner, Made[name].Family, Made[name].Bytes);

    [Fact]
    public void Images_without_a_decoder_are_walked_and_never_called_readable()
    {
        foreach (var (family, bytes, width) in new[] { (FileFamily.WebP, WebP(), 320L), (FileFamily.Jpeg2000, Jpeg2000(), 640L) })
        {
            var found = Look.Into(bytes);

            Assert.Equal((family, Readability.NotCheckable, "not-decoded"), (found.Family, found.Readability, Look.Fault(found)));
            Assert.Equal(width, found.Technical["width"]);
            Assert.Equal(false, found.Technical["decoded"]);
            Assert.Equal(Readability.Broken, Look.Into(bytes[..^3]).Readability);
            Look.NeverReadableWhenCut(Examiner, family, bytes);
            Look.NeverCrashesWhenChanged(Examiner, family, bytes);
        }
    }

    [Fact]
    public void A_jpeg_tells_its_shape()
    {
        var plain = Look.Into(Jpeg());
        var progressive = Look.Into(Jpeg(isProgressive: true));

        Assert.Equal((48L, 40L, 8L, 3L), ((long)plain.Technical["width"], (long)plain.Technical["height"], (long)plain.Technical["bits-per-sample"], (long)plain.Technical["samples"]));
        Assert.Equal(("YCbCr", "300", "baseline"), ((string)plain.Technical["colour-model"], (string)plain.Technical["dpi-x"], (string)plain.Technical["jpeg-process"]));
        Assert.Equal("progressive", progressive.Technical["jpeg-process"]);
    }

    [Fact]
    public void A_tiff_tells_its_shape_and_its_pages()
    {
        var found = Look.Into(Made["tiff deflate"].Bytes);

        Assert.Equal((64L, 48L, 3L), ((long)found.Technical["width"], (long)found.Technical["height"], (long)found.Technical["pages"]));
        Assert.Equal(("RGB", "deflate", "300", "Scanner 1"), ((string)found.Technical["colour-model"], (string)found.Technical["compression"], (string)found.Technical["dpi-y"], (string)found.Technical["creating-program"]));
        Assert.Equal("ccitt-g4", Look.Into(Made["tiff g4"].Bytes).Technical["compression"]);
    }

    [Fact]
    public void A_png_tells_its_resolution_program_and_profile()
    {
        var found = Look.Into(Png(more: [("pHYs", [.. Big(11811), .. Big(11811), 1]), ("tEXt", "Software\0Painter"u8.ToArray()), ("sRGB", [0])]));

        Assert.Equal(("300", "Painter", "sRGB", "RGB"), ((string)found.Technical["dpi-x"], (string)found.Technical["creating-program"], (string)found.Technical["colour-profile"], (string)found.Technical["colour-model"]));
    }

    [Fact]
    public void Every_chunk_of_a_png_is_compared_with_its_check_value()
    {
        var bytes = Png(more: ("tEXt", "Title\0Hello"u8.ToArray()));
        var text = bytes.AsSpan().IndexOf("Hello"u8);
        var picture = bytes.AsSpan().IndexOf("IDAT"u8);
        foreach (var (place, part) in new[] { (text, "tEXt"), (picture + 20, "IDAT"), (16, "IHDR") })
        {
            var changed = (byte[])bytes.Clone();
            changed[place] ^= 1;

            var found = Look.Into(changed);

            Assert.Equal(Readability.Broken, found.Readability);
            Assert.Contains(part, found.Findings[0].Arguments.Single(a => a.Key == "part").Value, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_png_whose_picture_is_too_short_or_too_long_is_broken()
    {
        byte[] head = [.. Png().AsSpan(0, 33)];
        byte[] With(int rows) => [.. head, .. Chunk("IDAT", Zip(new byte[121 * rows])), .. Chunk("IEND", [])];

        Assert.Equal("", Look.Fault(Look.Into(With(30))));
        Assert.Equal("cut-off", Look.Fault(Look.Into(With(29))));
        Assert.Equal("too-much", Look.Fault(Look.Into(With(31))));
    }

    [Fact]
    public void A_png_whose_packing_asks_for_a_dictionary_is_broken()
    {
        // 78 20: deflate with a preset dictionary (RFC 1950), which nobody has.
        byte[] bytes = [.. Png().AsSpan(0, 33), .. Chunk("IDAT", [0x78, 0x20, 1, 2, 3, 4, .. new byte[20]]), .. Chunk("IEND", [])];

        Assert.Equal((Readability.Broken, "not-unpackable"), (Look.Into(bytes).Readability, Look.Fault(Look.Into(bytes))));
    }

    [Fact]
    public void A_damaged_scan_of_a_jpeg_is_broken()
    {
        // The end mark stands where it should, and most of the picture is missing before it: viewers show it half grey.
        var bytes = Jpeg(200, 200);
        byte[] joined = [.. bytes[..(bytes.Length / 3)], 0xFF, 0xD9];

        Assert.Equal((Readability.Broken, "not-unpackable"), (Look.Into(joined).Readability, Look.Fault(Look.Into(joined))));
    }

    [Fact]
    public void A_damaged_strip_of_a_tiff_is_broken()
    {
        var bytes = (byte[])Made["tiff deflate"].Bytes.Clone();
        bytes.AsSpan(60, 40).Fill(0xAA);

        Assert.Equal((Readability.Broken, "not-unpackable"), (Look.Into(bytes).Readability, Look.Fault(Look.Into(bytes))));
    }

    [Fact]
    public void A_gif_whose_codes_make_too_few_pixels_is_broken()
    {
        var bytes = Gif();
        var picture = bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x2C, 0, 0, 0, 0]);
        bytes[picture + 7]++;

        Assert.Equal((Readability.Broken, "cut-off"), (Look.Into(bytes).Readability, Look.Fault(Look.Into(bytes))));
    }

    [Fact]
    public void Bytes_after_the_end_are_told()
    {
        foreach (var name in new[] { "png", "jpeg", "gif", "bmp" })
        {
            var found = Look.Into([.. Made[name].Bytes, .. "secret"u8]);

            Assert.Equal((Readability.Readable, 6L), (found.Readability, (long)found.Technical["trailing-bytes"]));
            Assert.Equal("FMT-160", Assert.Single(found.Findings).Code);
        }
    }

    [Fact]
    public void A_picture_that_claims_to_be_huge_costs_no_memory()
    {
        var png = Png(60000, 2, 1, 0);
        byte[] pngBomb = [.. png.AsSpan(0, 8), .. Chunk("IHDR", [.. Big(2_000_000_000), .. Big(2_000_000_000), 16, 6, 0, 0, 0]), .. png.AsSpan(33)];
        var jpegBomb = Jpeg(isProgressive: true);
        var frame = jpegBomb.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC2]);
        jpegBomb.AsSpan(frame + 5, 4).Fill(0xFF);
        var gifBomb = Gif();
        gifBomb.AsSpan(6, 4).Fill(0xFF);
        var bmpBomb = Bmp();
        Little(0x7FFFFFFF).CopyTo(bmpBomb, 18);
        Little(0x7FFFFFFF).CopyTo(bmpBomb, 22);
        var tiffBomb = TiffBomb();

        foreach (var bomb in new[] { pngBomb, jpegBomb, gifBomb, bmpBomb, tiffBomb })
        {
            _ = Look.Into(bomb);
            var before = GC.GetAllocatedBytesForCurrentThread();

            var found = Look.Into(bomb);

            Assert.Equal((Readability.NotCheckable, "too-many-pixels"), (found.Readability, Look.Fault(found)));
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
        }
    }

    [Fact]
    public void A_jpeg_that_is_kept_whole_until_its_last_scan_is_counted_whole()
    {
        var bytes = Jpeg(1000, 1000);
        var scan = bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);
        byte[] apart = [.. bytes[..scan], 0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, .. bytes[(scan + 14)..]];
        var limits = new ExaminationLimits { MaxUnpacked = 1 << 20 };

        Assert.Equal(Readability.Readable, Look.Into(bytes, limits).Readability);
        Assert.Equal((Readability.NotCheckable, "too-many-pixels"), (Look.Into(apart, limits).Readability, Look.Fault(Look.Into(apart, limits))));
    }

    [Fact]
    public void A_jpeg_full_of_stuffed_bytes_is_read_about_once()
    {
        var bytes = Jpeg();
        var frame = bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        var scan = bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]) + 14;

        // Lossless: it is walked and not decoded.
        bytes[frame + 1] = 0xC3;
        using var file = new CountedFile([.. bytes[..scan], .. Enumerable.Repeat<byte[]>([0xFF, 0x00], 1 << 17).SelectMany(b => b), 0xFF, 0xD9]);

        var found = FileExaminers.Examine(FileContent.Of(file), "stuffed", ExaminationLimits.Default, CancellationToken.None);

        Assert.Equal((Readability.NotCheckable, "not-decoded"), (found.Readability, Look.Fault(found)));
        Assert.True(file.BytesRead < 50 * file.Length, $"{file.BytesRead} bytes of {file.Length} were read.");
    }

    [Fact]
    public void A_jpeg_of_scans_without_end_is_stopped_in_time()
    {
        var bytes = Jpeg(2000, 2000, isProgressive: true);
        var first = bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);
        byte[] empty = [0xFF, 0xDA, 0, 8, 1, 1, 0, 1, 5, 0, 0xFF, 0x00];
        byte[] bomb = [.. bytes[..first], .. Enumerable.Range(0, 900).SelectMany(_ => empty), .. bytes[first..]];
        var watch = System.Diagnostics.Stopwatch.StartNew();

        var found = Look.Into(bomb, new ExaminationLimits { MaxTime = TimeSpan.FromMilliseconds(300) });

        Assert.NotEqual(Readability.Readable, found.Readability);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"It took {watch.Elapsed}.");
    }

    [Fact]
    public void Directories_that_lead_back_to_themselves_are_told()
    {
        byte[] bytes = [.. "II*\0"u8, .. Little(8), 1, 0, .. Little16(256), .. Little16(4), .. Little(1), .. Little(5), .. Little(8)];
        byte[] loop = [.. "II*\0"u8, .. Little(8), .. Entries((256, 8), (257, 1), (258, 8), (259, 1), (262, 1), (273, 0), (277, 1), (278, 1), (279, 8)), .. Little(8)];

        Assert.Equal(Readability.Broken, Look.Into(bytes).Readability);
        Assert.Equal((Readability.Broken, "loop"), (Look.Into(loop).Readability, Look.Fault(Look.Into(loop))));
    }

    [Fact]
    public void A_count_that_no_file_can_hold_is_broken_and_costs_no_memory()
    {
        byte[] bytes = [.. "II*\0"u8, .. Little(8), 1, 0, .. Little16(273), .. Little16(4), .. Little(0xFFFFFFFF), .. Little(8), .. Little(0)];
        byte[] wide = [.. "II+\0"u8, 8, 0, 0, 0, .. Little(16), .. Little(0), 1, 0, 0, 0, 0, 0, 0, 0, .. Little16(273), .. Little16(16), .. Enumerable.Repeat((byte)0xFF, 16), .. new byte[8]];

        Assert.Equal((Readability.Broken, "cut-off"), (Look.Into(bytes).Readability, Look.Fault(Look.Into(bytes))));
        Assert.Equal((Readability.Broken, "cut-off"), (Look.Into(wide).Readability, Look.Fault(Look.Into(wide))));
    }

    [Fact]
    public void A_strip_that_does_not_lie_in_the_file_is_told()
    {
        byte[] Strip(int length) => [.. "II*\0"u8, .. Little(8), .. Entries((256, 8), (257, 4), (258, 8), (259, 1), (262, 1), (273, 122), (277, 1), (278, 4), (279, length)), .. Little(0), .. new byte[32]];
        var sound = Strip(32);

        Assert.Equal((Readability.Readable, 154), (Look.Into(sound).Readability, sound.Length));
        Assert.All(Enumerable.Range(1, 31), missing => Assert.Equal("cut-off", Look.Fault(Look.Into(sound[..^missing]))));
        Assert.Equal("cut-off", Look.Fault(Look.Into(Strip(31))));
    }

    [Fact]
    public void A_raw_picture_of_a_camera_is_not_called_broken()
    {
        byte[] bytes = [.. "II*\0"u8, .. Little(8), .. Entries((256, 8), (257, 4), (258, 16), (259, 7), (262, 32803), (273, 122), (277, 1), (278, 4), (279, 32)), .. Little(0), 0xFF, 0xD8, 0xFF, 0xC3, .. new byte[28]];

        Assert.Equal((Readability.NotCheckable, "not-decoded"), (Look.Into(bytes).Readability, Look.Fault(Look.Into(bytes))));
    }

    private static byte[] TiffBomb() =>
        [.. "II*\0"u8, .. Little(8), .. Entries((256, 1_000_000_000), (257, 1_000_000_000), (258, 8), (259, 5), (262, 1), (273, 8), (277, 1), (278, 1_000_000_000), (279, 8)), .. Little(0)];

    private static byte[] Entries(params (int Tag, int Value)[] entries) =>
        [.. Little16(entries.Length), .. entries.SelectMany(e => (byte[])[.. Little16(e.Tag), .. Little16(4), .. Little(1), .. Little(e.Value)])];
}

/// <summary>A file that counts what is read of it.</summary>
internal sealed class CountedFile(byte[] bytes) : MemoryStream(bytes)
{
    public long BytesRead { get; private set; }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = base.Read(buffer, offset, count);
        BytesRead += read;
        return read;
    }
}
