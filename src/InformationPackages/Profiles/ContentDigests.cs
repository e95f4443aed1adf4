using System.Buffers;
using Lantai.Containers;
using Lantai.Words;

namespace Lantai.InformationPackages;

/// <summary>The digests of a file's content, each by one read for all algorithms.</summary>
internal static class ContentDigests
{
    /// <summary>The digest of the contents of several files, one joined to the other.</summary>
    /// <exception cref="ContentException">A content cannot be read, or is not as long as it was found at opening.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    internal static byte[] OfAll(IEnumerable<PackageFile> files, DigestAlgorithm algorithm, CancellationToken stop)
    {
        using var meter = algorithm.Begin();
        foreach (var file in files)
        {
            Read(file, [meter], stop);
        }

        return meter.Finish();
    }

    /// <summary>Reads the file once.</summary>
    /// <exception cref="ContentException">The content cannot be read, or is not as long as it was found at opening.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    internal static Dictionary<DigestAlgorithm, byte[]> Of(PackageFile file, IEnumerable<DigestAlgorithm> algorithms, CancellationToken stop)
    {
        var meters = algorithms.Distinct().ToDictionary(a => a, a => a.Begin());
        try
        {
            Read(file, meters.Values, stop);
            return meters.ToDictionary(m => m.Key, m => m.Value.Finish());
        }
        finally
        {
            foreach (var meter in meters.Values)
            {
                meter.Dispose();
            }
        }
    }

    private static void Read(PackageFile file, IReadOnlyCollection<DigestMeter> meters, CancellationToken stop)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            var length = 0L;
            using var content = file.OpenRead();
            for (int got; (got = content.Read(buffer, 0, buffer.Length)) > 0; length += got)
            {
                stop.ThrowIfCancellationRequested();
                foreach (var meter in meters)
                {
                    meter.Append(buffer.AsSpan(0, got));
                }
            }

            // A digest beside a length of other bytes would be of no file at all.
            if (length != file.Length)
            {
                throw new ContentException(Finding.Error("SIP-010", file.Path));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
