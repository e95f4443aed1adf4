using Lantai.Characterization;
using Lantai.Characterization.Examination;
using Lantai.Characterization.Video;
using static Lantai.Tests.Characterization.Images.HandMadeImages;
using static Lantai.Tests.Characterization.Video.HandMadeVideo;

namespace Lantai.Tests.Characterization.Video;

public sealed class VideoTests
{
    private static readonly VideoExaminer Examiner = new();

    private static readonly Dictionary<string, (FileFamily Family, byte[] Bytes, long Width, long Milliseconds, string Codec)> Made = new()
    {
        ["avi"] = (FileFamily.Avi, Avi(), 320, 2000, "MJPG"),
        ["mp4"] = (FileFamily.Mp4, Mp4(), 640, 2500, "avc1"),
        ["mp4 media first"] = (FileFamily.Mp4, Mp4(isMediaFirst: true), 640, 2500, "avc1"),
        ["programme"] = (FileFamily.Mpeg, Programme(), 352, 0, "mpeg2"),
        ["mxf"] = (FileFamily.Mxf, Mxf(), 1920, 0, ""),
        ["matroska"] = (FileFamily.Matroska, Matroska(), 640, 2500, "V_VP9"),
        ["transport"] = (FileFamily.Mpeg, Transport(), 0, 0, "h264"),
    };

    public static TheoryData<string> Sound => [.. Made.Keys];

    [Theory]
    [MemberData(nameof(Sound))]
    public void Moving_images_that_are_whole_are_readable_and_told_as_not_decoded(string name)
    {
        var (family, bytes, width, milliseconds, codec) = Made[name];

        var found = Look.Into(bytes);

        Assert.Equal((family, Readability.Readable, ""), (found.Family, found.Readability, Look.Fault(found)));
        Assert.Equal((width, milliseconds), (Number(found, "width"), Number(found, "duration-ms")));
        Assert.Equal(codec, codec.Length == 0 ? "" : ((IEnumerable<string>)found.Technical["codecs"]).First());
        Assert.Equal(false, found.Technical["decoded"]);
    }

    [Theory]
    [MemberData(nameof(Sound))]
    public void Moving_images_that_are_cut_off_are_never_readable(string name)
    {
        var (family, bytes, _, _, _) = Made[name];
        if (name == "programme")
        {
            // A programme stream has no table of contents: cut between packets it is a shorter one. Only a cut packet shows.
            Assert.Equal("cut-off", Look.Fault(Look.Into(bytes[..^10])));
            Assert.Equal("cut-off", Look.Fault(Look.Into(bytes[..60])));
        }
        else if (name == "transport")
        {
            Assert.Equal("cut-off", Look.Fault(Look.Into(bytes[..^1])));
            Assert.Equal("cut-off", Look.Fault(Look.Into(bytes[..^187])));
        }
        else
        {
            Look.NeverReadableWhenCut(Examiner, family, bytes, least: 16);
        }
    }

    [Theory]
    [MemberData(nameof(Sound))]
    public void Moving_images_with_changed_bytes_crash_nothing(string name) => Look.NeverCrashesWhenChanged(Examiner, Made[name].Family, Made[name].Bytes);

    [Fact]
    public void Tracks_and_their_shape_are_told()
    {
        var matroska = Look.Into(Matroska());
        var transport = Look.Into(Transport());
        var mxf = Look.Into(Mxf());

        Assert.Equal(["video", "audio"], (IEnumerable<string>)matroska.Technical["tracks"]);
        Assert.Equal(("webm", 48000L, 2L), ((string)matroska.Technical["container"], (long)matroska.Technical["sample-rate"], (long)matroska.Technical["channels"]));
        Assert.Equal(["h264", "aac"], (IEnumerable<string>)transport.Technical["codecs"]);
        Assert.Equal((1080L, "25"), ((long)mxf.Technical["height"], (string)mxf.Technical["frame-rate"]));
        Assert.Equal("25", Look.Into(Avi()).Technical["frame-rate"]);
        Assert.Equal((480L, 1000L, "isom"), ((long)Look.Into(Mp4()).Technical["height"], (long)Look.Into(Mp4()).Technical["timescale"], (string)Look.Into(Mp4()).Technical["brand"]));
    }

    [Fact]
    public void Avi_fields_that_lie_as_much_as_they_can_tell_no_duration()
    {
        var bytes = Avi();
        var header = bytes.AsSpan().IndexOf("avih"u8) + 8;
        bytes.AsSpan(header, 40).Fill(0xFF);

        var found = Look.Into(bytes);

        Assert.Equal(Readability.Readable, found.Readability);
        Assert.False(found.Technical.ContainsKey("duration-ms"));
    }

