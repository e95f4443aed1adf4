using System.Text;
using Lantai.Containers;
using Lantai.Words;

namespace Lantai.InformationPackages;

/// <summary>The form that a submission has on disk.</summary>
public enum SubmissionForm
{
    /// <summary>To be found out: a folder is a folder, a file named as a container is what its bytes say, any other file a file.</summary>
    Auto,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A zip file, whose entries are submitted.</summary>
    Zip,

    /// <summary>One file, submitted as it is.</summary>
    File,

    /// <summary>A tar, whose entries are submitted.</summary>
    Tar,

    /// <summary>A tar compressed by gzip, whose entries are submitted.</summary>
    TarGzip,

    /// <summary>A tar compressed by zstd, whose entries are submitted.</summary>
    TarZstd,

    /// <summary>One file compressed by gzip; the file inside is submitted.</summary>
    Gzip,

    /// <summary>One file compressed by zstd; the file inside is submitted.</summary>
    Zstd,
}

/// <summary>What is submitted and how to read it.</summary>
/// <param name="Path">The folder or file.</param>
/// <param name="Form">Its form.</param>
/// <param name="Limits">How much a container may hold.</param>
/// <param name="DeclaredNames">The encoding of names that are not UTF-8, if somebody said it.</param>
/// <param name="Child">When given, the submission is this child of the folder <paramref name="Path"/>; its name need not be UTF-8.</param>
/// <param name="IsBagDemanded">
/// Whether a container that holds a bag is refused when the bag is not valid. Where somebody said what kind of container it is, what is
/// wrong with the structure of a bag in it is a warning, and it is taken as that container.
/// </param>
public sealed record SubmissionSource(
    string Path, SubmissionForm Form, ContainerLimits Limits, Encoding? DeclaredNames = null, EntryName? Child = null, bool IsBagDemanded = true)
{
    /// <summary>What is submitted instead, when it lies neither in a folder nor in a file; <see cref="Path"/> and <see cref="Child"/> then only say what it is called.</summary>
    public HeldSubmission? Held { get; init; }
}

/// <summary>The container file that a submission came in.</summary>
/// <param name="Name">Its file name.</param>
/// <param name="Length">Its length in bytes.</param>
public sealed record ContainerDescription(EntryName Name, long Length);
