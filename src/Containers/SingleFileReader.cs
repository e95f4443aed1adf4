using System.Text;
using Lantai.Words;

namespace Lantai.Containers;

/// <summary>The pass through a gzip or zstd file that holds one file: one entry, whose name is the container's without its ending.</summary>
internal sealed class SingleFileReader(UnpackedStream content, string displayName, ContainerLimits limits, List<Finding> findings)
    : ContainerPass(displayName, limits, findings)
{
    private readonly byte[] _name = Encoding.UTF8.GetBytes(ContainerEnding.Strip(displayName));
    private bool _isGiven;

    public override ReadOnlySpan<byte> Name => _name;

    public override bool IsFolder => false;

    public override long? Length => null;

    public override DateTimeOffset? Modified => null;

    public override long ContentStart => 0;

    public override Stream OpenContent() => new Passing(content);

    private protected override bool Advance()
    {
        if (!_isGiven)
        {
            return _isGiven = true;
        }

        // What nobody read is read now: only its end shows that it is whole.
        content.CopyTo(Stream.Null);
        IsWhole = true;
        return false;
    }

    protected override void Dispose(bool disposing) => content.Dispose();

    /// <summary>Leaves the container open when the content is closed.</summary>
    private sealed class Passing(Stream content) : ForwardStream
    {
        public override int Read(Span<byte> buffer) => content.Read(buffer);
    }
}
