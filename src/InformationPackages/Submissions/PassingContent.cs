using System.Security.Cryptography;
using Lantai.Containers;

namespace Lantai.InformationPackages;

/// <summary>Reads the content of entries that pass by, and takes from the same bytes what may be asked for later: digests and tag files.</summary>
/// <remarks>Not safe for concurrent use. One is used for a whole pass, so that its hashes are made once.</remarks>
internal sealed class PassingContent(StreamedDigests digests, Dictionary<int, byte[]> tagFiles) : IDisposable
{
    private const long LargestTagFile = 16 << 20;
    private const long MostTagBytes = 64 << 20;

    private readonly StreamedDigests _digests = digests;
    private readonly Dictionary<int, byte[]> _tagFiles = tagFiles;
    private readonly IncrementalHash _sha512 = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
    private readonly IncrementalHash _sha1 = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
    private readonly IncrementalHash _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
    private long _tagBytes;

    internal Stream Open(ContainerPass pass, int row)
    {
        if (pass.Length is not { } length)
        {
            return pass.OpenContent(); // one compressed file is no bag
        }

        var slashes = pass.Name.Count((byte)'/');
        var isTagFile = slashes <= 1 && pass.Name.EndsWith(".txt"u8) && length <= LargestTagFile && length <= MostTagBytes - _tagBytes;
        var isListable = slashes <= 1 || pass.Name.StartsWith("data/"u8) || pass.Name[(pass.Name.IndexOf((byte)'/') + 1)..].StartsWith("data/"u8);
        var isDigested = isListable && length <= StreamedDigests.SmallFile && _digests.HasRoom;
        _tagBytes += isTagFile ? length : 0;
        return isTagFile || isDigested
            ? new Content(this, row, length, pass.OpenContent(), isDigested, isTagFile ? new byte[length] : null)
            : pass.OpenContent();
    }

    public void Dispose()
    {
        _sha512.Dispose();
        _sha1.Dispose();
        _md5.Dispose();
    }

    /// <summary>Drops what a content left behind that nobody read to its end.</summary>
    private void Reset()
    {
        Span<byte> dropped = stackalloc byte[SHA512.HashSizeInBytes];
        _ = _sha512.GetHashAndReset(dropped) + _sha1.GetHashAndReset(dropped) + _md5.GetHashAndReset(dropped);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        _sha512.AppendData(bytes);
        _sha1.AppendData(bytes);
        _md5.AppendData(bytes);
    }

    private sealed class Content : ForwardStream
    {
        private readonly PassingContent _passing;
        private readonly int _row;
        private readonly Stream _inner;
        private readonly byte[]? _tagFile;
        private bool _isDigested;
        private long _read;

        internal Content(PassingContent passing, int row, long length, Stream inner, bool isDigested, byte[]? tagFile)
        {
            (_passing, _row, Length, _inner, _isDigested, _tagFile) = (passing, row, length, inner, isDigested, tagFile);
            if (isDigested)
            {
                passing.Reset();
            }
        }

        public override long Length { get; }

        public override int Read(Span<byte> buffer)
        {
            var got = _inner.Read(buffer);
            if (_tagFile is not null)
            {
                buffer[..got].CopyTo(_tagFile.AsSpan((int)_read));
            }

            _read += got;
            if (_isDigested)
            {
                _passing.Append(buffer[..got]);
            }

            if (_read == Length)
            {
                Keep();
            }

            return got;
        }

        private void Keep()
        {
            if (_tagFile is not null)
            {
                _passing._tagFiles[_row] = _tagFile;
            }

            if (_isDigested)
            {
                _isDigested = false;
                _passing._digests.Add(_row, _passing._sha512, _passing._sha1, _passing._md5);
            }
        }
    }
}
