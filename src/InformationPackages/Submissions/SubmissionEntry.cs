using Lantai.Containers;
using Lantai.Words;

namespace Lantai.InformationPackages;

/// <summary>What an entry of a submission is.</summary>
public enum EntryKind
{
    /// <summary>A file.</summary>
    File,

    /// <summary>A folder with nothing in it; others are known by their files.</summary>
    Folder,
}

/// <summary>One file or empty folder of a submission.</summary>
/// <remarks>Usable while its submission is open. Safe for concurrent use.</remarks>
public abstract class SubmissionEntry
{
    private protected SubmissionEntry(EntryName name, EntryKind kind, IReadOnlyList<DeclaredDigest> declared)
    {
        Name = name;
        Kind = kind;
        Declared = declared;
    }

    /// <summary>The path inside the submission.</summary>
    public EntryName Name { get; }

    /// <summary>File or empty folder.</summary>
    public EntryKind Kind { get; }

    /// <summary>The length in bytes as found at opening; null for folders.</summary>
    public abstract long? Length { get; }

    /// <summary>When the file was changed, as its source says.</summary>
    public abstract DateTimeOffset? Modified { get; }

    /// <summary>The digests that the submission declares for the file.</summary>
    public IReadOnlyList<DeclaredDigest> Declared { get; }

    /// <summary>SHA-256 of the content, of a streamed submission that passed: it was read and kept then. Null otherwise.</summary>
    public virtual Digest? Content => null;

    /// <summary>The place in the container, from zero; null outside containers.</summary>
    public virtual int? ContainerOrder => null;

    /// <summary>Opens the content, to be read forwards.</summary>
    /// <exception cref="ContentException">By this call or by reading: the content is gone or is not as declared.</exception>
    /// <exception cref="InvalidOperationException">The entry is a folder.</exception>
    public Stream OpenRead() =>
        Kind == EntryKind.File ? Open() : throw new InvalidOperationException("A folder has no content.");

    /// <summary>After reading: whether size or time of change differ from the start. Null when they do not.</summary>
    public abstract Finding? CheckUnchanged();

    private protected abstract Stream Open();

    private protected static Finding? Compare(ByteFolder folder, EntryName file, string subject, ByteFileStamp before)
    {
        return folder.TryStamp(file.Bytes.Span, out _) == before ? null : Finding.Error("SIP-010", subject);
    }
}
