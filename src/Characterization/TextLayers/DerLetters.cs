using System.Text;
using Lantai.Characterization.Examination;

namespace Lantai.Characterization.TextLayers;

/// <summary>The letters in seals, signatures and certificates (ASN.1, DER), and what files they hold in clear.</summary>
internal static class DerLetters
{
    private const int MostDepth = 64;
    private const int FewestBytes = 8;
    private const int SureBytes = 1024;

    /// <summary>Reads a file; false when it is none of these from its first byte to its last, or its content is encrypted.</summary>
    public static bool TryRead(FileContent content, TextSink sink, ExaminationLimits limits, CancellationToken stop)
    {
        if (content.Length is < 2 or > int.MaxValue || content.Length > limits.MaxWhole || content.ReadBytes(0, 1)[0] != 0x30)
        {
            return false;
        }

        var bytes = content.ReadBytes(0, (int)content.Length);
        return !IsEncrypted(bytes) && IsWhole(bytes) && TryWalk(bytes, sink, limits, 0, stop);
    }

    // All kinds of CMS but the signed one hide their content, in whole or in a form that nobody reads here.
    private static bool IsEncrypted(ReadOnlySpan<byte> bytes)
    {
        var head = bytes[..Math.Min(bytes.Length, 24)];
        var (plain, chinese) = (head.IndexOf((ReadOnlySpan<byte>)[0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07]), head.IndexOf((ReadOnlySpan<byte>)[0x06, 0x0A, 0x2A, 0x81, 0x1C, 0xCF, 0x55, 0x06, 0x01, 0x04, 0x02]));
        var kind = plain >= 0 ? plain + 10 : chinese >= 0 ? chinese + 11 : -1;
        return (kind >= 0 && kind < head.Length && head[kind] != 2) || head.IndexOf((ReadOnlySpan<byte>)[0x06, 0x0B, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09]) >= 0;
    }

    private static bool IsWhole(ReadOnlySpan<byte> bytes) => TryHead(bytes, out var at, out var length) && at + length == bytes.Length;

    private static bool TryWalk(ReadOnlyMemory<byte> bytes, TextSink sink, ExaminationLimits limits, int depth, CancellationToken stop)
    {
        while (!bytes.IsEmpty)
        {
            stop.ThrowIfCancellationRequested();
            if (depth > MostDepth || !TryHead(bytes.Span, out var at, out var length))
            {
                return false;
            }

            var (tag, value) = (bytes.Span[0], bytes.Slice(at, length));
            bytes = bytes[(at + length)..];
            if ((tag & 0x20) != 0)
            {
                if (!TryWalk(value, sink, limits, depth + 1, stop))
                {
                    return false;
                }
            }
            else
            {
                Take(tag, value, sink, limits, stop);
            }
        }

        return true;
    }

    private static void Take(byte tag, ReadOnlyMemory<byte> value, TextSink sink, ExaminationLimits limits, CancellationToken stop)
    {
        switch (tag)
        {
            case 0x0C or 0x13 or 0x14 or 0x16 or 0x1A:
                sink.Take(Encoding.UTF8.GetString(value.Span), TextRole.Field, "part", 0);
                break;
            case 0x1E:
                sink.Take(Encoding.BigEndianUnicode.GetString(value.Span), TextRole.Field, "part", 0);
                break;
            case 0x04 when value.Length >= FewestBytes:
                LayerReading.ReadPacked(FileContent.Of(value), value.Length >= SureBytes, 1, sink, limits, stop);
                break;
        }
    }

    private static bool TryHead(ReadOnlySpan<byte> bytes, out int at, out int length)
    {
        (at, length) = (2, 0);
        if (bytes.Length < 2 || (bytes[0] & 0x1F) == 0x1F)
        {
            return false;
        }

        if (bytes[1] < 0x80)
        {
            length = bytes[1];
            return length <= bytes.Length - at;
        }

        var count = bytes[1] & 0x7F;
        if (count is 0 or > 4 || bytes.Length < 2 + count)
        {
            return false;
        }

        long sum = 0;
        foreach (var one in bytes.Slice(2, count))
        {
            sum = (sum << 8) | one;
        }

        (at, length) = (2 + count, (int)Math.Min(sum, int.MaxValue));
        return sum <= bytes.Length - at;
    }
}
