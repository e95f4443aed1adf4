using Lantai.Words;

namespace Lantai.Containers;

/// <summary>
/// One pass through a tar, a compressed tar or one compressed file, from its first entry to its last, under limits.
/// What is wrong with an entry is reported and the pass goes on; where the container itself is broken it ends.
/// </summary>
/// <remarks>Not safe for concurrent use. Nothing is held in memory but one name and one buffer.</remarks>
public abstract class ContainerPass : IDisposable
{
    private protected ContainerPass(string displayName, ContainerLimits limits, List<Finding> findings)
    {
        (Subject, Limits) = (displayName, limits);
        Findings = new BoundedFindings(findings, "CON-011", displayName);
    }

    /// <summary>The path of the entry as its bytes, without <c>./</c> in front and '/' at its end; valid until the next move.</summary>
    public abstract ReadOnlySpan<byte> Name { get; }

    /// <summary>Whether the entry is a folder.</summary>
    public abstract bool IsFolder { get; }

    /// <summary>The declared length in bytes; null when only reading tells it.</summary>
    public abstract long? Length { get; }

    /// <summary>When the file was changed, if the container says so.</summary>
    public abstract DateTimeOffset? Modified { get; }

    /// <summary>Where the content starts, counted from the start of the unpacked container.</summary>
    public abstract long ContentStart { get; }

    /// <summary>Whether the container was read to its proper end without an error.</summary>
    public bool IsWhole { get; private protected set; }

    /// <summary>Whether an error was found so far.</summary>
    public bool HasErrors => Findings.HasErrors;

    private protected string Subject { get; }

    private protected ContainerLimits Limits { get; }

    private protected BoundedFindings Findings { get; }

    /// <summary>Begins a pass.</summary>
    /// <param name="stream">The file, at its start; disposed with the pass.</param>
    /// <param name="kind">tar, tar.gz, tar.zst, gz or zst.</param>
    /// <param name="displayName">How findings call the file; the one file of a gz or zst is called the same without its ending.</param>
    /// <param name="limits">How much it may hold.</param>
    /// <param name="findings">Receives what is wrong; at most 100 of each code.</param>
    /// <exception cref="ArgumentException">The kind is another.</exception>
    public static ContainerPass Open(Stream stream, ContainerKind kind, string displayName, ContainerLimits limits, List<Finding> findings) => kind switch
    {
        ContainerKind.Tar => new TarReader(stream, displayName, limits, findings),
        ContainerKind.TarGzip or ContainerKind.TarZstd => new TarReader(UnpackedStream.Open(stream, kind, displayName, limits), displayName, limits, findings),
        ContainerKind.Gzip or ContainerKind.Zstd => new SingleFileReader(UnpackedStream.Open(stream, kind, displayName, limits), displayName, limits, findings),
        _ => throw new ArgumentException($"{kind} is not read in passes.", nameof(kind)),
    };

    /// <summary>Moves to the next entry; what was not read of the one before is passed over. False at the end, and where nothing more can be read.</summary>
    public bool MoveNext()
    {
        try
        {
            if (Advance())
            {
                return true;
            }
        }
        catch (ContentException bad)
        {
            Findings.Add(bad.Finding);
        }

        Findings.Close();
        return false;
    }

    /// <summary>The content of the entry, to be read before the next move. A fault that reading shows is thrown, and ends the pass.</summary>
    /// <exception cref="ContentException">Thrown by reading.</exception>
    public abstract Stream OpenContent();

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    private protected abstract bool Advance();

    /// <summary>Closes the file.</summary>
    protected abstract void Dispose(bool disposing);
}
