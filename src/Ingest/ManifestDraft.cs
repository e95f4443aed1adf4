using Lantai.ArchivalStorage;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Ingest;

/// <summary>
/// The manifest of a submission that is being read. Whether it is the same as one that is held shows at its end, and a
/// batch that is run again is made of such: so the version before, with its cuts and salts, is read only when the
/// submission turns out to be another, or to be a long one, whose entries cannot all wait.
/// </summary>
/// <param name="deposit">Takes the shards.</param>
/// <param name="findPrevious">Reads the version before; asked once at most.</param>
internal sealed class ManifestDraft(Deposit deposit, Func<PreviousVersion?> findPrevious) : IDisposable
{
    private const int MostWaiting = 1024;

    private readonly List<ManifestEntry> _waiting = [];
    private PreviousVersion? _previous;
    private ManifestWriter? _writer;

    /// <summary>Takes the next entry, in order.</summary>
    public void Add(ManifestEntry entry)
    {
        if (_writer is null && _waiting.Count < MostWaiting)
        {
            _waiting.Add(entry);
        }
        else
        {
            Write(Begin(), entry);
        }
    }

    /// <summary>Ends the manifest of a new package, or of the version that follows the one before.</summary>
    public Manifest Build()
    {
        var writer = Begin();
        return writer.Build(_previous?.Aip ?? Guid.NewGuid(), (_previous?.Version ?? 0) + 1, _previous?.Root);
    }

    public void Dispose() => _previous?.Dispose();

    private ManifestWriter Begin()
    {
        if (_writer is { } begun)
        {
            return begun;
        }

        _previous = findPrevious();
        var writer = _writer = new ManifestWriter(b => deposit.KeepManifest(b), _previous?.Cuts ?? []);
        _waiting.ForEach(e => Write(writer, e));
        _waiting.Clear();
        return writer;
    }

    private void Write(ManifestWriter writer, ManifestEntry entry) =>
        writer.Add(_previous?.SaltOf(entry) is { } salt ? entry with { Salt = salt } : entry);
}
