using Lantai.Words;

namespace Lantai.Characterization;

/// <summary>Whether a file opens and can be read to its end.</summary>
public enum Readability
{
    /// <summary>Nobody looked.</summary>
    NotExamined,

    /// <summary>It was opened and read to its end.</summary>
    Readable,

    /// <summary>It is broken; a finding says where.</summary>
    Broken,

    /// <summary>It could not be checked; a finding says why. Never the same as broken, and never as readable.</summary>
    NotCheckable,
}

/// <summary>An encryption that was found.</summary>
/// <param name="Kind">Kind, a key of the texts without its prefix <c>encryption.</c>: <c>pdf</c>, <c>ooxml</c>, <c>ole2</c>, <c>odf</c>, <c>ofd</c>, <c>zip-classic</c>, <c>zip-aes</c>, <c>7z</c>, <c>rar</c>, <c>cms</c>, <c>openpgp</c>, …</param>
/// <param name="Place">Where in the file: an entry, an object, an offset.</param>
public sealed record EncryptionMark(string Kind, string Place);

/// <summary>Something in a file that acts, or reaches outside it.</summary>
/// <param name="Kind">Kind, a key of the texts without its prefix <c>active.</c>: <c>macro</c>, <c>pdf-javascript</c>, <c>pdf-launch</c>, <c>embedded-executable</c>, <c>external-reference</c>, …</param>
/// <param name="Place">Where in the file: an entry, an object, an offset.</param>
public sealed record ActiveMark(string Kind, string Place);

/// <summary>What looking into a file found.</summary>
/// <param name="Family">How it was looked into.</param>
/// <param name="Readability">Whether it opens and is read to its end.</param>
/// <param name="Encryption">Encryptions; signatures are none.</param>
/// <param name="Active">What acts or reaches outside.</param>
/// <param name="Technical">Technical metadata: names from <c>spec/formats/characterization.md</c>, values of type <see cref="string"/>, <see cref="long"/>, <see cref="bool"/> or a list of strings.</param>
/// <param name="Findings">What should be known besides: where it is broken, why it could not be checked.</param>
public sealed record FileExamination(
    FileFamily Family, Readability Readability, IReadOnlyList<EncryptionMark> Encryption, IReadOnlyList<ActiveMark> Active,
    IReadOnlyDictionary<string, object> Technical, IReadOnlyList<Finding> Findings)
{
    /// <summary>The signatures of a PDF, the first 64.</summary>
    public IReadOnlyList<PdfSignature> Signatures { get; init; } = [];
}
