using Lantai.Characterization;
using Lantai.Characterization.Examination;
using Lantai.Containers;
using Lantai.InformationPackages;
using Lantai.Inspection.Reading;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>
/// Searches a package for marks of state secrets before anything of it is kept: names first, then metadata, then the text
/// layers of all files. What it gives holds rules and places, and no word of the package.
/// </summary>
/// <param name="limits">How much looking into one file may cost.</param>
/// <param name="time">The clock by which the whole search is bounded.</param>
/// <remarks>Safe for concurrent use. Nothing is written anywhere. Article 15; R15-1, R15-2; spec/formats/inspection.md.</remarks>
public sealed class SecretSearch(ExaminationLimits limits, TimeProvider time)
{
    // Whoever says so might read it to its end another time.
    private static readonly string[] Passing = ["too-slow", "reader-failed"];

    private const int SlowFiles = 3;
    private const long BytesOfSecond = 8L << 20;
    private const int FilesOfSecond = 20;

    private static readonly string[] Metadata = [".xml", ".json", ".csv", ".txt"];

    /// <summary>Searches a package; it ends with the first mark, of which it tells alone.</summary>
    /// <param name="tree">The package, open.</param>
    /// <param name="stop">Stops the work.</param>
    /// <exception cref="IOException">The source failed, which says nothing of the package.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public SecretFacts Search(PackageTree tree, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(tree);
        return Search(tree, [], static _ => null, new Remembered<Digest, IReadOnlyList<string>>(1), stop);
    }

    /// <summary>The same, with what is remembered of contents that were searched before.</summary>
    /// <param name="tree">The package, open.</param>
    /// <param name="comments">What people wrote beside its container.</param>
    /// <param name="digestOf">The digest of a file's content; null when it is not at hand.</param>
    /// <param name="searched">Contents that were searched with the same limits and are silent: no mark, no doubt; and why something of each could not be read.</param>
    /// <param name="stop">Stops the work.</param>
    internal SecretFacts Search(PackageTree tree, IEnumerable<string> comments, Func<PackageFile, Digest?> digestOf, Remembered<Digest, IReadOnlyList<string>> searched, CancellationToken stop)
    {
        var found = new SecretFindings(tree.Files.Count);
        SearchNames(tree, found);
        _ = found.Mark is null && comments.All(c => found.Take(new TextPiece(c, TextRole.Body, "comment", 0)));
        var (begun, most) = (time.GetTimestamp(), MostTime(tree));
        foreach (var (file, number) in InOrder(tree))
        {
            if (found.Mark is not null)
            {
                break;
            }

            stop.ThrowIfCancellationRequested();
            if (time.GetElapsedTime(begun) >= most)
            {
                found.Miss(file.Path, "too-slow");
                continue;
            }

            SearchFile(file, number, found, digestOf, searched, stop);
        }

        _ = found.End();
        return found.Mark is { } mark
            ? new SecretFacts([mark], [], [])
            : new SecretFacts([], found.Doubts, found.NotSearched) { Searched = tree.Files.Count - found.NotSearched.DistinctBy(f => f.Key).Count() };
    }

    // A few files may be slow, and what is large may take long; a package of nothing but slow files ends the search all the same.
    private TimeSpan MostTime(PackageTree tree) =>
        (limits.MaxTime * SlowFiles) + TimeSpan.FromSeconds((tree.Bytes / BytesOfSecond) + (tree.Files.Count / FilesOfSecond));

    /// <summary>Searches the names that are known of a package that cannot be opened.</summary>
    /// <returns>The first mark; null when there is none in them, which says nothing of the contents.</returns>
    public static SecretFacts? SearchNames(IEnumerable<string> names)
    {
        var found = new SecretFindings(0);
        found.Begin(0);
        _ = names.All(n => found.Take(Named(n))) && found.End();
        return found.Mark is { } mark ? new SecretFacts([mark], [], []) : null;
    }

    private static void SearchNames(PackageTree tree, SecretFindings found)
    {
        found.Begin(0);
        _ = found.Take(Named(tree.Name)) && found.Take(Named(tree.Wrapper)) && tree.EmptyFolders.All(f => found.Take(Named(f.Display)));
        for (var i = 0; i < tree.Files.Count && found.Mark is null; i++)
        {
            found.Begin(i + 1);
            _ = found.Take(Named(tree.Files[i].Path));
        }

        if (found.End())
        {
            found.Begin(0);
        }
    }

    private static TextPiece Named(string name) => new(name, TextRole.Name, "name", 0);

    // What describes the package tells soonest.
    private static IEnumerable<(PackageFile File, int Number)> InOrder(PackageTree tree) =>
        tree.Files.Select((f, i) => (f, i + 1)).OrderBy(f => Metadata.Any(m => f.f.Path.EndsWith(m, StringComparison.OrdinalIgnoreCase)) ? 0 : 1);

    private void SearchFile(PackageFile file, int number, SecretFindings found, Func<PackageFile, Digest?> digestOf, Remembered<Digest, IReadOnlyList<string>> searched, CancellationToken stop)
    {
        found.Begin(number);
        try
        {
            var digest = digestOf(file);
            var reasons = digest is { } known ? searched.Find(known) : null;
            if (reasons is null)
            {
                reasons = SearchContent(file, found, stop);
                _ = found.End();
                if (digest is { } read && found.IsSilent && !reasons.Any(Passing.Contains))
                {
                    _ = searched.Keep(read, reasons);
                }
            }

            foreach (var why in reasons)
            {
                found.Miss(file.Path, why);
            }
        }
        catch (ContentException)
        {
            found.Miss(file.Path, "broken"); // that it cannot be read is told by the reading of the package too
        }
        catch (TooOftenReopenedException)
        {
            found.Miss(file.Path, "too-much");
        }
    }

    private IReadOnlyList<string> SearchContent(PackageFile file, SecretFindings found, CancellationToken stop)
    {
        using var given = file.OpenRead();
        if (given.CanSeek || file.Length <= limits.MaxWhole)
        {
            return TextLayer.Read(given.CanSeek ? FileContent.Of(given) : Held(given, file.Length, stop), limits, found.Take, stop);
        }

        using var reopened = new ReopenedStream(file.OpenRead, file.Length);
        return TextLayer.Read(FileContent.Of(reopened), limits, found.Take, stop);
    }

    // What cannot be read at any place lies in memory, as far as it is taken there.
    private static FileContent Held(Stream stream, long length, CancellationToken stop)
    {
        var bytes = new byte[length];
        var count = 0;
        for (int got; count < bytes.Length && (got = stream.Read(bytes.AsSpan(count, Math.Min(1 << 16, bytes.Length - count)))) > 0; count += got)
        {
            stop.ThrowIfCancellationRequested();
        }

        return FileContent.Of(bytes.AsMemory(0, count));
    }
}
