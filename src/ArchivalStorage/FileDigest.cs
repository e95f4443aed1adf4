using System.Security.Cryptography;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>The SHA-256 of a file's bytes, read in order with a fixed buffer.</summary>
internal static class FileDigest
{
    private const int BlockSize = 1024 * 1024;

    public static Digest Compute(IDiskFile file, long length, CancellationToken cancellation, Action<long>? progress = null)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[(int)Math.Min(BlockSize, Math.Max(1, length))];
        for (var offset = 0L; offset < length;)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = file.Read(offset, buffer.AsSpan(0, (int)Math.Min(buffer.Length, length - offset)));
            if (count == 0)
            {
                break; // shorter than it was: the digest will differ
            }

            hash.AppendData(buffer.AsSpan(0, count));
            offset += count;
            progress?.Invoke(count);
        }

        Span<byte> digest = stackalloc byte[Digest.Size];
        hash.GetHashAndReset(digest);
        return new Digest(digest);
    }
}
