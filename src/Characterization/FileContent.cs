using Lantai.Containers;
using Microsoft.Win32.SafeHandles;
using Lantai.Words;

namespace Lantai.Characterization;

/// <summary>The bytes of one file, read at any place: from memory, from a file on disk, or from a seekable stream.</summary>
/// <remarks>Not safe for concurrent use, but for contents in memory.</remarks>
public abstract class FileContent
{
    /// <summary>Length in bytes.</summary>
    public abstract long Length { get; }

    /// <summary>The whole content when it lies in memory; else null. Nothing is read to answer.</summary>
    public virtual ReadOnlyMemory<byte>? Memory => null;

    /// <summary>Whether <see cref="HasFailed"/> is kept.</summary>
    internal virtual bool IsWatched => false;

    /// <summary>Whether the source has failed. What readers throw while it has not is about the file.</summary>
    public bool HasFailed { get; private protected set; }

    /// <summary>A content that lies in memory.</summary>
    public static FileContent Of(ReadOnlyMemory<byte> bytes) => new InMemory(bytes);

    /// <summary>A content on disk.</summary>
    /// <param name="file">An open file; stays the caller's.</param>
    public static FileContent Of(SafeFileHandle file) => new OnDisk(file);

    /// <summary>A content behind a stream that can seek.</summary>
    /// <param name="stream">Stays the caller's; its position changes.</param>
    /// <exception cref="ArgumentException">The stream cannot seek.</exception>
    public static FileContent Of(Stream stream) => stream.CanSeek ? new Seekable(stream) : throw new ArgumentException("The stream cannot seek.", nameof(stream));

    /// <summary>Reads at a place until the target is full or the content ends.</summary>
    /// <param name="offset">Where, from 0; at or beyond the end nothing is read.</param>
    /// <param name="target">Where the bytes go.</param>
    /// <returns>The number of bytes read; less than asked for only at the end.</returns>
    /// <exception cref="IOException">The source failed.</exception>
    public abstract int Read(long offset, Span<byte> target);

    /// <summary>The bytes from a place on, at most so many; fewer at the end.</summary>
    public byte[] ReadBytes(long offset, int most)
    {
        var bytes = new byte[(int)Math.Clamp(Length - offset, 0, most)];
        var count = Read(offset, bytes);
        return count == bytes.Length ? bytes : bytes[..count];
    }

    /// <summary>A new stream over the whole content, at its start. Streams of one content are not used at the same time.</summary>
    public virtual Stream OpenStream() => new ContentStream(this);

    private sealed class InMemory(ReadOnlyMemory<byte> bytes) : FileContent
    {
        internal override bool IsWatched => true;

        public override long Length => bytes.Length;

        public override ReadOnlyMemory<byte>? Memory => bytes;

        public override int Read(long offset, Span<byte> target)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(offset);
            if (offset >= bytes.Length)
            {
                return 0;
            }

            var rest = bytes.Span[(int)offset..];
            var count = Math.Min(rest.Length, target.Length);
            rest[..count].CopyTo(target);
            return count;
        }
    }

    private sealed class OnDisk(SafeFileHandle file) : FileContent
    {
        internal override bool IsWatched => true;

        public override long Length { get; } = RandomAccess.GetLength(file);

        public override int Read(long offset, Span<byte> target)
        {
            try
            {
                var total = 0;
                for (int count; total < target.Length && (count = RandomAccess.Read(file, target[total..], offset + total)) > 0;)
                {
                    total += count;
                }

                return total;
            }
            catch (IOException)
            {
                HasFailed = true;
                throw;
            }
        }
    }

    private sealed class Seekable(Stream stream) : FileContent
    {
        internal override bool IsWatched => true;

        public override long Length => stream.Length;

        public override int Read(long offset, Span<byte> target)
        {
            try
            {
                stream.Position = offset;
                return stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
            }
            catch (IOException)
            {
                HasFailed = true;
                throw;
            }
        }
    }
}

/// <summary>A content as a stream that reads and seeks.</summary>
internal sealed class ContentStream(FileContent content) : SeekableStream
{
    public override long Length => content.Length;

    public override int Read(Span<byte> buffer)
    {
        var count = Position >= content.Length ? 0 : content.Read(Position, buffer);
        Position += count;
        return count;
    }

    public override int ReadByte()
    {
        Span<byte> one = stackalloc byte[1];
        return Read(one) == 1 ? one[0] : -1;
    }
}
