using Lantai.Characterization.Text;
using Lantai.Containers;

namespace Lantai.Characterization.Packages;

/// <summary>
/// XML on its way to a reader, watched for tags of unreasonable length: one tag could fill the memory that the length of
/// the part seems to bound.
/// </summary>
/// <remarks>Ends early where the watch says so. Letters that matter here are one byte in every encoding but UTF-16, whose zeros are passed over.</remarks>
internal sealed class TagLengthStream(Stream xml) : ForwardStream
{
    private readonly TagWatch _watch = new(countsValues: true);

    /// <summary>Why it ended early, as a text key without its prefix <c>unchecked.</c>; null when it did not.</summary>
    public string? Why => _watch.Why;

    public override int Read(Span<byte> buffer)
    {
        var count = Why is null ? xml.Read(buffer) : 0;
        foreach (var letter in buffer[..count])
        {
            if (letter != 0)
            {
                _watch.Take((char)letter);
            }
        }

        return Why is null ? count : 0;
    }
}
