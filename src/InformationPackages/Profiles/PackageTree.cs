using System.Text;
using Lantai.Containers;
using Lantai.Words;

namespace Lantai.InformationPackages;

/// <summary>
/// A package as a profile sees it: its files by their paths, from a folder, a zip, a tar or one file, guarded as every submission is,
/// nothing unpacked to disk. Where everything lies in one folder and the package was packed with it, that folder is the package.
/// </summary>
/// <remarks>Safe for concurrent use while open. Memory grows with the number of files, of which it takes <see cref="MostFiles"/>.</remarks>
public sealed class PackageTree : IDisposable
{
    /// <summary>The greatest number of files of a package that is judged by a profile.</summary>
    public const int MostFiles = 1_000_000;

    private readonly Submission? _owned;
    private readonly List<PackageFile> _files;
    private readonly List<EntryName> _emptyFolders;
    private readonly ReadOnlyMemory<byte>[] _keys;
    private readonly Dictionary<string, PackageFile> _byPath;

    private PackageTree(string name, string wrapper, List<PackageFile> files, List<EntryName> emptyFolders, Submission? owned)
    {
        (Name, Wrapper, _owned) = (name, wrapper, owned);
        _files = files;
        _emptyFolders = emptyFolders;
        _emptyFolders.Sort((a, b) => string.CompareOrdinal(a.Display, b.Display));
        _files.Sort((a, b) => KeyOf(a).Span.SequenceCompareTo(KeyOf(b).Span) is var order and not 0 ? order : a.Name.CompareTo(b.Name));
        _keys = [.. _files.Select(KeyOf)];
        _byPath = new Dictionary<string, PackageFile>(_files.Count, StringComparer.Ordinal);
        foreach (var file in _files)
        {
            _ = _byPath.TryAdd(file.Path, file); // two names of one display text were warned of when the submission was opened
        }
    }

    /// <summary>What the package is called: the folder or file without a container's ending.</summary>
    public string Name { get; }

    /// <summary>The one folder that everything lay in and that is not part of the paths, with '/' at its end; else empty.</summary>
    public string Wrapper { get; }

    /// <summary>The files in the byte order of their paths' text.</summary>
    public IReadOnlyList<PackageFile> Files => _files;

    /// <summary>The folders with nothing in them.</summary>
    public IReadOnlyList<EntryName> EmptyFolders => _emptyFolders;

    /// <summary>The sum of the lengths in bytes.</summary>
    public long Bytes => _files.Sum(f => f.Length);

    /// <summary>Opens a package. Null exactly when an error was added to <paramref name="findings"/>; warnings may be added either way.</summary>
    public static PackageTree? Open(SubmissionSource source, List<Finding> findings) => Open(source, findings, MostFiles);

    /// <summary>The package of a submission that somebody else has open and keeps open; null when it holds more than <see cref="MostFiles"/>.</summary>
    /// <exception cref="ArgumentException">The submission is streamed.</exception>
    public static PackageTree? Of(Submission submission) =>
        submission.IsStreamed ? throw new ArgumentException("A streamed submission cannot be asked for a file.", nameof(submission)) : Read(submission, owned: null, MostFiles);

    /// <summary>
    /// The package of a submission that somebody else has open and keeps open. Null exactly when an error was added to
    /// <paramref name="findings"/>: it is streamed (PKG-002) or holds too many files (PKG-003).
    /// </summary>
    public static PackageTree? Of(Submission submission, List<Finding> findings) => Of(submission, owned: null, findings, MostFiles);

    /// <summary>A package of files that are at hand.</summary>
    public static PackageTree Of(string name, IEnumerable<PackageFile> files) => new(name, "", [.. files], [], owned: null);

    /// <summary>A package of files that were kept of a submission: named, and freed of the folder that it was packed in, as by opening that submission.</summary>
    /// <param name="name">What the submission was called.</param>
    /// <param name="isContainer">Whether it was a container.</param>
    /// <param name="files">Its files.</param>
    /// <param name="emptyFolders">Its empty folders.</param>
    public static PackageTree Of(string name, bool isContainer, IEnumerable<PackageFile> files, IEnumerable<EntryName> emptyFolders)
    {
        List<PackageFile> held = [.. files];
        List<EntryName> folders = [.. emptyFolders];
        var wrapper = isContainer && held.Count > 0 ? WrapperOf(held, folders) : "";
        return new PackageTree(isContainer ? ContainerEnding.Strip(name) : name, wrapper, Cut(held, wrapper), Cut(folders, wrapper), owned: null);
    }

    /// <summary>The file of a path; null when there is none.</summary>
    public PackageFile? Find(string path) => _byPath.GetValueOrDefault(path);

    /// <summary>The files below a folder ("a/b"), in order; all for the empty text.</summary>
    public IEnumerable<PackageFile> Below(string folder)
    {
        var prefix = Encoding.UTF8.GetBytes(folder.Length == 0 ? "" : folder + "/");
        for (var i = FirstFrom(prefix); i < _files.Count && _keys[i].Span.StartsWith(prefix); i++)
        {
            yield return _files[i];
        }
    }

