using Lantai.Characterization;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>A file of a package as it was seen in the one read of it.</summary>
/// <param name="Path">Where it lies in the package.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Content">Its SHA-256; null when it could not be read to its end, which a finding of the reading tells.</param>
/// <param name="Character">What it is and what is inside it; null when nobody looked.</param>
/// <remarks>Immutable.</remarks>
public sealed record InspectedFile(string Path, long Length, Digest? Content, FileCharacter? Character)
{
    /// <summary>The signatures in it that were checked; those of forms that are not known here are not among them.</summary>
    public IReadOnlyList<CheckedSeal> Seals { get; init; } = [];
}
