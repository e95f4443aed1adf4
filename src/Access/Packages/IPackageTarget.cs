using System.Text;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Access.Packages;

/// <summary>A package that is being written, under a name that nobody takes for the finished one.</summary>
internal interface IPackageTarget : IDisposable
{
    /// <summary>Whether the package can hold a path, <c>data/</c> included.</summary>
    bool CanHold(EntryName path);

    /// <summary>Adds an empty folder.</summary>
    void AddFolder(EntryName path);

    /// <summary>Adds a file.</summary>
    /// <param name="path">Path in the package.</param>
    /// <param name="modified">Time of last change, when known.</param>
    /// <param name="content">The digest that the written bytes will have, when known beforehand.</param>
    /// <param name="write">Writes the content.</param>
    Task AddFileAsync(EntryName path, DateTimeOffset? modified, Digest? content, Func<Stream, Task> write);

    /// <summary>Ends the package; nothing can be added afterwards.</summary>
    void Finish();
}

/// <summary>Paths in a package.</summary>
internal static class PackagePath
{
    /// <summary>A path below <c>data/</c>.</summary>
    public static EntryName OfData(ReadOnlySpan<byte> path) => EntryName.OfBytes([.. "data/"u8, .. path]);

    /// <summary>Where a name that the package cannot hold lies instead.</summary>
    public static EntryName OfStored(long index) => OfData(Encoding.ASCII.GetBytes(StoredName.For(index)));
}
