using System.Globalization;

namespace Lantai.InformationPackages;

/// <summary>A material that a package is made with.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its file name.</param>
/// <param name="Content">Its content.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Fields">What is said of it (block <c>file</c>, by English names); what can be computed need not be said.</param>
/// <param name="Licence">The metadata of a licence that was called (block <c>licence</c>); null for others.</param>
public sealed record DraftFile(
    MaterialKind Kind, string Name, PackageFile Content, DateTimeOffset Created,
    IReadOnlyDictionary<string, string?> Fields, IReadOnlyDictionary<string, string?>? Licence = null);

/// <summary>
/// What somebody knows of a case, from which its package is made: lengths, digests, codes of files, counts and the package's description of
/// itself are computed, everything else must be said.
/// </summary>
/// <remarks>Not safe for concurrent use.</remarks>
public sealed class CaseDraft
{
    private static readonly MaterialKind[] Order = [MaterialKind.Application, MaterialKind.Called, MaterialKind.Process, MaterialKind.Outcome];

    /// <summary>What the archive needs, by English names.</summary>
    public Dictionary<string, string?> Configuration { get; } = new(StringComparer.Ordinal);

    /// <summary>What the case is, by English names.</summary>
    public Dictionary<string, string?> Basic { get; } = new(StringComparer.Ordinal);

    /// <summary>The steps in their order.</summary>
    public List<IReadOnlyDictionary<string, string?>> Steps { get; } = [];

    /// <summary>Relations to other cases.</summary>
    public List<IReadOnlyDictionary<string, string?>> Relations { get; } = [];

    /// <summary>The materials.</summary>
    public List<DraftFile> Files { get; } = [];

    /// <summary>What an agency adds of its own.</summary>
    public List<CaseExtension> Extensions { get; } = [];

    /// <summary>Makes the case of a profile. Contents are read for their digests.</summary>
    /// <exception cref="Lantai.Containers.ContentException">A content cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public CasePackage Complete(CaseProfile profile, CancellationToken stop)
    {
        var folders = Order.Where(k => Files.Any(f => f.Kind == k)).GroupBy(profile.TitleOf).Select(group =>
        {
            var files = Files.Where(f => group.Contains(f.Kind)).OrderBy(f => Array.IndexOf(Order, f.Kind)).ToList();
            return new CaseFolder(group.Key, group.First(), [.. files.Select((f, i) => Complete(f, i + 1, profile, stop))]);
        }).ToList();
        Configuration["total_number"] = Files.Count.ToString(CultureInfo.InvariantCulture);
        return profile.Describe(new CasePackage
        {
            Configuration = CaseFields.Of("configuration", Configuration),
            Basic = CaseFields.Of("basic", Basic),
            Steps = [.. Steps.Select(s => CaseFields.Of("step", s))],
            Relations = [.. Relations.Select(r => CaseFields.Of("relation", r))],
            Folders = folders,
            Extensions = Extensions,
        });
    }

    private static CaseFile Complete(DraftFile file, int number, CaseProfile profile, CancellationToken stop)
    {
        var sm3 = DigestAlgorithm.Find("sm3")!;
        var title = Path.GetFileNameWithoutExtension(file.Name);
        var fields = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["file_code"] = string.Create(CultureInfo.InvariantCulture, $"{profile.LetterOf(file.Kind)}{number}"),
            ["file_standard_name"] = title,
            ["file_actual_name"] = title,
            ["format_information"] = Path.GetExtension(file.Name) is { Length: > 1 } ending ? ending[1..].ToUpperInvariant() : "未知",
            ["computer_file_creation_time"] = profile.Write(file.Created),
        };
        foreach (var (name, value) in file.Fields.Where(f => !string.IsNullOrEmpty(f.Value)))
        {
            fields[name] = value;
        }

        // What the bytes say cannot be said otherwise.
        fields["computer_file_name"] = file.Name;
        fields["computer_file_size"] = file.Content.Length.ToString(CultureInfo.InvariantCulture);
        fields["digest_algorithm"] = "SM3";
        fields["digest"] = Convert.ToHexStringLower(ContentDigests.Of(file.Content, [sm3], stop)[sm3]);
        return new CaseFile("", CaseFields.Of("file", fields), file.Licence is null ? null : CaseFields.Of("licence", file.Licence), file.Content);
    }
}
