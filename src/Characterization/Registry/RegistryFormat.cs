namespace Lantai.Characterization.Registry;

/// <summary>Where a byte sequence is looked for.</summary>
internal enum SequencePlace
{
    /// <summary>From the beginning of the file.</summary>
    Start,

    /// <summary>Back from its end.</summary>
    End,

    /// <summary>Anywhere in what is read.</summary>
    Anywhere,
}

/// <summary>A byte sequence of a signature.</summary>
/// <param name="Place">Where it is looked for.</param>
/// <param name="Least">Least distance from there in bytes: to its first byte, or from the end to its last.</param>
/// <param name="Most">Greatest distance in bytes; -1 for any.</param>
/// <param name="Bytes">The expression, in the language of PRONOM.</param>
internal sealed record RegistrySequence(SequencePlace Place, long Least, long Most, string Bytes);

/// <summary>A signature: it matches when all its sequences do.</summary>
/// <param name="Sequences">One or more.</param>
internal sealed record RegistrySignature(IReadOnlyList<RegistrySequence> Sequences);

/// <summary>A file inside a container that must be there.</summary>
/// <param name="Path">Its path in the container; one that ends in '/' is a folder.</param>
/// <param name="Signatures">What its content must match, any of them; none when being there is enough.</param>
internal sealed record ContainedFile(string Path, IReadOnlyList<RegistrySignature> Signatures);

/// <summary>A signature of a container: it matches when all its files are there and match.</summary>
/// <param name="IsCompound">Whether the container is a compound file (OLE2); else it is a zip.</param>
/// <param name="Files">The files, one or more.</param>
internal sealed record RegistryContainer(bool IsCompound, IReadOnlyList<ContainedFile> Files);

/// <summary>A format and how it is known.</summary>
/// <param name="Format">The format.</param>
/// <param name="Over">Ids of formats that it sets aside when both are known; each is named, none is inherited.</param>
/// <param name="Signatures">It is known when any of them matches.</param>
/// <param name="Containers">It is known when any of them matches.</param>
internal sealed record RegistryFormat(
    FileFormat Format, IReadOnlyList<string> Over, IReadOnlyList<RegistrySignature> Signatures, IReadOnlyList<RegistryContainer> Containers);
