using System.Security.Cryptography;
using Lantai.Words;

namespace Lantai.InformationPackages;

/// <summary>
/// The digests of files that passed by before anybody knew what is declared for them: SHA-256 of all, and of small ones
/// SHA-512, SHA-1 and MD5 as well, which together are what bags declare. Room for further digests is bounded; a file that
/// has none here is read a second time if it must be.
/// </summary>
internal sealed class StreamedDigests
{
    /// <summary>Up to this length all four are computed.</summary>
    internal const long SmallFile = 4 << 20;

    private const int MostRows = 1 << 17;
    private const int BlockRows = 4096;
    private const int RowSize = SHA512.HashSizeInBytes + SHA1.HashSizeInBytes + MD5.HashSizeInBytes;

    private readonly List<Digest[]> _contents = [];
    private readonly List<byte[]> _further = [];
    private readonly Dictionary<int, int> _rowOf = [];

    internal bool HasRoom => _rowOf.Count < MostRows;

    internal Digest this[int row]
    {
        get => _contents[row / BlockRows][row % BlockRows];
        set
        {
            while (_contents.Count <= row / BlockRows)
            {
                _contents.Add(new Digest[BlockRows]);
            }

            _contents[row / BlockRows][row % BlockRows] = value;
        }
    }

    /// <summary>Keeps the further digests of a file.</summary>
    internal void Add(int row, IncrementalHash sha512, IncrementalHash sha1, IncrementalHash md5)
    {
        var place = _rowOf.Count;
        if (place % BlockRows == 0)
        {
            _further.Add(new byte[BlockRows * RowSize]);
        }

        _rowOf.Add(row, place);
        var target = _further[^1].AsSpan(place % BlockRows * RowSize, RowSize);
        _ = sha512.GetHashAndReset(target);
        _ = sha1.GetHashAndReset(target[SHA512.HashSizeInBytes..]);
        _ = md5.GetHashAndReset(target[(SHA512.HashSizeInBytes + SHA1.HashSizeInBytes)..]);
    }

    /// <summary>A digest that is known of a file; empty when it is not.</summary>
    internal ReadOnlySpan<byte> Find(int row, DigestAlgorithm algorithm)
    {
        if (algorithm.Name == "sha256")
        {
            return this[row].ToArray();
        }

        if (!_rowOf.TryGetValue(row, out var place))
        {
            return [];
        }

        var known = _further[place / BlockRows].AsSpan(place % BlockRows * RowSize, RowSize);
        return algorithm.Name switch
        {
            "sha512" => known[..SHA512.HashSizeInBytes],
            "sha1" => known.Slice(SHA512.HashSizeInBytes, SHA1.HashSizeInBytes),
            "md5" => known[^MD5.HashSizeInBytes..],
            _ => [],
        };
    }
}
