using System.Globalization;
using Lantai.Characterization;
using Lantai.Characterization.Examination;
using Lantai.Containers;
using Lantai.InformationPackages;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>
/// Searches a package for marks of state secrets before anything of it is kept: names first, then metadata, then the text
/// layers of all files. What it gives holds rules and places, and no word of the package.
/// </summary>
/// <param name="limits">How much looking into one file may cost.</param>
/// <remarks>Safe for concurrent use. Nothing is written anywhere. Article 15; R15-1, R15-2; spec/formats/inspection.md.</remarks>
public sealed class SecretSearch(ExaminationLimits limits)
{
    // Whoever says so might read it to its end another time.
    private static readonly string[] Passing = ["too-slow", "reader-failed"];

    private const int MostDoubts = 100;

    private static readonly string[] Metadata = [".xml", ".json", ".csv", ".txt"];

    /// <summary>Searches a package; it ends with the first mark, of which it tells alone.</summary>
    /// <param name="tree">The package, open.</param>
    /// <param name="stop">Stops the work.</param>
    /// <exception cref="IOException">The source failed, which says nothing of the package.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public SecretFacts Search(PackageTree tree, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(tree);
        return Search(tree, static _ => null, new Remembered<Digest, IReadOnlyList<string>>(1), stop);
    }

    /// <summary>The same, with what is remembered of contents that were searched before.</summary>
    /// <param name="tree">The package, open.</param>
    /// <param name="digestOf">The digest of a file's content; null when it is not at hand.</param>
    /// <param name="searched">Contents that were searched with the same limits and are silent: no mark, no doubt; and why something of each could not be read.</param>
    /// <param name="stop">Stops the work.</param>
    internal SecretFacts Search(PackageTree tree, Func<PackageFile, Digest?> digestOf, Remembered<Digest, IReadOnlyList<string>> searched, CancellationToken stop)
    {
        var found = new Found(tree.Files.Count);
        SearchNames(tree, found);
        foreach (var (file, number) in InOrder(tree))
        {
            if (found.Mark is not null)
            {
                break;
            }

            stop.ThrowIfCancellationRequested();
            SearchFile(file, number, found, digestOf, searched, stop);
        }

        return found.Mark is { } mark ? new SecretFacts([mark], [], []) : new SecretFacts([], found.Doubts, found.NotSearched);
    }

    /// <summary>Searches the names that are known of a package that cannot be opened.</summary>
    /// <returns>The first mark; null when there is none in them, which says nothing of the contents.</returns>
    public static SecretFacts? SearchNames(IEnumerable<string> names)
    {
        var found = new Found(0);
        found.Begin(0);
        _ = names.All(n => found.Take(Named(n)));
        return found.Mark is { } mark ? new SecretFacts([mark], [], []) : null;
    }

    private static void SearchNames(PackageTree tree, Found found)
    {
        found.Begin(0);
        _ = found.Take(Named(tree.Name)) && found.Take(Named(tree.Wrapper)) && tree.EmptyFolders.All(f => found.Take(Named(f.Display)));
        for (var i = 0; i < tree.Files.Count && found.Mark is null; i++)
        {
            found.Begin(i + 1);
            _ = found.Take(Named(tree.Files[i].Path));
        }
    }

    private static TextPiece Named(string name) => new(name, TextRole.Name, "name", 0);

    // What describes the package tells soonest.
    private static IEnumerable<(PackageFile File, int Number)> InOrder(PackageTree tree) =>
        tree.Files.Select((f, i) => (f, i + 1)).OrderBy(f => Metadata.Any(m => f.f.Path.EndsWith(m, StringComparison.OrdinalIgnoreCase)) ? 0 : 1);

    private void SearchFile(PackageFile file, int number, Found found, Func<PackageFile, Digest?> digestOf, Remembered<Digest, IReadOnlyList<string>> searched, CancellationToken stop)
    {
        found.Begin(number);
        try
        {
            var digest = digestOf(file);
            var reasons = digest is { } known ? searched.Find(known) : null;
            if (reasons is null)
            {
                reasons = SearchContent(file, found, stop);
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
    }

    private IReadOnlyList<string> SearchContent(PackageFile file, Found found, CancellationToken stop)
    {
        using var stream = file.OpenRead();
        return ContentOf(stream, file.Length, stop) is { } content ? TextLayer.Read(content, limits, found.Take, stop) : ["too-much"];
    }

    // What can be read at any place is; else it lies in memory, as far as it is taken there.
    private FileContent? ContentOf(Stream stream, long length, CancellationToken stop)
    {
        if (stream.CanSeek)
        {
            return FileContent.Of(stream);
        }

        if (length > limits.MaxWhole)
        {
            return null;
        }

        using var held = new MemoryStream((int)length);
        var buffer = new byte[1 << 16];
        for (int got; (got = stream.Read(buffer)) > 0 && held.Length + got <= limits.MaxWhole;)
        {
            stop.ThrowIfCancellationRequested();
            held.Write(buffer, 0, got);
        }

        return FileContent.Of(held.GetBuffer().AsMemory(0, (int)held.Length));
    }

    /// <summary>What was found so far; it keeps no text.</summary>
    private sealed class Found(int files)
    {
        private readonly HashSet<SecretMark> _doubts = [];
        private readonly List<SecretMark> _inOrder = [];
        private readonly List<KeyValuePair<string, string>> _notSearched = [];
        private int _file;

        public SecretMark? Mark { get; private set; }

        public IReadOnlyList<SecretMark> Doubts => _inOrder;

        public IReadOnlyList<KeyValuePair<string, string>> NotSearched => _notSearched;

        /// <summary>Whether the present file has neither a mark nor a doubt so far.</summary>
        public bool IsSilent { get; private set; }

        public void Begin(int file) => (_file, IsSilent) = (file, true);

        public void Miss(string path, string why) => _notSearched.Add(KeyValuePair.Create(path, why));

        /// <summary>Looks at a piece; false when a mark was found and no more is wanted.</summary>
        public bool Take(TextPiece piece)
        {
            if (SecretPatterns.Current.FindMark(piece) is { } rule)
            {
                (Mark, IsSilent) = (At(rule, piece), false);
                return false;
            }

            if (_inOrder.Count >= MostDoubts)
            {
                IsSilent = false; // nobody asked any more
            }
            else if (SecretPatterns.Current.FindDoubt(piece) is { } doubt)
            {
                IsSilent = false;
                if (_doubts.Add(At(doubt, piece)))
                {
                    _inOrder.Add(At(doubt, piece));
                }
            }

            return true;
        }

        private SecretMark At(string rule, TextPiece piece)
        {
            var file = _file == 0 ? "package" : string.Create(CultureInfo.InvariantCulture, $"file {_file} of {files}");
            var inside = piece.Inside.Length == 0 ? "" : $", inside {piece.Inside}";
            var unit = piece.Number == 0 ? piece.Unit : string.Create(CultureInfo.InvariantCulture, $"{piece.Unit} {piece.Number}");
            return new SecretMark(rule, $"{file}{inside}, {unit}") { File = _file, Files = files, Inside = piece.Inside, Unit = piece.Unit, Number = piece.Number };
        }
    }
}
