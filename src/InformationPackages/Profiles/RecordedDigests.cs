using System.Buffers;
using Lantai.Containers;

namespace Lantai.InformationPackages;

/// <summary>Under which codes it is told what is wrong with a recorded digest or length, and of which file.</summary>
/// <param name="UnknownAlgorithm">The code for an algorithm that nobody knows.</param>
/// <param name="NoDigest">The code for what is no digest of its algorithm.</param>
/// <param name="WrongDigest">The code for a digest of other bytes.</param>
/// <param name="WrongLength">The code for a wrong length.</param>
/// <param name="IsOfContent">Whether a wrong digest or length is told of the file itself, with what is recorded as what was expected of it; else of the file that records it.</param>
internal sealed record DigestCodes(string UnknownAlgorithm, string NoDigest, string WrongDigest, string WrongLength, bool IsOfContent = false);

/// <summary>Where a digest or length of a file is recorded.</summary>
/// <param name="File">The file that records it.</param>
/// <param name="At">The XPath there.</param>
/// <param name="Codes">How it is told that it is wrong.</param>
internal readonly record struct RecordedPlace(string File, string At, DigestCodes Codes);

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
            findings.Error(place.Codes.UnknownAlgorithm, place.File, algorithmAt, "group-1-1", "digest-algorithms", algorithm);
            return;
        }

        var bytes = new byte[known.Size];
        if (digest.Length != known.Size * 2 || Convert.FromHexString(digest, bytes, out _, out _) != OperationStatus.Done)
        {
            findings.Error(place.Codes.NoDigest, place.File, place.At, "group-1-2", known.Name, digest);
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
            findings.Error(place.Codes.WrongLength, place.Codes.IsOfContent ? file.Path : place.File, place.At, "group-1-3", Text(file.Length), Text(length));
        }
    }

    /// <summary>Reads each file that something is recorded of, once.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    internal void Verify(PackageTree package, CancellationToken stop)
    {
        foreach (var file in package.Files)
        {
            if (_digests.TryGetValue(file.Path, out var recorded))
            {
                Verify(file, recorded, stop);
            }
        }
    }

    private void Verify(PackageFile file, List<(RecordedPlace Place, DigestAlgorithm Algorithm, byte[] Digest)> recorded, CancellationToken stop)
    {
        try
        {
            var found = ContentDigests.Of(file, recorded.Select(r => r.Algorithm), stop);
            Compared += recorded.Count;
            Tell(file, [.. recorded.Where(r => !found[r.Algorithm].AsSpan().SequenceEqual(r.Digest))], recorded, found);
        }
        catch (ContentException bad)
        {
            findings.Add(bad.Finding);
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
            if (place.Codes.IsOfContent)
            {
                findings.Error(place.Codes.WrongDigest, file.Path, place.At, "group-1-1", Hex(digest), Hex(found[algorithm]));
            }
            else
            {
                findings.Error(place.Codes.WrongDigest, place.File, place.At, "group-1-1", Hex(found[algorithm]), Hex(digest));
            }
        }
    }

    private static string Hex(byte[] digest) => Convert.ToHexStringLower(digest);

    private static string Text(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
