using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>
/// Reads many contents one after the other with memory and open packs of its own: what a restoration of everything needs. A
/// frame is checked wholly before a byte of it comes out; a large object comes out piece by piece while it is checked.
/// </summary>
/// <remarks>Not safe for concurrent use: one for each reader. Several share their vault.</remarks>
public sealed class ContentReader : IDisposable
{
    private const int MostOpen = 64;
    private const int PieceLength = 1 << 20;

    private readonly Vault _vault;
    private readonly FrameBuffer _buffer = new();
    private readonly Dictionary<string, IDiskFile> _open = new(StringComparer.Ordinal);
    private byte[]? _piece;

    internal ContentReader(Vault vault) => _vault = vault;

    /// <summary>The bytes of a manifest root or shard, verified.</summary>
    /// <exception cref="StorageException">NotFound, or Damaged with the finding.</exception>
    public byte[] ReadManifest(Digest digest) => _vault.ReadFrame(digest, FrameKind.Manifest, _buffer, Lend).ToArray();

    /// <summary>Gives the pieces of a content in order; none for an empty one.</summary>
    /// <param name="content">Its digest.</param>
    /// <param name="piece">Takes a piece, which is good until the call returns.</param>
    /// <param name="cancellation">Stops between the pieces of a large object.</param>
    /// <exception cref="StorageException">
    /// NotFound, or Damaged with the finding. Pieces of a large object that came out before must not be kept then.
    /// </exception>
    public void Read(Digest content, Action<ReadOnlyMemory<byte>> piece, CancellationToken cancellation)
    {
        try
        {
            _vault.ReadFrame(content, FrameKind.Blob, _buffer, Lend, piece);
        }
        catch (StorageException absent) when (absent.Problem == StorageProblem.NotFound && absent.Finding is null)
        {
            ReadLarge(content, piece, cancellation);
        }
    }

    /// <summary>A batch that reads from this reader's packs.</summary>
    /// <param name="room">Its memory in bytes.</param>
    public ContentBatch NewBatch(int room) => new(_vault, Lend, room);

    /// <summary>Closes the packs and gives the memory back.</summary>
    public void Dispose()
    {
        Close();
        _buffer.Dispose();
    }

    private void ReadLarge(Digest content, Action<ReadOnlyMemory<byte>> piece, CancellationToken cancellation)
    {
        var path = StoreLayout.LargeObject(content);
        if (!_vault.Disk.Exists(path))
        {
            throw new StorageException(StorageProblem.NotFound, content.ToString(), null, Finding.Error(Codes.ContentMissing, content.ToString()));
        }

        using var file = _vault.Disk.Open(path, DiskAccess.Read);
        LargeObjectContent.Open(file, path, content).Read(_piece ??= new byte[PieceLength], hashBlocks: false, piece, null, cancellation);
    }

    // A pack that is sealed meanwhile keeps its file under another name: the open one stays good.
    private IDiskFile Lend(PackPlace pack)
    {
        if (_open.TryGetValue(pack.Path, out var file))
        {
            return file;
        }

        if (_open.Count == MostOpen)
        {
            Close();
        }

        file = _vault.OpenPackFile(pack);
        _open.Add(pack.Path, file);
        return file;
    }

    private void Close()
    {
        foreach (var file in _open.Values)
        {
            file.Dispose();
        }

        _open.Clear();
    }
}
