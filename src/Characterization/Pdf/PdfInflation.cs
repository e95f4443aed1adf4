using System.Buffers;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Lantai.Characterization.Pdf;

/// <summary>What came out of a stream packed by deflate.</summary>
/// <param name="Bytes">What could be unpacked.</param>
/// <param name="IsDamaged">Whether that is not all.</param>
/// <param name="IsCheckWrong">Whether it is all, but its check value is wrong or missing.</param>
internal readonly record struct Inflated(Memory<byte> Bytes, bool IsDamaged, bool IsCheckWrong);

/// <summary>Unpacks deflate within a budget.</summary>
internal static class PdfInflation
{
    /// <summary>The most that one stream may unpack to, in bytes; no array of the runtime holds more than twice that.</summary>
    public const long MostOfOne = 1L << 30;

    private const int Step = 64 << 10;

    /// <summary>Unpacks a stream with a header of zlib. A wrong check value alone does not make it damaged: readers do not look at it.</summary>
    public static Inflated Inflate(ReadOnlyMemory<byte> packed, PdfBudget budget)
    {
        if (packed.Length == 0)
        {
            return default;
        }

        var (bytes, isWhole) = Unpack(new ZLibStream(Open(packed), CompressionMode.Decompress), budget);
        if (isWhole || packed.Length < 3)
        {
            return new Inflated(bytes, !isWhole, false);
        }

        var (again, isAll) = Unpack(new DeflateStream(Open(packed[2..]), CompressionMode.Decompress), budget);
        return isAll ? new Inflated(again, false, true) : new Inflated(again.Length > bytes.Length ? again : bytes, true, false);
    }

    private static MemoryStream Open(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var part) ? new MemoryStream(part.Array!, part.Offset, part.Count, writable: false) : new MemoryStream(bytes.ToArray(), writable: false);

    private static (Memory<byte> Bytes, bool IsWhole) Unpack(Stream unpacking, PdfBudget budget)
    {
        using var source = unpacking;
        var target = new ArrayBufferWriter<byte>(Step);
        try
        {
            while (true)
            {
                var count = source.Read(target.GetSpan(Step));
                if (count == 0)
                {
                    return (MemoryMarshal.AsMemory(target.WrittenMemory), true);
                }

                budget.Spend(count);
                target.Advance(count);
            }
        }
        catch (InvalidDataException)
        {
            return (MemoryMarshal.AsMemory(target.WrittenMemory), false);
        }
    }
}
