using Lantai.Characterization;
using Lantai.Characterization.Examination;
using Lantai.Characterization.Sound;
using static Lantai.Tests.Characterization.Images.HandMadeImages;
using static Lantai.Tests.Characterization.Sound.HandMadeSound;

namespace Lantai.Tests.Characterization.Sound;

public sealed class SoundTests
{
    private static readonly SoundExaminer Examiner = new();

    private static readonly Dictionary<string, (FileFamily Family, byte[] Bytes, long Milliseconds, long Rate, string Codec)> Made = new()
    {
        ["wave"] = (FileFamily.Wave, Wave(), 1000, 8000, "pcm"),
        ["wave wide"] = (FileFamily.Wave, WideWave(), 500, 8000, "pcm"),
        ["mp3"] = (FileFamily.Mp3, Mp3(), 522, 44100, "mp3"),
        ["mp3 bare"] = (FileFamily.Mp3, Mp3(hasTags: false), 522, 44100, "mp3"),
        ["flac"] = (FileFamily.Flac, Flac(), 464, 44100, "flac"),
        ["ogg"] = (FileFamily.Ogg, Ogg(), 2000, 44100, "vorbis"),
    };

    public static TheoryData<string> Sound => [.. Made.Keys];

    [Theory]
    [MemberData(nameof(Sound))]
    public void Sound_that_is_whole_is_readable_and_told_as_not_decoded(string name)
    {
        var (family, bytes, milliseconds, rate, codec) = Made[name];

        var found = Look.Into(bytes);

        Assert.Equal((family, Readability.Readable, ""), (found.Family, found.Readability, Look.Fault(found)));
        Assert.Equal((milliseconds, rate, 2L), ((long)found.Technical["duration-ms"], (long)found.Technical["sample-rate"], (long)found.Technical["channels"]));
        Assert.Equal([codec], (IEnumerable<string>)found.Technical["codecs"]);
        Assert.Equal(false, found.Technical["decoded"]);
    }

    [Theory]
    [MemberData(nameof(Sound))]
    public void Sound_that_is_cut_off_is_never_readable(string name) => Look.NeverReadableWhenCut(Examiner, Made[name].Family, name == "mp3" ? Made[name].Bytes[..^128] : Made[name].Bytes);

    [Theory]
    [MemberData(nameof(Sound))]
    public void Sound_with_changed_bytes_crashes_nothing(string name) => Look.NeverCrashesWhenChanged(Examiner, Made[name].Family, Made[name].Bytes);

    [Fact]
    public void A_broadcast_wave_tells_its_origin()
    {
        var origin = new byte[602];
        "Studio"u8.CopyTo(origin.AsSpan(256));
        "2026-04-0112:00:00"u8.CopyTo(origin.AsSpan(320));

        var found = Look.Into(Wave(1, Chunk32("bext", origin)));

        Assert.Equal((true, "2026-04-01 12:00:00", "Studio"), ((bool)found.Technical["bext"], (string)found.Technical["created"], (string)found.Technical["creating-program"]));
    }

    [Fact]
    public void A_length_that_lies_is_told_and_costs_nothing()
    {
        var wave = Wave();
        var data = wave.AsSpan().IndexOf("data"u8);
        Little(0xFFFFFFF0).CopyTo(wave, data + 4);
        var inner = Wave(1, Chunk32("LIST", [.. "INFOISFT"u8, .. Little(0x7FFFFFFF), 0, 0]));

        Assert.Equal((Readability.Broken, "cut-off"), (Look.Into(wave).Readability, Look.Fault(Look.Into(wave))));
        Assert.Equal((Readability.Broken, "beyond-parent"), (Look.Into(inner).Readability, Look.Fault(Look.Into(inner))));
    }

    [Fact]
    public void One_changed_byte_of_a_flac_or_ogg_is_found()
    {
        foreach (var name in new[] { "flac", "ogg" })
        {
            var bytes = (byte[])Made[name].Bytes.Clone();
            bytes[^20] ^= 1;

            Assert.Equal((Readability.Broken, "check-value"), (Look.Into(bytes).Readability, Look.Fault(Look.Into(bytes))));
        }
    }

    [Fact]
    public void An_mp3_with_fewer_frames_than_its_index_tells_is_cut_off()
    {
        var bytes = Mp3(hasTags: false);

        var found = Look.Into(bytes[..^(417 * 3)]);

        Assert.Equal((Readability.Broken, "cut-off"), (found.Readability, Look.Fault(found)));
    }

    [Fact]
    public void Other_bytes_between_the_frames_of_an_mp3_are_told()
    {
        var bytes = Mp3(hasTags: false);
        byte[] joined = [.. bytes[..(417 * 4)], .. "<html>"u8, .. bytes[(417 * 4)..]];

        Assert.Equal((Readability.Broken, "lost-sync"), (Look.Into(joined).Readability, Look.Fault(Look.Into(joined))));
    }

    [Fact]
    public void An_ogg_whose_stream_does_not_end_is_cut_off()
    {
        var bytes = Ogg();
        var last = bytes.AsSpan().LastIndexOf("OggS"u8);

        Assert.Equal((Readability.Broken, "cut-off"), (Look.Into(bytes[..last]).Readability, Look.Fault(Look.Into(bytes[..last]))));
    }

    [Fact]
    public void Aac_behind_a_tag_is_not_called_a_broken_mp3()
    {
        byte[] bytes = [.. "ID3\u0003\0\0\0\0\0\0"u8, 0xFF, 0xF1, 0x50, 0x80, .. new byte[100]];

        Assert.Equal((Readability.NotCheckable, "no-reader"), (Look.Into(bytes).Readability, Look.Fault(Look.Into(bytes))));
    }
}