    [Fact]
    public void A_matroska_written_live_needs_no_lengths() => Assert.Equal(Readability.Readable, Look.Into(Matroska(isLive: true)).Readability);

    [Fact]
    public void A_duration_that_no_number_holds_is_not_told()
    {
        var bytes = Avi();
        var header = bytes.AsSpan().IndexOf("avih"u8) + 8;
        bytes.AsSpan(header, 4).Fill(0xFF);
        bytes.AsSpan(header + 16, 4).Fill(0xFF);

        var found = Look.Into(bytes);

        Assert.Equal(Readability.Readable, found.Readability);
        Assert.False(found.Technical.ContainsKey("duration-ms"));
    }

    [Fact]
    public void Rights_management_is_told_as_encryption()
    {
        foreach (var bytes in new[] { Mp4("encv"), Matroska(isEncrypted: true) })
        {
            var found = Look.Into(bytes);

            Assert.Equal("drm", Assert.Single(found.Encryption).Kind);
            Assert.Equal((Readability.NotCheckable, "encrypted"), (found.Readability, Look.Fault(found)));
        }
    }

    [Fact]
    public void Chunks_that_do_not_lie_in_the_file_are_told()
    {
        var bytes = Mp4();
        var table = bytes.AsSpan().IndexOf("stco"u8);
        Big(100_000).CopyTo(bytes, table + 12);

        Assert.Equal((Readability.Broken, "cut-off"), (Look.Into(bytes).Readability, Look.Fault(Look.Into(bytes))));
    }

    [Fact]
    public void A_movie_without_its_table_or_its_media_is_broken()
    {
        var bytes = Mp4(isMediaFirst: true);
        var movie = bytes.AsSpan().IndexOf("moov"u8) - 4;

        Assert.Equal("missing-part", Look.Fault(Look.Into(bytes[..movie])));
        Assert.Equal("missing-part", Look.Fault(Look.Into([.. bytes[..24], .. bytes[movie..^0]])));
    }

    [Fact]
    public void Boxes_in_boxes_without_end_and_lengths_that_lie_stop_the_walk()
    {
        byte[] deep = [];
        for (var i = 0; i < 1000; i++)
        {
            deep = Box("moov", deep);
        }

        byte[] huge = [.. Box("ftyp", "isom"u8.ToArray()), .. Big(1), .. "moov"u8, .. Enumerable.Repeat((byte)0xFF, 8), .. new byte[20]];
        byte[] small = [.. Box("ftyp", "isom"u8.ToArray()), .. Big(4), .. "moov"u8, .. new byte[20]];
        byte[] beyond = [.. Box("ftyp", "isom"u8.ToArray()), .. Box("moov", [.. Big(500), .. "trak"u8, .. new byte[20]])];

        Assert.Equal("too-deep", Look.Fault(Look.Into(deep)));
        Assert.Equal("cut-off", Look.Fault(Look.Into(huge)));
        Assert.Equal("bad-header", Look.Fault(Look.Into(small)));
        Assert.Equal("beyond-parent", Look.Fault(Look.Into(beyond)));
    }

    [Fact]
    public void A_long_file_costs_its_headers_alone()
    {
        using var file = new LongFile(Mp4(isMediaFirst: true), 10L << 30);

        var found = FileExaminers.Examine(FileContent.Of(file), "long", ExaminationLimits.Default, CancellationToken.None);

        Assert.Equal((Readability.Readable, 640L), (found.Readability, (long)found.Technical["width"]));
        Assert.True(file.BytesRead < 1 << 20, $"{file.BytesRead} bytes were read.");
    }

    private static long Number(FileExamination found, string name) => found.Technical.TryGetValue(name, out var value) ? (long)value : 0;
}

/// <summary>A movie whose media, zeros, are as long as is wanted; nothing of them is kept.</summary>
internal sealed class LongFile : Stream
{
    private readonly byte[] _head;
    private readonly byte[] _tail;

    public LongFile(byte[] movie, long media)
    {
        var (start, table) = (movie.AsSpan().IndexOf("mdat"u8) - 4, movie.AsSpan().IndexOf("moov"u8) - 4);
        _head = [.. movie[..start], .. Big(1), .. "mdat"u8, .. Big((media + 16) >> 32), .. Big(media + 16)];
        _tail = movie[table..];
        Length = _head.Length + media + _tail.Length;
    }

    public long BytesRead { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; }

    public override long Position { get; set; }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var count = (int)Math.Min(buffer.Length, Math.Max(0, Length - Position));
        for (var i = 0; i < count; i++)
        {
            var at = Position + i;
            buffer[i] = at < _head.Length ? _head[at] : at >= Length - _tail.Length ? _tail[at - (Length - _tail.Length)] : (byte)0;
        }

        Position += count;
        BytesRead += count;
        return count;
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
