using System.Buffers.Binary;
using System.Text;

namespace Lantai.Characterization.Examination;

/// <summary>
/// Reads numbers at places of a file through one small window, so that a walk over headers costs the headers alone, and
/// a walk over all bytes costs few reads.
/// </summary>
/// <remarks>
/// Every read beyond the end stops the walk as cut off; every refill asks whether the time is spent. Steps are counted,
/// so that a file of empty parts ends too. Not safe for concurrent use.
/// </remarks>
internal sealed class PlacedReader(FileContent content, CancellationToken cancellation, int window = 4096)
{
    private const int MostSteps = 4_000_000;
    private const int StepsBetweenLooks = 4096;

    private readonly byte[] _window = new byte[window];
    private long _start;
    private int _count;
    private int _steps;

    /// <summary>Length of the file in bytes.</summary>
    public long Length => content.Length;

    /// <summary>The file.</summary>
    public FileContent Content => content;

    /// <summary>Stops the walk.</summary>
    public CancellationToken Cancellation => cancellation;

    /// <summary>Counts a part of the file: a walk has an end.</summary>
    public void Step()
    {
        if (++_steps % StepsBetweenLooks == 0)
        {
            cancellation.ThrowIfCancellationRequested();
        }

        if (_steps > MostSteps)
        {
            throw WalkStoppedException.NotCheckable("too-many-parts");
        }
    }

    /// <summary>The bytes from a place on, at most so many and at most a window; fewer at the end. They stand until the next read.</summary>
    public ReadOnlySpan<byte> Some(long offset, int most)
    {
        var wanted = Math.Min(most, window);
        if (offset < 0 || offset >= Length)
        {
            return [];
        }

        if (offset < _start || offset + wanted > _start + _count)
        {
            cancellation.ThrowIfCancellationRequested();
            _count = content.Read(offset, _window);
            _start = offset;
        }

        var at = (int)(offset - _start);
        return _window.AsSpan(at, Math.Min(wanted, _count - at));
    }

    /// <summary>Exactly these bytes, at most a window; the file is cut off when it has fewer. They stand until the next read.</summary>
    public ReadOnlySpan<byte> At(long offset, int count)
    {
        var bytes = Some(offset, count);
        return bytes.Length == count ? bytes : throw WalkStoppedException.Broken("", Math.Max(0, offset), "cut-off");
    }

    /// <summary>Says that these bytes lie in the file; it is cut off else.</summary>
    public void Demand(string part, long offset, long count)
    {
        if (offset < 0 || count < 0 || offset > Length || count > Length - offset)
        {
            throw WalkStoppedException.Broken(part, offset, "cut-off");
        }
    }

    /// <summary>One byte.</summary>
    public int U8(long offset) => At(offset, 1)[0];

    /// <summary>Two bytes, the high one first.</summary>
    public int Big16(long offset) => BinaryPrimitives.ReadUInt16BigEndian(At(offset, 2));

    /// <summary>Two bytes, the low one first.</summary>
    public int Little16(long offset) => BinaryPrimitives.ReadUInt16LittleEndian(At(offset, 2));

    /// <summary>Four bytes, the high one first.</summary>
    public long Big32(long offset) => BinaryPrimitives.ReadUInt32BigEndian(At(offset, 4));

    /// <summary>Four bytes, the low one first.</summary>
    public long Little32(long offset) => BinaryPrimitives.ReadUInt32LittleEndian(At(offset, 4));

    /// <summary>Eight bytes, the high one first; what no file can hold is taken for the most that a number holds.</summary>
    public long Big64(long offset) => (long)Math.Min(BinaryPrimitives.ReadUInt64BigEndian(At(offset, 8)), long.MaxValue);

    /// <summary>Eight bytes, the low one first; what no file can hold is taken for the most that a number holds.</summary>
    public long Little64(long offset) => (long)Math.Min(BinaryPrimitives.ReadUInt64LittleEndian(At(offset, 8)), long.MaxValue);

    /// <summary>Bytes as letters, one each.</summary>
    public string Letters(long offset, int count) => Encoding.Latin1.GetString(At(offset, count));
}
