using Lantai.Containers;
using Lantai.Words;

namespace Lantai.InformationPackages;

/// <summary>
/// A submission (OAIS: SIP) as its files: a folder, a container file or a single file, a bag or not. Opening examines names,
/// structure and, for a bag, what it declares; content is read later, entry by entry.
/// </summary>
/// <remarks>Entries may be read concurrently; enumerate <see cref="Entries"/> from one thread at a time.</remarks>
public abstract class Submission : IDisposable
{
    private protected Submission(SubmissionForm form, EntryName name)
    {
        Form = form;
        Name = name.Display;
    }

    /// <summary>The form found; never <see cref="SubmissionForm.Auto"/>.</summary>
    public SubmissionForm Form { get; }

    /// <summary>Whether it is a BagIt bag.</summary>
    public bool IsBag => Bag is not null;

    /// <summary>The name of the folder or file.</summary>
    public string Name { get; }

    /// <summary>The submission id when the submitter gives none: External-Identifier of a bag, else the name, a container's without its ending.</summary>
    public string DefaultId =>
        Bag?.ExternalIdentifier ?? (Form is SubmissionForm.Folder or SubmissionForm.File ? Name : ContainerEnding.Strip(Name));

    /// <summary>
    /// Whether contents come in the container's order only: <see cref="ReadThrough"/> first, then <see cref="Conclude"/>, and
    /// only then does <see cref="Entries"/> tell what they are, with their digests. What the submission is called is known then.
    /// </summary>
    public virtual bool IsStreamed => false;

    /// <summary>The container file; null when there is none.</summary>
    public virtual ContainerDescription? Container => null;

    /// <summary>Labels and values of bag-info.txt in order; empty when it is no bag.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> BagMetadata => Bag?.Metadata ?? [];

    /// <summary>All files and empty folders in the byte order of their full paths. May be enumerated again.</summary>
    public abstract IEnumerable<SubmissionEntry> Entries { get; }

    /// <summary>
    /// Gives the files of a streamed submission in the container's order, once. Each is read before the next is asked for,
    /// and its digest handed back by <see cref="Note"/>. Faults of the container are added to <paramref name="findings"/>.
    /// </summary>
    /// <exception cref="InvalidOperationException">The submission is not streamed, or passed already.</exception>
    public virtual IEnumerable<SubmissionEntry> ReadThrough(List<Finding> findings) => throw NotStreamed();

    /// <summary>Takes the SHA-256 and length of a file that passed.</summary>
    /// <exception cref="InvalidOperationException">The submission is not streamed.</exception>
    public virtual void Note(SubmissionEntry entry, Digest content, long length) => throw NotStreamed();

    /// <summary>
    /// Judges a streamed submission that passed: names, structure and, for a bag, all digests that it declares. SHA-256,
    /// SHA-512, SHA-1 and MD5 of small files are known from the first read; others are read again, which SIP-014 counts.
    /// </summary>
    /// <exception cref="InvalidOperationException">The submission is not streamed, or was concluded.</exception>
    public virtual void Conclude(List<Finding> findings) => throw NotStreamed();

    /// <summary>Number of files and sum of their lengths in bytes, as found at opening.</summary>
    public virtual (long Files, long Bytes) Measure()
    {
        var (files, bytes) = (0L, 0L);
        foreach (var entry in Entries)
        {
            files += entry.Kind == EntryKind.File ? 1 : 0;
            bytes += entry.Length ?? 0;
        }

        return (files, bytes);
    }

    internal Bag? Bag { get; private protected set; }

    /// <summary>
    /// Opens a submission. Null exactly when an error was added to <paramref name="findings"/>; warnings may be added either way,
    /// and at most 100 findings of each code.
    /// </summary>
    public static Submission? Open(SubmissionSource source, List<Finding> findings)
    {
        var errors = findings.Count;
        var submission = SubmissionOpening.Open(source, findings);
        if (submission is not null && findings.Skip(errors).Any(f => f.Severity == Severity.Error))
        {
            submission.Dispose();
            return null;
        }

        return submission;
    }

    /// <summary>Opens the container file itself, so that it can be digested.</summary>
    /// <exception cref="InvalidOperationException">There is no container.</exception>
    /// <exception cref="ContentException">The file is gone.</exception>
    public virtual Stream OpenContainer() => throw new InvalidOperationException("The submission has no container.");

    /// <summary>
    /// After everything was read: whether files came, went or changed since opening (a folder, where the last full enumeration
    /// counts), or the container changed. Null when nothing did.
    /// </summary>
    public abstract Finding? CheckUnchanged();

    /// <summary>Closes what is open.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes what is open.</summary>
    protected abstract void Dispose(bool disposing);

    private static InvalidOperationException NotStreamed() => new("The submission is not streamed: its entries are read one by one.");
}
