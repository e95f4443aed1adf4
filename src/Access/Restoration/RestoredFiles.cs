using Lantai.ArchivalStorage;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Access.Restoration;

/// <summary>
/// Files on their way out whose contents are verified together, whatever versions they belong to. None is written before that.
/// </summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class RestoredFiles(ContentReader reader, int room)
{
    private readonly ContentBatch _batch = reader.NewBatch(room);
    private readonly List<(RestoredVersion Version, ManifestEntry Entry, EntryName Place)> _waiting = [];

    /// <summary>Takes a file: it is written now, or waits for others.</summary>
    /// <exception cref="IOException">The target cannot be written, or the store's disk failed as a whole.</exception>
    public void Add(RestoredVersion version, ManifestEntry entry, EntryName place, CancellationToken cancellation)
    {
        var answer = _batch.Add(entry.Content!.Value);
        if (answer == BatchAnswer.Full)
        {
            Write(cancellation);
            answer = _batch.Add(entry.Content.Value);
        }

        if (answer == BatchAnswer.Waits)
        {
            version.Waiting++;
            _waiting.Add((version, entry, place));
        }
        else
        {
            version.ReadFile(entry, place, cancellation);
        }
    }

    /// <summary>Verifies all that wait, and writes them. One whose bytes are not what they should be is read again, alone.</summary>
    /// <exception cref="IOException">The target cannot be written, or the store's disk failed as a whole.</exception>
    public void Write(CancellationToken cancellation)
    {
        _batch.Compare();
        for (var i = 0; i < _waiting.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var (version, entry, place) = _waiting[i];
            if (_batch.TryGet(i, out var bytes))
            {
                version.WriteFile(entry, place, bytes);
            }
            else
            {
                version.ReadFile(entry, place, cancellation);
            }

            version.Waiting--;
        }

        _waiting.Clear();
        _batch.Clear();
    }
}
