using Lantai.ArchivalStorage;
using Lantai.InformationPackages;

namespace Lantai.Ingest;

/// <summary>Lets declared digests be checked in the one read that also stores the bytes, and tells the progress.</summary>
internal sealed class DigestObserver(DigestChecks checks, Action<int> progress) : IByteObserver
{
    public void Observe(ReadOnlySpan<byte> block)
    {
        checks.Append(block);
        progress(block.Length);
    }
}
