using SharpCompress.Archives;
using SharpCompress.Common;
using SharpCompress.Readers;
using SharpCompress.Readers.Rar;

namespace Lantai.Containers;

/// <summary>How reading a 7z or a RAR ended.</summary>
public enum PackedEnd
{
    /// <summary>Every entry was read to its end, and matched its check value where it has one.</summary>
    Whole,

    /// <summary>An entry cannot be unpacked or is not as declared.</summary>
    Broken,

    /// <summary>More would come out than is allowed.</summary>
    TooLarge,

    /// <summary>It is packed in a way that is not read here.</summary>
    Unsupported,
}

/// <summary>Reads the contents of a 7z or a RAR once from the first to the last, to see whether they can be read: nothing is unpacked to a disk.</summary>
/// <remarks>
/// The only place that uses SharpCompress, which reads both (spec/decisions/0021-sharpcompress.md). It asks for the memory that the
/// file declares: ask <see cref="SevenZipGlance"/> or <see cref="RarGlance"/> before. Not safe for concurrent use of one stream.
/// </remarks>
public static class PackedContents
{
    private const int MostEntries = 100_000;

    /// <summary>Reads all entries.</summary>
    /// <param name="seekable">The file; stays the caller's.</param>
    /// <param name="most">How many bytes may come out.</param>
    /// <param name="use">Called with each entry's name, content and declared length; reads as much as it likes.</param>
    /// <param name="count">How many bytes came out.</param>
    /// <param name="cancellation">Stops between two reads.</param>
    /// <exception cref="IOException">The source failed.</exception>
    /// <exception cref="OperationCanceledException">Stopped on request.</exception>
    public static PackedEnd Read(Stream seekable, long most, Action<string, Stream, long> use, out long count, CancellationToken cancellation)
    {
        count = 0;
        try
        {
            var options = new ReaderOptions { LeaveStreamOpen = true };
            using var archive = IsRar(seekable) ? null : ArchiveFactory.OpenArchive(seekable, options);
            using var reader = archive?.ExtractAllEntries() ?? RarReader.OpenReader(seekable, options);
            for (var entries = 0; reader.MoveToNextEntry(); entries++)
            {
                cancellation.ThrowIfCancellationRequested();
                if (entries >= MostEntries)
                {
                    return PackedEnd.TooLarge;
                }

                if (!reader.Entry.IsDirectory && ReadOne(reader, most, use, ref count, cancellation) is { } end)
                {
                    return end;
                }
            }

            return PackedEnd.Whole;
        }
        catch (Exception other) when (other is NotSupportedException or NotImplementedException or MultiVolumeExtractionException or MultipartStreamRequiredException)
        {
            return PackedEnd.Unsupported;
        }
        catch (OutOfMemoryException)
        {
            // A length that the file declares was asked for at once; nothing else is known to be short.
            return PackedEnd.TooLarge;
        }
        catch (Exception bad) when (IsBadContent(bad))
        {
            return PackedEnd.Broken;
        }
    }

    /// <summary>
    /// Whether an exception of the library speaks of the bytes. It throws exceptions of its own and whatever a wrong index or
    /// length leads to; a source that fails throws another IOException, and that and a stop pass through.
    /// </summary>
    internal static bool IsBadContent(Exception exception) =>
        exception is EndOfStreamException or InvalidDataException
        || exception is not (IOException or OperationCanceledException or OutOfMemoryException or ContentException);

    // The library reads a 7z from its end, and a RAR that is not solid only forwards.
    private static bool IsRar(Stream seekable)
    {
        Span<byte> start = stackalloc byte[7];
        seekable.Position = 0;
        var count = seekable.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        seekable.Position = 0;
        return ContainerDetection.FindSingle(start[..count]) == ContainerKind.Rar;
    }

    private static PackedEnd? ReadOne(IReader reader, long most, Action<string, Stream, long> use, ref long count, CancellationToken cancellation)
    {
        using var content = new PackedStream(reader.OpenEntryStream(), most - count, cancellation);
        use(reader.Entry.Key ?? "", content, Math.Max(0, reader.Entry.Size));
        content.ReadRest();
        count += content.Count;
        if (content.IsTooLarge)
        {
            return PackedEnd.TooLarge;
        }

        // Zero is no check value: the format of the entry may have another or none.
        var declared = unchecked((uint)reader.Entry.Crc);
        return (declared != 0 && declared != content.Crc) || (reader.Entry.Size > 0 && reader.Entry.Size != content.Count) ? PackedEnd.Broken : null;
    }

    /// <summary>An entry's content, counted and summed up; ends where more would come than is allowed.</summary>
    private sealed class PackedStream(Stream content, long most, CancellationToken cancellation) : ForwardStream
    {
        private Crc32 _crc;

        public long Count { get; private set; }

        public uint Crc => _crc.Value;

        public bool IsTooLarge { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            cancellation.ThrowIfCancellationRequested();
            if (IsTooLarge || buffer.IsEmpty)
            {
                return 0;
            }

            var got = content.Read(buffer);
            Count += got;
            IsTooLarge = Count > most;
            _crc.Append(buffer[..got]);
            return IsTooLarge ? 0 : got;
        }

        public void ReadRest()
        {
            var buffer = new byte[1 << 16];
            while (Read(buffer) > 0)
            {
                continue;
            }
        }
    }
}
