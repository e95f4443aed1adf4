using Lantai.Words;

namespace Lantai.Characterization.Examination;

/// <summary>What an outside program came to over a file.</summary>
public enum OutsideVerdict
{
    /// <summary>The program is not on this machine: nothing was done.</summary>
    Absent,

    /// <summary>It told what the file says of itself, but did not read it to its end.</summary>
    Described,

    /// <summary>It read the file to its end.</summary>
    Readable,

    /// <summary>It read the file to its end, but had to mend or to pass over something.</summary>
    Doubtful,

    /// <summary>It says that the file is broken.</summary>
    Broken,

    /// <summary>The program failed, was stopped, or may not read the file: that says nothing about the file.</summary>
    Failed,
}

/// <summary>An outside program's word about one file.</summary>
/// <param name="Tool">Name and version of the program, such as <c>qpdf 11.3.0</c>.</param>
/// <param name="Verdict">What it came to.</param>
/// <param name="Place">Where in the file it stumbled; empty when it did not, or does not say.</param>
/// <param name="Why">Why it failed, a key of the texts without its prefix <c>why.</c>; empty when it did not fail.</param>
/// <param name="IsFenced">Whether the program was cut off from the network while it read.</param>
/// <param name="Technical">Technical metadata that it found, by the names that examinations use.</param>
public sealed record OutsideReport(
    string Tool, OutsideVerdict Verdict, string Place, string Why, bool IsFenced, IReadOnlyDictionary<string, object> Technical);

/// <summary>An outside program that reads files of some families.</summary>
/// <remarks>
/// Implementations are safe for concurrent use, bound what the program may use and how long it may take, and leave nothing
/// of it behind. Whatever the program does is told in the report and never thrown.
/// </remarks>
public interface IOutsideReader
{
    /// <summary>The families that it reads.</summary>
    IReadOnlyCollection<FileFamily> Families { get; }

    /// <summary>Lets the program read a file.</summary>
    /// <param name="content">The file; the program gets a copy of its bytes, and neither its name nor its place.</param>
    /// <param name="digest">The digest of the file, when it is known: the same file is read once. It is taken at its word.</param>
    /// <param name="cancellation">Stops the program.</param>
    /// <exception cref="IOException">The source, or the disk for the copy, failed.</exception>
    /// <exception cref="OperationCanceledException">Stopped on request.</exception>
    OutsideReport Read(FileContent content, Digest? digest, CancellationToken cancellation);
}
