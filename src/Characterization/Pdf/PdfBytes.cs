namespace Lantai.Characterization.Pdf;

/// <summary>The bytes of a file by place: all at once when it is short enough, else by windows.</summary>
/// <remarks>A span is good until the next call. Not safe for concurrent use.</remarks>
internal sealed class PdfBytes
{
    /// <summary>How much of a long file is looked at at once.</summary>
    public const int Window = 64 << 10;

    private const int MostAtOnce = 16 << 20;
    private const int SearchStep = 1 << 20;

    private readonly FileContent _content;
    private readonly ReadOnlyMemory<byte>? _all;

    public PdfBytes(FileContent content, long maxWhole)
    {
        _content = content;
        _all = content.Memory;
        if (_all is null && content.Length <= Math.Min(maxWhole, MostAtOnce))
        {
            _all = content.ReadBytes(0, MostAtOnce);
        }
    }

    /// <summary>Length in bytes.</summary>
    public long Length => _content.Length;

    /// <summary>Whether every place is at hand without reading.</summary>
    public bool IsWhole => _all is not null;

    /// <summary>The bytes from a place on; of a long file at most 16 MiB.</summary>
    /// <exception cref="IOException">The source failed.</exception>
    public ReadOnlySpan<byte> At(long place, int most)
    {
        if (place < 0 || place >= Length)
        {
            return default;
        }

        if (_all is not { } all)
        {
            return _content.ReadBytes(place, Math.Min(most, MostAtOnce));
        }

        var rest = all.Span[(int)Math.Min(place, all.Length)..];
        return rest[..Math.Min(rest.Length, most)];
    }

    /// <summary>The places of a mark, in order.</summary>
    /// <exception cref="IOException">The source failed.</exception>
    public List<long> Find(byte[] mark, int most, CancellationToken cancellation)
    {
        var places = new List<long>();
        for (long from = 0; from < Length && places.Count < most; from += SearchStep)
        {
            cancellation.ThrowIfCancellationRequested();

            // Windows overlap by a mark less one byte, so that none is cut in two and none is found twice.
            var span = At(from, SearchStep + mark.Length - 1);
            for (var at = 0; places.Count < most && span[at..].IndexOf(mark) is >= 0 and var step; at += step + mark.Length)
            {
                places.Add(from + at + step);
            }
        }

        return places;
    }
}
