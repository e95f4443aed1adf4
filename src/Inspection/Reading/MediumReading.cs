using Lantai.InformationPackages;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>
/// Reads a medium on which packages came, before they are inspected: what lies beside them, and how fast all of it is read. What the
/// medium looks like, and what a measuring drive says of a disc, only a person can add.
/// </summary>
/// <remarks>Safe for concurrent use. Links are not followed. A medium that the system has read lately is read from memory, and then faster than it is.</remarks>
public static class MediumReading
{
    private const int Block = 1 << 20;

    /// <summary>What a medium may be: <c>disc</c> (optical), <c>disk</c>, <c>tape</c>, <c>flash</c>.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["disc", "disk", "tape", "flash"];

    /// <summary>Reads every byte that lies in a folder of a medium.</summary>
    /// <param name="number">The number on the medium (载体编号).</param>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="folder">The folder in which the packages lie on it.</param>
    /// <param name="isPackage">Whether an entry of that folder, by its name, is a package or holds one; everything else belongs to none.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">Stops the work.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static MediumFacts Read(string number, string kind, string folder, Func<EntryName, bool> isPackage, TimeProvider time, CancellationToken stop)
    {
        ArgumentException.ThrowIfNullOrEmpty(number);
        ArgumentNullException.ThrowIfNull(isPackage);
        ArgumentNullException.ThrowIfNull(time);
        using var opened = ByteFolder.Open(folder);
        var (extra, bytes, began) = (new List<string>(), 0L, time.GetTimestamp());
        var block = new byte[Block];
        foreach (var entry in opened.Walk([]))
        {
            stop.ThrowIfCancellationRequested();
            if (!isPackage(First(entry.Name)))
            {
                extra.Add(entry.Name.Display);
            }

            bytes += entry.IsFolder ? 0 : Count(opened, entry.Name, block, stop);
        }

        return new MediumFacts(number, kind, extra, bytes, time.GetElapsedTime(began));
    }

    private static EntryName First(EntryName path) =>
        path.Bytes.Span.IndexOf((byte)'/') is > 0 and var cut ? EntryName.OfBytes(path.Bytes.Span[..cut]) : path;

    /// <summary>How many bytes of a file could be read: what is wrong with it, the inspection of its package says.</summary>
    private static long Count(ByteFolder folder, EntryName name, byte[] block, CancellationToken stop)
    {
        var bytes = 0L;
        try
        {
            using var file = folder.OpenRead(name);
            for (int read; (read = file.Read(block)) > 0; bytes += read)
            {
                stop.ThrowIfCancellationRequested();
            }
        }
        catch (IOException)
        {
            return bytes;
        }

        return bytes;
    }
}
