using System.Runtime.InteropServices;
using System.Text;
using Lantai.Characterization.Examination;

namespace Lantai.Characterization.TextLayers;

/// <summary>
/// Chinese letters in old office files (OLE2): Word, Excel and PowerPoint 97 to 2003 write them as UTF-16 in the middle of
/// their records. They are looked for in all bytes, which finds most and proves nothing: so the file is told as not read too.
/// </summary>
internal static class CompoundLetters
{
    private const int MostRun = 4096;
    private const int Overlap = 64;
    private const int Block = 1 << 16;

    /// <summary>Reads a file.</summary>
    public static void Read(FileContent content, TextSink sink, ExaminationLimits limits, CancellationToken stop)
    {
        sink.Unread("old-office");
        if (content.Length > limits.MaxWhole)
        {
            sink.Unread("too-much");
        }

        Scan(content, sink, limits, stop);
    }

    /// <summary>Looks for Chinese letters in UTF-16 in all bytes.</summary>
    public static void Scan(FileContent content, TextSink sink, ExaminationLimits limits, CancellationToken stop)
    {
        // Letters may begin at any byte: once from each parity.
        for (var parity = 0; parity < 2; parity++)
        {
            Scan(content, parity, Math.Min(content.Length, limits.MaxWhole), sink, stop);
        }
    }

    private static void Scan(FileContent content, int parity, long end, TextSink sink, CancellationToken stop)
    {
        var (buffer, run, number) = (new byte[Block], new StringBuilder(), 0);
        var hasChinese = false;
        for (long at = parity; at < end; at += Block)
        {
            stop.ThrowIfCancellationRequested();
            var count = content.Read(at, buffer) & ~1;
            foreach (var unit in MemoryMarshal.Cast<byte, ushort>(buffer.AsSpan(0, count)))
            {
                var letter = (char)(BitConverter.IsLittleEndian ? unit : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(unit));
                if (IsLetter(letter))
                {
                    hasChinese |= letter is >= '一' and <= '鿿';
                    if (run.Append(letter).Length < MostRun)
                    {
                        continue;
                    }

                    if (hasChinese)
                    {
                        sink.Take(run.ToString(), TextRole.Body, "part", ++number);
                    }

                    _ = run.Remove(0, run.Length - Overlap); // a mark may stand where it is cut
                    continue;
                }

                if (hasChinese && run.Length > 1)
                {
                    sink.Take(run.ToString(), TextRole.Body, "part", ++number);
                }

                (hasChinese, _) = (false, run.Clear());
            }
        }

        if (hasChinese && run.Length > 1)
        {
            sink.Take(run.ToString(), TextRole.Body, "part", ++number);
        }
    }

    private static bool IsLetter(char letter) =>
        letter is (>= ' ' and <= '~') or '★' or '☆' or (>= '\u3000' and <= '〿') or (>= '一' and <= '鿿') or (>= '！' and <= '～') or '\t';
}
