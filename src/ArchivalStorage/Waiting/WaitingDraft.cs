using System.Security.Cryptography;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>
/// A file in the waiting room while it is written. Until <see cref="Commit"/> its key is nowhere but in memory: what a crash leaves
/// cannot be read by anybody.
/// </summary>
/// <remarks>Not safe for concurrent use. spec/formats/waiting.md.</remarks>
public sealed class WaitingDraft : IDisposable
{
    private readonly IDisk _disk;
    private readonly WaitingKeys _keys;
    private readonly Digest _name;
    private readonly (DateTimeOffset Since, DateTimeOffset Until) _span;
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(WaitingHeader.KeySize);
    private readonly AesGcm _cipher;
    private readonly byte[] _clear = new byte[WaitingHeader.ChunkSize];
    private readonly byte[] _sealed = new byte[WaitingHeader.ChunkSize + WaitingHeader.TagSize];
    private readonly string _temporary;
    private IDiskFile? _file;
    private bool _isNamed;
    private int _filled;
    private long _chunk;
    private long _length;

    internal WaitingDraft(IDisk disk, WaitingKeys keys, Digest name, DateTimeOffset since, DateTimeOffset until)
    {
        (_disk, _keys, _name, _span) = (disk, keys, name, (since, until));
        _cipher = new AesGcm(_key, WaitingHeader.TagSize);
        _temporary = StoreLayout.WaitingFile(name) + WaitingRoom.Unfinished;
        disk.Delete(_temporary); // left by an attempt that failed
        _file = disk.Open(_temporary, DiskAccess.CreatePrivate);
    }

    /// <summary>Takes the next bytes.</summary>
    /// <exception cref="StorageException">The disk failed.</exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        ObjectDisposedException.ThrowIf(_file is null, this);
        while (bytes.Length > 0)
        {
            if (_filled == _clear.Length)
            {
                WriteChunk();
            }

            var count = Math.Min(bytes.Length, _clear.Length - _filled);
            bytes[..count].CopyTo(_clear.AsSpan(_filled));
            (_filled, _length) = (_filled + count, _length + count);
            bytes = bytes[count..];
        }
    }

    /// <summary>Ends the file and gives it its name: it is durable on return.</summary>
    /// <exception cref="StorageException">The disk failed, or a file of this name is there: nothing more is held than before.</exception>
    public void Commit()
    {
        ObjectDisposedException.ThrowIf(_file is null, this);
        WriteChunk();
        var header = new WaitingHeader(_span.Since, _span.Until, _length);
        _file.Write(0, header.Write(_keys.Wrap, _name, _key, RandomNumberGenerator.GetBytes(12)));
        _file.Sync();
        _file.Dispose();
        _file = null;
        _disk.Link(_temporary, StoreLayout.WaitingFile(_name));
        _isNamed = true;
        _disk.Delete(_temporary);
    }

    /// <summary>Wipes what was in memory, and removes the file when it was not committed.</summary>
    public void Dispose()
    {
        _cipher.Dispose();
        CryptographicOperations.ZeroMemory(_key);
        CryptographicOperations.ZeroMemory(_clear);
        _file?.Dispose();
        _file = null;
        if (!_isNamed)
        {
            try
            {
                _isNamed = true;
                _disk.Delete(_temporary);
            }
            catch (StorageException)
            {
                // The next opening of the store removes it.
            }
        }
    }

    private void WriteChunk()
    {
        Span<byte> nonce = stackalloc byte[12];
        WaitingHeader.NonceOf(_chunk, nonce);
        _cipher.Encrypt(nonce, _clear.AsSpan(0, _filled), _sealed.AsSpan(0, _filled), _sealed.AsSpan(_filled, WaitingHeader.TagSize));
        _file!.Write(WaitingHeader.Size + (_chunk * (WaitingHeader.ChunkSize + WaitingHeader.TagSize)), _sealed.AsSpan(0, _filled + WaitingHeader.TagSize));
        (_chunk, _filled) = (_chunk + 1, 0);
    }
}
