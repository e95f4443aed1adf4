using System.Globalization;
using System.Text.Json;
using Lantai.Characterization;
using Lantai.Characterization.Examination;

namespace Lantai.Adapters.OutsideTools;

/// <summary>MediaInfo: tells what sound and moving images say of themselves; it does not play them to their end.</summary>
internal static class Mediainfo
{
    private const int MostTracks = 64;

    /// <summary>How it is called and understood.</summary>
    public static ToolManner Manner { get; } = new(
        "mediainfo",
        [FileFamily.Wave, FileFamily.Mp3, FileFamily.Flac, FileFamily.Ogg, FileFamily.Avi, FileFamily.Mp4, FileFamily.Mpeg, FileFamily.Mxf, FileFamily.Matroska],
        "--Version",
        ["--Output=JSON"],
        Judge);

    private static ToolAnswer Judge(ToolRun run)
    {
        if (run.Code != 0)
        {
            return ToolAnswer.Failed("not-understood");
        }

        try
        {
            using var answer = JsonDocument.Parse(run.Output, new JsonDocumentOptions { MaxDepth = 16 });
            return Read(answer.RootElement);
        }
        catch (JsonException)
        {
            return ToolAnswer.Failed("not-understood");
        }
    }

    private static ToolAnswer Read(JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("media", out var media) || media.ValueKind != JsonValueKind.Object
            || !media.TryGetProperty("track", out var tracks) || tracks.ValueKind != JsonValueKind.Array)
        {
            return ToolAnswer.Failed("not-understood");
        }

        var found = new SortedDictionary<string, object>(StringComparer.Ordinal);
        var isCutOff = false;
        foreach (var track in tracks.EnumerateArray().Where(t => t.ValueKind == JsonValueKind.Object).Take(MostTracks))
        {
            isCutOff |= Text(track, "IsTruncated") == "Yes";
            Note(track, found);
        }

        return new ToolAnswer(isCutOff ? OutsideVerdict.Broken : OutsideVerdict.Described, isCutOff ? "IsTruncated" : "", Technical: found);
    }

    private static void Note(JsonElement track, SortedDictionary<string, object> found)
    {
        switch (Text(track, "@type"))
        {
            case "General":
                Add(found, "format", Text(track, "Format"));
                Add(found, "duration-ms", Number(track, "Duration") is { } seconds ? (long)Math.Round(seconds * 1000) : null);
                break;
            case "Video":
                Add(found, "video-codec", Text(track, "Format"));
                Add(found, "width", Whole(track, "Width"));
                Add(found, "height", Whole(track, "Height"));
                Add(found, "frame-rate", Text(track, "FrameRate"));
                break;
            case "Audio":
                Add(found, "audio-codec", Text(track, "Format"));
                Add(found, "sample-rate", Whole(track, "SamplingRate"));
                Add(found, "channels", Whole(track, "Channels"));
                break;
        }
    }

    // The first track of a kind stands.
    private static void Add(SortedDictionary<string, object> found, string name, object? value)
    {
        if (value is not null)
        {
            _ = found.TryAdd(name, value);
        }
    }

    private static string? Text(JsonElement track, string name) => track.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static double? Number(JsonElement track, string name) =>
        double.TryParse(Text(track, name), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value is >= 0 and < 1e12 ? value : null;

    private static long? Whole(JsonElement track, string name) => Number(track, name) is { } value ? (long)value : null;
}
