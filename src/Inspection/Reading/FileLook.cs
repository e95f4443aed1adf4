using Lantai.Characterization;
using Lantai.Containers;
using Lantai.InformationPackages;
using Lantai.Words;

namespace Lantai.Inspection.Reading;

/// <summary>Looks at the files of a package, each once: its digest, its format and what is inside it.</summary>
/// <param name="package">The package.</param>
/// <param name="characterizer">Looks at files.</param>
/// <param name="findings">Takes what could not be read, each fault once.</param>
/// <remarks>Made for one thread.</remarks>
internal sealed class FileLook(OpenedPackage package, FileCharacterizer characterizer, List<Finding> findings)
{
    /// <summary>Looks at a file.</summary>
    /// <exception cref="IOException">The disk failed, which says nothing of the file.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    internal InspectedFile Look(PackageFile file, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        try
        {
            var content = package.ContentOf(file);
            return content.Memory() is { } memory ? Look(file, memory, content.Digest()!.Value, stop) : LookAtLong(file, stop);
        }
        catch (ContentException bad)
        {
            if (!findings.Contains(bad.Finding))
            {
                findings.Add(bad.Finding);
            }

            return new InspectedFile(file.Path, file.Length, null, null);
        }
    }

    private InspectedFile Look(PackageFile file, ReadOnlyMemory<byte> memory, Digest digest, CancellationToken stop) =>
        Look(file, FileContent.Of(memory), digest, stop);

    private InspectedFile Look(PackageFile file, FileContent content, Digest digest, CancellationToken stop)
    {
        var character = characterizer.Characterize(content, file.Path, digest, stop);
        return new InspectedFile(file.Path, file.Length, digest, character) { Seals = PdfSeals.Check(content, character, stop) };
    }

    /// <summary>A content that there was no room for is read once for its digest, and then again by whoever looks into it.</summary>
    private InspectedFile LookAtLong(PackageFile file, CancellationToken stop)
    {
        var digest = new Digest(PackageDigest.OfOne(file, DigestAlgorithm.Find("sha256")!, stop));
        using var given = file.OpenRead();
        using var content = given.CanSeek ? given : new ReopenedStream(file.OpenRead, file.Length);
        try
        {
            return Look(file, FileContent.Of(content), digest, stop);
        }
        catch (TooOftenReopenedException)
        {
            return new InspectedFile(file.Path, file.Length, digest, null);
        }
    }
}
