using Lantai.Words;

namespace Lantai.InformationPackages;

/// <summary>The file that a submission came in, held by its folder and its bytes' stamp at opening.</summary>
internal sealed record ContainerFile(ByteFolder Parent, EntryName Name, ByteFileStamp Stamp) : IDisposable
{
    internal Stream OpenRead() => Parent.OpenRead(Name);

    internal Finding? CheckUnchanged() => Parent.TryStamp(Name.Bytes.Span, out _) == Stamp ? null : Finding.Error("SIP-010", Name.Display);

    public void Dispose() => Parent.Dispose();
}
