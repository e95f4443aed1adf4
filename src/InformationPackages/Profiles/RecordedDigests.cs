using System.Buffers;
using Lantai.Containers;

namespace Lantai.InformationPackages;

/// <summary>Where a digest or length of a file is recorded, and under which codes it is told that it is wrong.</summary>
/// <param name="File">The file that records it.</param>
/// <param name="At">The XPath there.</param>
/// <param name="WrongDigest">The code for a digest.</param>
/// <param name="WrongLength">The code for a length.</param>
internal readonly record struct RecordedPlace(string File, string At, string WrongDigest, string WrongLength);

/// <summary>
/// What a package records of the bytes of its files. Everything is gathered first; then each file is read once and compared with all that
/// is recorded of it, whoever recorded it.
/// </summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class RecordedDigests(PackageFindings findings)
{
    private readonly Dictionary<string, List<(RecordedPlace Place, DigestAlgorithm Algorithm, byte[] Digest)>> _digests = new(StringComparer.Ordinal);

    /// <summary>How many digests were compared.</summary>
    internal long Compared { get; private set; }

    /// <summary>Takes a digest; one of an unknown algorithm or that is no digest of it is told at once.</summary>
    /// <param name="path">The file, from the root of the package.</param>
    /// <param name="place">Where it is recorded.</param>
    /// <param name="algorithm">The algorithm as written.</param>
    /// <param name="digest">The digest as written.</param>
    /// <param name="algorithmAt">Where the algorithm is written.</param>
    internal void Add(string path, RecordedPlace place, string algorithm, string digest, string algorithmAt)
    {
        if (DigestAlgorithm.Find(algorithm) is not { } known)
        {
            findings.Error("PKG-034", place.File, algorithmAt, "group-1-1", "digest-algorithms", algorithm);
            return;
        }

        var bytes = new byte[known.Size];
        if (digest.Length != known.Size * 2 || Convert.FromHexString(digest, bytes, out _, out _) != OperationStatus.Done)
        {
            findings.Error("PKG-048", place.File, place.At, "group-1-2", known.Name, digest);
            return;
        }

        if (known.Name is "md5" or "sha1")
        {
            findings.Warning("PKG-059", place.File, place.At, "group-1-1", "digest-algorithms", known.Name);
        }

        if (!_digests.TryGetValue(path, out var recorded))
        {
            _digests[path] = recorded = [];
        }

        recorded.Add((place, known, bytes));
    }

    /// <summary>Compares a recorded length with the file.</summary>
    internal void Compare(PackageFile file, RecordedPlace place, long length)
    {
        if (file.Length != length)
        {
            findings.Error(place.WrongLength, place.File, place.At, "group-1-3", Text(file.Length), Text(length));
        }
    }

    /// <summary>Reads each file that something is recorded of, once.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    internal void Verify(PackageTree package, CancellationToken stop)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            foreach (var file in package.Files)
            {
                if (_digests.TryGetValue(file.Path, out var recorded))
                {
                    Verify(file, recorded, buffer, stop);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Verify(PackageFile file, List<(RecordedPlace Place, DigestAlgorithm Algorithm, byte[] Digest)> recorded, byte[] buffer, CancellationToken stop)
    {
        var meters = recorded.Select(r => r.Algorithm).Distinct().ToDictionary(a => a, a => a.Begin());
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

            var found = meters.ToDictionary(m => m.Key, m => m.Value.Finish());
            Compared += recorded.Count;
            Tell(file, [.. recorded.Where(r => !found[r.Algorithm].AsSpan().SequenceEqual(r.Digest))], recorded, found);
        }
        catch (ContentException bad)
        {
            findings.Add(bad.Finding);
        }
        finally
        {
            foreach (var meter in meters.Values)
            {
                meter.Dispose();
            }
        }
    }

    /// <summary>Where lists made apart from each other all disagree with the bytes, it is the bytes that changed.</summary>
    private void Tell(
        PackageFile file, List<(RecordedPlace Place, DigestAlgorithm Algorithm, byte[] Digest)> wrong,
        List<(RecordedPlace Place, DigestAlgorithm Algorithm, byte[] Digest)> recorded, Dictionary<DigestAlgorithm, byte[]> found)
    {
        if (wrong.Count == recorded.Count && recorded.Select(r => r.Place.File).Distinct().Count() > 1)
        {
            findings.Error("PKG-053", file.Path, "", "group-1-1", Hex(wrong[0].Digest), Hex(found[wrong[0].Algorithm]));
            return;
        }

        foreach (var (place, algorithm, digest) in wrong)
        {
            findings.Error(place.WrongDigest, place.File, place.At, "group-1-1", Hex(found[algorithm]), Hex(digest));
        }
    }

    private static string Hex(byte[] digest) => Convert.ToHexStringLower(digest);

    private static string Text(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
