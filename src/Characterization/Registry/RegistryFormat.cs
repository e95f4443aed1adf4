namespace Lantai.Characterization.Registry;

/// <summary>Where a sequence of bytes is looked for.</summary>
internal enum SequencePlace
{
    /// <summary>Counted from the first byte of the file.</summary>
    Start,

    /// <summary>Counted back from the end of the file.</summary>
    End,

    /// <summary>Anywhere in what is looked at.</summary>
    Anywhere,
}

/// <summary>What kind of container a format is packed in.</summary>
internal enum ContainerKind
{
    /// <summary>A zip.</summary>
    Zip,

    /// <summary>A compound file (OLE2, MS-CFB).</summary>
    Compound,
}

/// <summary>A format as a registry file gives it, before an engine compiles its patterns.</summary>
/// <param name="Format">Id, names, media types, extensions, class.</param>
/// <param name="Over">Ids of the formats that give way to this one when both match; each is named, none is inherited.</param>
/// <param name="Signatures">The format matches when any of them does.</param>
/// <param name="Containers">The format matches, too, when any of these does.</param>
internal sealed record RegistryFormat(
    FileFormat Format, IReadOnlyList<string> Over, IReadOnlyList<RegistrySignature> Signatures, IReadOnlyList<RegistryContainer> Containers);

/// <summary>A signature: it matches when all its sequences do.</summary>
/// <param name="Sequences">One or more.</param>
internal sealed record RegistrySignature(IReadOnlyList<RegistrySequence> Sequences);

/// <summary>A sequence of bytes and where it is looked for.</summary>
/// <param name="Place">What the offsets count from.</param>
/// <param name="Least">The least offset: of its first byte from the start, or of its end from the end of the file.</param>
/// <param name="Most">The greatest offset, inclusive; -1 when there is none.</param>
/// <param name="Bytes">The bytes as a PRONOM expression, container syntax included.</param>
internal sealed record RegistrySequence(SequencePlace Place, long Least, long Most, string Bytes);

/// <summary>What must lie in a container: it matches when all its files do.</summary>
/// <param name="Kind">The kind of container.</param>
/// <param name="Files">One or more.</param>
internal sealed record RegistryContainer(ContainerKind Kind, IReadOnlyList<RegistryContainerFile> Files);

/// <summary>A file in a container.</summary>
/// <param name="Path">Its path, segments divided by <c>/</c>; one that ends with <c>/</c> is a folder.</param>
/// <param name="Signatures">What it must hold, any of them; empty when it need only be there.</param>
internal sealed record RegistryContainerFile(string Path, IReadOnlyList<RegistrySignature> Signatures);
