using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>What a hall does with files of a format.</summary>
/// <param name="Format">Id of the format, as a registry names it.</param>
/// <param name="Verdict"><c>accept</c>, <c>convert</c> or <c>refuse</c>.</param>
public sealed record AccessionFormat(string Format, string Verdict);

/// <summary>What an archive hall asks of packages that are transferred to it (进馆要求), as it published it.</summary>
/// <param name="Hall">Credit code of the hall.</param>
/// <param name="Version">Its version: a name that the hall uses once.</param>
/// <param name="From">The first day on which it holds, at UTC+08:00.</param>
/// <param name="Until">The last day; null until another takes its place.</param>
/// <remarks>spec/formats/records-accession.md.</remarks>
public sealed record AccessionRequirements(string Hall, string Version, DateOnly From, DateOnly? Until)
{
    /// <summary>The formats that it speaks of; empty when <see cref="FormatPolicy"/> says it.</summary>
    public IReadOnlyList<AccessionFormat> Formats { get; init; } = [];

    /// <summary>Name and version of the format policy that decides; null when <see cref="Formats"/> says it.</summary>
    public string? FormatPolicy { get; init; }

    /// <summary>The metadata profile that packages follow.</summary>
    public string MetadataProfile { get; init; } = "";

    /// <summary>The package profile.</summary>
    public string PackageProfile { get; init; } = "";

    /// <summary>Version of the package profile; null when the profile has none.</summary>
    public string? PackageVersion { get; init; }

    /// <summary>The most bytes of a package; null for no limit.</summary>
    public long? MaxPackageBytes { get; init; }

    /// <summary>How packages may come: <c>online</c>, <c>offline</c>.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>Certificates or public keys of the hall, PEM.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>Reads requirements from a file; null and findings (REC-004 to REC-007) when it is none. Whether they make sense is for the register to say.</summary>
    /// <param name="bytes">One JSON object, at most 1 MiB.</param>
    /// <param name="displayName">How findings call the file.</param>
    /// <param name="findings">Receives all that is wrong with its form.</param>
    public static AccessionRequirements? TryRead(ReadOnlySpan<byte> bytes, string displayName, ICollection<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        return StrictFile.TryRead(bytes, displayName, findings) is { } map ? Read(map, displayName, findings) : null;
    }

    internal static AccessionRequirements? Read(JsonMap map, string displayName, ICollection<Finding> findings)
    {
        var before = findings.Count;
        var members = new FileMembers(
            map, displayName, "", findings, "hall", "version", "from", "until", "formats", "formatPolicy", "metadataProfile", "packageProfile", "packageVersion",
            "maxPackageBytes", "channels", "hallKeys");
        var read = new AccessionRequirements(members.Text("hall"), members.Text("version"), members.Day("from", isRequired: true) ?? default, members.Day("until"))
        {
            Formats = [.. members.Maps("formats", isRequired: false).Select(f => ReadFormat(f.Map, displayName, f.Place, findings))],
            FormatPolicy = members.OptionalText("formatPolicy"),
            MetadataProfile = members.Text("metadataProfile"),
            PackageProfile = members.Text("packageProfile"),
            PackageVersion = members.OptionalText("packageVersion"),
            MaxPackageBytes = members.Count("maxPackageBytes"),
            Channels = members.Texts("channels", isRequired: true),
            Keys = members.Texts("hallKeys"),
        };
        return findings.Count == before ? read : null;
    }

    internal JsonMap Write() => new JsonMap()
        .Set("hall", Hall).Set("version", Version).Set("from", Entry.Day(From)).Set("until", Entry.Day(Until))
        .Set("formats", Formats.Count == 0 ? null : Formats.Select(f => (object)new JsonMap().Set("format", f.Format).Set("verdict", f.Verdict)))
        .Set("formatPolicy", FormatPolicy).Set("metadataProfile", MetadataProfile).Set("packageProfile", PackageProfile).Set("packageVersion", PackageVersion)
        .Set("maxPackageBytes", MaxPackageBytes).Set("channels", Channels).Set("hallKeys", Entry.Listed(Keys));

    private static AccessionFormat ReadFormat(JsonMap map, string displayName, string place, ICollection<Finding> findings)
    {
        var members = new FileMembers(map, displayName, place, findings, "format", "verdict");
        return new AccessionFormat(members.Text("format"), members.Text("verdict"));
    }
}

/// <summary>What a package says of itself to the hall that is to receive it.</summary>
/// <param name="Requirements">The version of the hall's requirements that it was built to; null when it does not say.</param>
/// <param name="PackageProfile">Its package profile.</param>
/// <param name="Bytes">Its size in bytes.</param>
/// <param name="Channel">How it came.</param>
public sealed record AccessionPackage(string? Requirements, string PackageProfile, long Bytes, SourceChannel Channel);