    /// <summary>The names of the folders directly inside a folder, empty ones too, in the order of their names.</summary>
    public IReadOnlyList<string> Folders(string folder)
    {
        var prefix = folder.Length == 0 ? "" : folder + "/";
        var below = Below(folder).Select(f => f.Path).Concat(EmptyBelow(prefix).Select(f => f.Display + "/"));
        return
        [
            .. below.Select(p => p[prefix.Length..]).Where(p => p.Contains('/', StringComparison.Ordinal))
                .Select(p => p[..p.IndexOf('/', StringComparison.Ordinal)]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>A package that lies in a folder of this one: its files with their paths from there. It need not be closed.</summary>
    public PackageTree Inside(string folder)
    {
        var name = folder[(folder.LastIndexOf('/') + 1)..];
        return new PackageTree(
            name, "", [.. Below(folder).Select(f => f.At(Cut(f.Name, folder + "/")))],
            [.. EmptyBelow(folder + "/").Select(f => Cut(f, folder + "/"))], owned: null);
    }

    /// <summary>The same package with its contents read by another way, such as from memory; closed by whoever closes this one.</summary>
    /// <param name="replace">Gives the file of the same path and length to be read instead.</param>
    public PackageTree With(Func<PackageFile, PackageFile> replace) => new(Name, Wrapper, [.. _files.Select(replace)], [.. _emptyFolders], owned: null);

    /// <summary>Closes what it opened itself.</summary>
    public void Dispose() => _owned?.Dispose();

    internal static PackageTree? Open(SubmissionSource source, List<Finding> findings, int mostFiles)
    {
        if (Submission.Open(source, findings) is not { } submission)
        {
            return null;
        }

        var tree = Of(submission, submission, findings, mostFiles);
        if (tree is null)
        {
            submission.Dispose();
        }

        return tree;
    }

    private static PackageTree? Of(Submission submission, Submission? owned, List<Finding> findings, int mostFiles)
    {
        if (!submission.IsStreamed && Read(submission, owned, mostFiles) is { } tree)
        {
            return tree;
        }

        findings.Add(submission.IsStreamed
            ? Finding.Error("PKG-002", submission.Name, ("form", submission.Form))
            : Finding.Error("PKG-003", submission.Name, ("limit", mostFiles)));
        return null;
    }

    private static PackageTree? Read(Submission submission, Submission? owned, int mostFiles)
    {
        var files = new List<PackageFile>();
        var folders = new List<EntryName>();
        foreach (var entry in submission.Entries)
        {
            if (entry.Kind == EntryKind.Folder)
            {
                folders.Add(entry.Name);
                continue;
            }

            if (files.Count == mostFiles)
            {
                return null;
            }

            files.Add(new PackageFile(entry.Name, entry.Length ?? 0, entry.OpenRead, entry.Modified));
        }

        var wrapper = submission.Form is SubmissionForm.Folder or SubmissionForm.File ? "" : WrapperOf(files, folders);
        var name = submission.Form is SubmissionForm.Folder or SubmissionForm.File ? submission.Name : ContainerEnding.Strip(submission.Name);
        return wrapper.Length == 0
            ? new PackageTree(name, "", files, folders, owned)
            : new PackageTree(name, wrapper, Cut(files, wrapper), Cut(folders, wrapper), owned);
    }

    /// <summary>The folder that all paths begin with. A package of any profile has files at its root, so one folder alone can only be its cover.</summary>
    private static string WrapperOf(List<PackageFile> files, List<EntryName> folders)
    {
        var first = files[0].Path;
        var slash = first.IndexOf('/', StringComparison.Ordinal);
        var prefix = slash < 0 ? "" : first[..(slash + 1)];
        return prefix.Length > 0 && files.All(f => f.Path.StartsWith(prefix, StringComparison.Ordinal)) && folders.All(f => (f.Display + "/").StartsWith(prefix, StringComparison.Ordinal))
            ? prefix
            : "";
    }

    private static List<PackageFile> Cut(List<PackageFile> files, string wrapper) => [.. files.Select(f => f.At(Cut(f.Name, wrapper)))];

    private static List<EntryName> Cut(List<EntryName> folders, string wrapper) =>
        [.. folders.Where(f => f.Display + "/" != wrapper).Select(f => Cut(f, wrapper))];

    /// <summary>A name without so many folders: counted by '/', which no encoding of names uses for anything else.</summary>
    private static EntryName Cut(EntryName name, string prefix)
    {
        var bytes = name.Bytes.Span;
        foreach (var _ in prefix.Where(c => c == '/'))
        {
            bytes = bytes[(bytes.IndexOf((byte)'/') + 1)..];
        }

        return EntryName.OfStored(bytes, name.Display[prefix.Length..], name.Basis);
    }

    /// <summary>What a file is sorted and sought by: names in GB18030 must be found by the text that others write for them.</summary>
    private static ReadOnlyMemory<byte> KeyOf(PackageFile file) => file.Name.IsUtf8 ? file.Name.Bytes : Encoding.UTF8.GetBytes(file.Path);

    private IEnumerable<EntryName> EmptyBelow(string prefix)
    {
        var (low, high) = (0, _emptyFolders.Count);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = string.CompareOrdinal(_emptyFolders[middle].Display, prefix) < 0 ? (middle + 1, high) : (low, middle);
        }

        return _emptyFolders.Skip(low).TakeWhile(f => f.Display.StartsWith(prefix, StringComparison.Ordinal));
    }

    private int FirstFrom(ReadOnlySpan<byte> prefix)
    {
        var (low, high) = (0, _files.Count);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = _keys[middle].Span.SequenceCompareTo(prefix) < 0 ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
