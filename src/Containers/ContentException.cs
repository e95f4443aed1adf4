using Lantai.Words;

namespace Lantai.Containers;

/// <summary>
/// Content turned out bad while it was being read, when it was too late for a value: thrown only by opening
/// or reading the stream of an entry. What is wrong stands in <see cref="Finding"/>; bytes already handed out
/// must not be kept.
/// </summary>
public sealed class ContentException : IOException
{
    /// <summary>Makes the exception for a finding.</summary>
    public ContentException(Finding finding, Exception? cause = null)
        : base(finding.ToString(), cause) => Finding = finding;

    /// <summary>What is wrong with the content.</summary>
    public Finding Finding { get; }
}
