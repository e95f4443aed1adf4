using System.Text;
using Lantai.StoreFormat;

namespace Lantai.RecordsManagement;

/// <summary>The versions of a case's content, each one line of JSON in the document of the case.</summary>
internal static class CaseVersions
{
    /// <summary>The most versions of a case: a document has a largest size.</summary>
    public const int Most = 1000;

    public static string Write(CaseVersion version) => Encoding.UTF8.GetString(CanonicalJson.Write(ContentBodies.Describe(
        new JsonMap().Set("package", version.Package).Set("at", version.At).Set("act", ContentBodies.CodeOf(version.Act)).Set("reason", version.Reason), version.Held)));

    public static CaseVersion? Read(string line) =>
        CanonicalJson.TryRead(Encoding.UTF8.GetBytes(line), out var map) && map.Digest("package") is { } package && map.Time("at") is { } at
        && ContentBodies.ActOf(map.Text("act")) is { } act && ContentBodies.HeldIn(map) is { } held
            ? new CaseVersion(package, held, at, act, map.Text("reason"))
            : null;
}
