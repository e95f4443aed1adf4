using System.Collections.Concurrent;
using Lantai.ArchivalStorage;
using Lantai.Containers;
using Lantai.InformationPackages;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Inspection.Storage;

/// <summary>The contents of a stored version: opened like those of any package, and each remembered as reading found it.</summary>
/// <param name="vault">The store.</param>
/// <param name="copy">The id of the copy.</param>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class StoredContents(Vault vault, string copy)
{
    private readonly ConcurrentDictionary<ManifestEntry, (FixityState State, Finding? Trouble)> _seen = new(ReferenceEqualityComparer.Instance);

    /// <summary>The file of an entry, to be read from the store.</summary>
    public PackageFile FileOf(ManifestEntry entry) => new(entry.Name, entry.Length, () => Open(entry), entry.Modified);

    /// <summary>Reads what nobody has read to its end yet: an own entry of the store, or a file that nobody asked for.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public void Finish(IEnumerable<ManifestEntry> entries, CancellationToken stop)
    {
        var buffer = new byte[1 << 16];
        foreach (var entry in entries.Where(e => !_seen.ContainsKey(e)))
        {
            try
            {
                using var content = Open(entry);
                while (content.Read(buffer) > 0)
                {
                    stop.ThrowIfCancellationRequested();
                }
            }
            catch (ContentException)
            {
                // remembered where it happened
            }
        }
    }

    /// <summary>An entry's content as it was found.</summary>
    public StoredPiece PieceOf(ManifestEntry entry)
    {
        var (state, trouble) = _seen.GetValueOrDefault(entry, (FixityState.NotChecked, null));
        var place = vault.PlaceFor(entry.Content!.Value, FrameKind.Blob);
        return new StoredPiece(copy, StoredPieceKind.Content, entry.Name.Display, entry.Content.Value, place.Path, place.Problem, state, trouble);
    }

    private WatchedStream Open(ManifestEntry entry)
    {
        try
        {
            return new WatchedStream(vault.OpenContent(entry.Content!.Value), entry.Length, () => Verified(entry), problem => Bad(entry, problem));
        }
        catch (StorageException problem) when (StoredTrouble.StateOf(problem) is not null)
        {
            throw Bad(entry, problem);
        }
    }

    private void Verified(ManifestEntry entry) => _ = _seen.TryAdd(entry, (FixityState.Verified, null));

    /// <summary>Bad once is bad: a reading that succeeds later says that the medium is not to be trusted, not that all is well.</summary>
    private Exception Bad(ManifestEntry entry, StorageException problem)
    {
        if (StoredTrouble.StateOf(problem) is not { } state)
        {
            return problem;
        }

        var trouble = StoredTrouble.Of(problem);
        _seen[entry] = (state, trouble);
        return new ContentException(Finding.Error("INS-503", entry.Name.Display, ("cause", trouble.Code), ("expected", entry.Content!.Value)), problem);
    }

    /// <summary>A content that tells when it was read to its end, and why it could not be.</summary>
    private sealed class WatchedStream(Stream content, long length, Action verified, Func<StorageException, Exception> bad) : Stream
    {
        private long _read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position
        {
            get => _read;
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            try
            {
                var count = content.Read(buffer);
                _read += count;
                if (_read == length || (count == 0 && buffer.Length > 0))
                {
                    verified(); // the store lets no byte out that was not checked, and the last ones only when the whole agreed
                }

                return count;
            }
            catch (StorageException problem)
            {
                throw bad(problem);
            }
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                content.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
