using System.Globalization;
using System.Text;
using Lantai.Characterization.Examination;

namespace Lantai.Characterization.Video;

/// <summary>What is said of all moving images in the same words; said once, when the walk ends.</summary>
internal sealed class VideoFacts
{
    private const int MostTracks = 64;

    private readonly List<string> _codecs = [];
    private readonly List<string> _tracks = [];

    /// <summary>Adds a track: its kind, such as <c>video</c>, and what packs it.</summary>
    public void Track(string kind, string codec)
    {
        if (_tracks.Count < MostTracks)
        {
            _tracks.Add(kind);
            if (codec.Length > 0 && !_codecs.Contains(codec))
            {
                _codecs.Add(codec);
            }
        }
    }

    /// <summary>Notes tracks and codecs.</summary>
    public void NoteIn(ExaminationNotes notes)
    {
        notes.Set("tracks", _tracks);
        notes.Set("codecs", _codecs);
    }

    /// <summary>Notes width and height.</summary>
    public static void Size(ExaminationNotes notes, long width, long height)
    {
        if (width > 0 && height > 0)
        {
            notes.Set("width", width);
            notes.Set("height", height);
        }
    }

    /// <summary>Notes pictures in a second, a fraction.</summary>
    public static void FrameRate(ExaminationNotes notes, double rate)
    {
        if (rate is > 0 and < 10_000)
        {
            notes.Set("frame-rate", Math.Round(rate, 3).ToString("0.###", CultureInfo.InvariantCulture));
        }
    }

    /// <summary>A code of four letters as text; of other bytes their hexadecimal digits.</summary>
    public static string Letters(ReadOnlySpan<byte> code) =>
        code.IndexOfAnyExceptInRange((byte)' ', (byte)'~') < 0 ? Encoding.Latin1.GetString(code).Trim() : Convert.ToHexStringLower(code);
}
