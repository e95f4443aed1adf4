using Lantai.Words;

namespace Lantai.InformationPackages;

/// <summary>The file that a submission came in: a way to read it, and to tell whether it changed since opening.</summary>
internal sealed record ContainerFile(EntryName Name, long Length, Func<Stream> OpenRead, Func<Finding?> CheckUnchanged, IDisposable? Owner) : IDisposable
{
    /// <summary>A file in a folder, which is closed with it.</summary>
    internal static ContainerFile In(ByteFolder parent, EntryName name, ByteFileStamp stamp) => new(
        name, stamp.Size, () => parent.OpenRead(name), () => parent.TryStamp(name.Bytes.Span, out _) == stamp ? null : Finding.Error("SIP-010", name.Display), parent);

    /// <summary>A file that somebody holds unchanged.</summary>
    internal static ContainerFile Of(PackageFile held) => new(held.Name, held.Length, held.OpenRead, () => null, null);

    public void Dispose() => Owner?.Dispose();
}
