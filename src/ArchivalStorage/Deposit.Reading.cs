using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <content>Contents on their way from the source to frames: read, hashed together with others, kept.</content>
public sealed partial class Deposit
{
    /// <summary>Bytes of the longest content that is worth waiting for others.</summary>
    public const int Short = 1 << 20;

    /// <summary>
    /// Reads a content that is short, to be kept by <see cref="KeepAllAsync"/> with others, in the order of reading. Its memory
    /// is lent until then.
    /// </summary>
    /// <param name="content">The bytes; read to their end with calls of up to 1 MiB.</param>
    /// <param name="expectedLength">At most <see cref="Short"/>; a hint, not a promise: one that turns out large is kept at once.</param>
    /// <param name="observers">See every block as it is read.</param>
    /// <param name="cancellation">Stops between blocks.</param>
    /// <exception cref="StorageException">The disk failed.</exception>
    public ReadContent Read(Stream content, long expectedLength, IReadOnlyList<IByteObserver> observers, CancellationToken cancellation)
    {
        ThrowIfEnded();
        ArgumentOutOfRangeException.ThrowIfGreaterThan(expectedLength, Short);
        return ReadWhole(content, expectedLength, observers, cancellation);
    }

    /// <summary>Keeps contents that were read, and lets their memory go, whatever happens.</summary>
    /// <param name="contents">What <see cref="Read"/> gave.</param>
    /// <param name="together">The contents of other deposits to compute digests with; null for these alone.</param>
    /// <param name="cancellation">Heeded between contents.</param>
    /// <exception cref="StorageException">The disk failed.</exception>
    public async Task<IReadOnlyList<KeptContent>> KeepAllAsync(IReadOnlyList<ReadContent> contents, DigestGroup? together, CancellationToken cancellation)
    {
        try
        {
            var kept = new KeptContent[contents.Count];
            foreach (var content in contents)
            {
                content.WantsSm3 = WithSm3;
            }

            var digests = together is null ? DigestGroup.Compute(contents) : await together.DigestAsync(contents).ConfigureAwait(false);
            ThrowIfEnded();
            for (var i = 0; i < kept.Length; i++)
            {
                await MakeRoomAsync(cancellation).ConfigureAwait(false);
                kept[i] = Keep(contents[i], digests[i]);
                await SpillIfCrowdedAsync(cancellation).ConfigureAwait(false);
            }

            return kept;
        }
        finally
        {
            foreach (var content in contents)
            {
                content.Dispose();
            }
        }
    }

    /// <summary>Reads a content into memory; one that turns out to be large goes on to staging and is kept.</summary>
    private ReadContent ReadWhole(Stream content, long? expectedLength, IReadOnlyList<IByteObserver> observers, CancellationToken cancellation)
    {
        var limit = _vault.Descriptor.LargeFrom;
        ContentBuffer? buffer = new(expectedLength ?? ReadSize, limit);
        try
        {
            while (buffer.Length < limit)
            {
                cancellation.ThrowIfCancellationRequested();
                var room = buffer.Room();
                var count = content.Read(room[..Math.Min(room.Length, ReadSize)]);
                if (count == 0)
                {
                    var whole = new ReadContent(buffer, observers);
                    buffer = null;
                    return whole;
                }

                Show(observers, room[..count]);
                buffer.Advance(count);
            }

            return new ReadContent(KeepLarge(content, buffer.Written, observers, cancellation));
        }
        finally
        {
            buffer?.Dispose();
        }
    }

    /// <summary>Takes what was read: a frame is made of it unless its bytes are held.</summary>
    private KeptContent Keep(ReadContent content, Digest digest)
    {
        if (content.Kept is { } already)
        {
            return already;
        }

        ShowWhole(content.Observers, digest, content.Bytes);
        var kept = new KeptContent(digest, content.Length, null) { Sm3 = content.Sm3 };
        if (_seen.Add(digest, FrameKind.Blob) && !_vault.IsHeldFor(_group, digest, FrameKind.Blob))
        {
            var bytes = content.Bytes;
            Add(Frame.Prepare(FrameKind.Blob, bytes, digest, content.TakeBuffer(), FramePool.Instance)); // the frame gives the buffer back
        }

        content.Dispose();
        return kept;
    }
}
