using System.Buffers;

namespace Lantai.InformationPackages;

/// <summary>The digests of a file's content, each by one read for all algorithms.</summary>
internal static class ContentDigests
{
    /// <summary>Reads the file once.</summary>
    /// <exception cref="Containers.ContentException">The content cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    internal static Dictionary<DigestAlgorithm, byte[]> Of(PackageFile file, IEnumerable<DigestAlgorithm> algorithms, CancellationToken stop)
    {
        var meters = algorithms.Distinct().ToDictionary(a => a, a => a.Begin());
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            using var content = file.OpenRead();
            for (int got; (got = content.Read(buffer, 0, buffer.Length)) > 0;)
            {
                stop.ThrowIfCancellationRequested();
                foreach (var meter in meters.Values)
                {
                    meter.Append(buffer.AsSpan(0, got));
                }
            }

            return meters.ToDictionary(m => m.Key, m => m.Value.Finish());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            foreach (var meter in meters.Values)
            {
                meter.Dispose();
            }
        }
    }
}
