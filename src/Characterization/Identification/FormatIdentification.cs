namespace Lantai.Characterization.Identification;

/// <summary>What an answer rests on, the strongest first.</summary>
public enum IdentificationBasis
{
    /// <summary>Files inside the container, and their content.</summary>
    Container,

    /// <summary>Bytes of the file.</summary>
    Signature,

    /// <summary>It is text, and nothing more is known of it.</summary>
    Text,

    /// <summary>Its name alone.</summary>
    Extension,
}

/// <summary>A format that a file may have.</summary>
/// <param name="Format">The format.</param>
/// <param name="Basis">What that rests on.</param>
public sealed record FormatCandidate(FileFormat Format, IdentificationBasis Basis);

/// <summary>What a file is.</summary>
/// <param name="Best">The best single answer; null when nothing is known, or a name alone stands for several formats.</param>
/// <param name="Candidates">All formats that are left after priorities, the best first.</param>
/// <param name="IsMismatch">Whether the content is known and the name's extension is not one of that format.</param>
/// <param name="IsCutShort">Whether comparing was given up because it took too many steps: there may be more candidates.</param>
public sealed record FormatIdentification(FormatCandidate? Best, IReadOnlyList<FormatCandidate> Candidates, bool IsMismatch, bool IsCutShort)
{
    /// <summary>The answer when nothing is known.</summary>
    public static FormatIdentification Unknown { get; } = new(null, [], false, false);

    /// <summary>The id of the best answer; null when there is none.</summary>
    public string? Id => Best?.Format.Id;
}
