using Lantai.InformationPackages.Xml;

namespace Lantai.InformationPackages;

/// <summary>What a material of a case is.</summary>
public enum MaterialKind
{
    /// <summary>In a folder that no profile knows.</summary>
    Unknown,

    /// <summary>Handed in by the applicant (申请材料).</summary>
    Application,

    /// <summary>Made while the case was handled (过程材料).</summary>
    Process,

    /// <summary>What the case ended with (结果材料).</summary>
    Outcome,

    /// <summary>Called from a sharing system, such as an electronic licence (调用材料).</summary>
    Called,
}

/// <summary>A folder of materials and its files, in order.</summary>
/// <param name="Title">The folder's name in the package.</param>
/// <param name="Kind">What its materials are.</param>
/// <param name="Files">The files.</param>
public sealed record CaseFolder(string Title, MaterialKind Kind, IReadOnlyList<CaseFile> Files)
{
    /// <summary>What the package calls the folder beside its title; null when it does not.</summary>
    internal string? Id { get; init; }

    /// <summary>What the element of the folder holds beside its files; written again.</summary>
    internal IReadOnlyList<MarkupElement> Unknown { get; init; } = [];

    internal BlockSource? Source { get; init; }
}

/// <summary>One material of a case: what is recorded of it, and its content.</summary>
/// <param name="Path">Where it lies in the package; empty when it is called by an address alone.</param>
/// <param name="Fields">Names, format, length, digest, sharing (block <c>file</c>).</param>
/// <param name="Licence">The metadata of a licence that was called (block <c>licence</c>); null for other materials.</param>
/// <param name="Content">The content; null when it is not in the package.</param>
public sealed record CaseFile(string Path, CaseFields Fields, CaseFields? Licence, PackageFile? Content)
{
    /// <summary>Whether it is known by an address alone, and no file is said to be here.</summary>
    public bool IsReference => Path.Length == 0 && Fields["computer_file_name"] is null && Fields["reference_address"] is not null;
}

/// <summary>An item of the extension block (扩展项): what an agency adds of its own.</summary>
/// <remarks>Immutable.</remarks>
public sealed class CaseExtension
{
    internal CaseExtension(MarkupElement raw) => Raw = raw;

    /// <summary>Makes an item of a text.</summary>
    public CaseExtension(string id, string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        Raw = new MarkupElement("扩展项").With("id", id);
        _ = text.Length == 0 ? Raw : Raw.Add(new MarkupText(text));
    }

    /// <summary>What it is called; empty when it says nothing, which is a fault.</summary>
    public string Id => Raw.Attribute("id") ?? "";

    /// <summary>Its text, that of elements in it included.</summary>
    public string Text => string.Concat(Texts(Raw));

    internal MarkupElement Raw { get; }

    private static IEnumerable<string> Texts(MarkupElement element) =>
        element.Nodes.SelectMany(n => n switch { MarkupText text => [text.Value], MarkupElement child => Texts(child), _ => Array.Empty<string>() });
}

/// <summary>
/// A government service case (办件) as a package carries it, whatever the profile: metadata by blocks, steps, materials with what is recorded of
/// them, licences called, joint handling, extensions, packages of participating cases, and everything that was not recognised.
/// </summary>
/// <remarks>Immutable; contents can be read while the package that it came from is open.</remarks>
public sealed record CasePackage
{
    /// <summary>What the archive needs (block <c>configuration</c>).</summary>
    public required CaseFields Configuration { get; init; }

    /// <summary>What the case is (block <c>basic</c>).</summary>
    public required CaseFields Basic { get; init; }

    /// <summary>Its relations to other cases (block <c>relation</c>).</summary>
    public IReadOnlyList<CaseFields> Relations { get; init; } = [];

    /// <summary>The steps that were taken (block <c>step</c>), in the order written.</summary>
    public required IReadOnlyList<CaseFields> Steps { get; init; }

    /// <summary>The materials by folders.</summary>
    public required IReadOnlyList<CaseFolder> Folders { get; init; }

    /// <summary>What an agency adds of its own.</summary>
    public IReadOnlyList<CaseExtension> Extensions { get; init; } = [];

    /// <summary>The package's description of itself (block <c>description</c>), where the profile has one.</summary>
    public CaseFields? Description { get; init; }

    /// <summary>The packages of participating cases that lie in this one, by the names of their folders.</summary>
    public IReadOnlyList<KeyValuePair<string, CasePackage>> Parts { get; init; } = [];

    /// <summary>Files of the package that its metadata do not name.</summary>
    public IReadOnlyList<PackageFile> OtherFiles { get; init; } = [];

    /// <summary>All materials.</summary>
    public IEnumerable<CaseFile> Files => Folders.SelectMany(f => f.Files);

    /// <summary>The electronic record code (电子文件号), which names the package; empty when it does not stand.</summary>
    public string RecordCode => Configuration["electronic_record_code"] ?? "";

    /// <summary>The running number of the case in its system (业务流水号); empty when it does not stand.</summary>
    public string CaseNumber => Basic["project_id"] ?? "";

    /// <summary>When the case was completed; null when that cannot be read.</summary>
    public DateTimeOffset? Completed => Basic.Time("transact_time");

    /// <summary>What stood beside the blocks and was not recognised; written again at the end.</summary>
    internal IReadOnlyList<MarkupElement> Unknown { get; init; } = [];

    /// <summary>The list of digests as it was read, whose signature stays good as long as the list does.</summary>
    internal MarkupElement? CheckList { get; init; }
}
