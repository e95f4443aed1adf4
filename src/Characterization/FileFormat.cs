namespace Lantai.Characterization;

/// <summary>What a format is for, as format policies group formats.</summary>
public enum FormatClass
{
    /// <summary>Not said.</summary>
    Other,

    /// <summary>Text and office documents.</summary>
    Text,

    /// <summary>Pages with a fixed layout.</summary>
    Layout,

    /// <summary>Still images.</summary>
    Image,

    /// <summary>Sound.</summary>
    Audio,

    /// <summary>Moving images.</summary>
    Video,

    /// <summary>Structured data: tables, mark-up, databases.</summary>
    Data,

    /// <summary>Drawings and models in three dimensions.</summary>
    Model,

    /// <summary>Containers of other files.</summary>
    Package,

    /// <summary>Messages.</summary>
    Mail,

    /// <summary>Programs and scripts.</summary>
    Program,
}

/// <summary>A format as a registry lists it.</summary>
/// <param name="Id">Its id: the PUID where PRONOM has one, such as <c>fmt/18</c>; else <c>lantai/…</c>.</param>
/// <param name="Name">Its name in English.</param>
/// <param name="ChineseName">Its name in Chinese; null when the registry has none.</param>
/// <param name="Version">Its version; null when the format has none or the entry covers all.</param>
/// <param name="MediaTypes">Media types, the usual first.</param>
/// <param name="Extensions">File name extensions in lower case, without the dot, the usual first.</param>
/// <param name="Class">What it is for.</param>
public sealed record FileFormat(
    string Id, string Name, string? ChineseName, string? Version, IReadOnlyList<string> MediaTypes, IReadOnlyList<string> Extensions, FormatClass Class)
{
    /// <summary>Name and version, as people read it.</summary>
    public string NameWithVersion => Version is { Length: > 0 } && !Name.EndsWith(Version, StringComparison.Ordinal) ? Name + " " + Version : Name;
}
