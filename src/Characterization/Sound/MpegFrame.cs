namespace Lantai.Characterization.Sound;

/// <summary>The header of a frame of MPEG audio (ISO/IEC 11172-3, 13818-3).</summary>
/// <param name="Length">Bytes of the frame.</param>
/// <param name="Samples">Samples of each channel.</param>
/// <param name="Rate">Samples in a second.</param>
/// <param name="Channels">Channels.</param>
/// <param name="Layer">Layer, 1 to 3.</param>
/// <param name="BitRate">Kilobits in a second.</param>
/// <param name="IsFirst">Whether it is of MPEG 1.</param>
internal readonly record struct MpegFrame(int Length, int Samples, int Rate, int Channels, int Layer, int BitRate, bool IsFirst)
{
    private static readonly int[] Rates = [44100, 48000, 32000];

    // Rows: MPEG 1 layer I, II, III; MPEG 2 layer I, II and III.
    private static readonly int[][] BitRates =
    [
        [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
        [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
        [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
        [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
        [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
    ];

    /// <summary>Reads a header; null when the bytes are none, or of a free bit rate.</summary>
    public static MpegFrame? TryRead(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 4 || bytes[0] != 0xFF || (bytes[1] & 0xE0) != 0xE0)
        {
            return null;
        }

        var (version, layer) = ((bytes[1] >> 3) & 3, 4 - ((bytes[1] >> 1) & 3));
        var (bitIndex, rateIndex) = (bytes[2] >> 4, (bytes[2] >> 2) & 3);
        if (version == 1 || layer == 4 || bitIndex is 0 or 15 || rateIndex == 3)
        {
            return null;
        }

        var isFirst = version == 3;
        var rate = Rates[rateIndex] >> (version switch { 3 => 0, 2 => 1, _ => 2 });
        var bitRate = BitRates[isFirst ? layer - 1 : layer == 1 ? 3 : 4][bitIndex];
        var padding = (bytes[2] >> 1) & 1;
        var samples = layer switch { 1 => 384, 2 => 1152, _ => isFirst ? 1152 : 576 };
        var length = layer == 1 ? ((12 * bitRate * 1000 / rate) + padding) * 4 : (samples / 8 * bitRate * 1000 / rate) + padding;
        return new MpegFrame(length, samples, rate, (bytes[3] >> 6) == 3 ? 1 : 2, layer, bitRate, isFirst);
    }
}
