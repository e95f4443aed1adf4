using Lantai.Containers;
using Lantai.Words;

namespace Lantai.InformationPackages;

/// <summary>One file of a package: where it lies, how long it is, and a way to read it.</summary>
/// <remarks>Immutable; safe for concurrent use while that from which it came is open.</remarks>
public sealed class PackageFile
{
    private readonly Func<Stream> _open;

    /// <summary>Names some content.</summary>
    /// <param name="name">The path in the package, '/' between segments.</param>
    /// <param name="length">The length in bytes.</param>
    /// <param name="open">Opens the content, to be read forwards; may be called again.</param>
    /// <param name="modified">When it was changed, if its source says.</param>
    public PackageFile(EntryName name, long length, Func<Stream> open, DateTimeOffset? modified = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        (Name, Length, _open, Modified) = (name, length, open, modified);
    }

    /// <summary>The path in the package.</summary>
    public EntryName Name { get; }

    /// <summary>The path as text.</summary>
    public string Path => Name.Display;

    /// <summary>The length in bytes, as found at opening.</summary>
    public long Length { get; }

    /// <summary>When it was changed, as its source says; null when that does not say.</summary>
    public DateTimeOffset? Modified { get; }

    /// <summary>A file whose content is at hand.</summary>
    public static PackageFile OfBytes(string path, ReadOnlyMemory<byte> content) =>
        new(EntryName.OfText(path), content.Length, () => new MemoryStream(content.ToArray(), writable: false));

    /// <summary>The same content under another path.</summary>
    public PackageFile At(EntryName name) => new(name, Length, _open, Modified);

    /// <summary>Opens the content, to be read forwards.</summary>
    /// <exception cref="ContentException">By this call or by reading: the content is gone or is not as declared.</exception>
    public Stream OpenRead() => _open();

    /// <summary>The path.</summary>
    public override string ToString() => Path;
}
