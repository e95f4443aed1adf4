using System.Globalization;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>Keeps what a fixity check found: a result file, and an event that holds its digest.</summary>
/// <remarks>spec/formats/audit.md.</remarks>
internal static class FixityResults
{
    private const int MaxFindings = 1000;

    public static long Keep(Vault vault, FixityReport report, FixityRequest request, Actor actor)
    {
        using var file = new MemoryStream();
        foreach (var result in report.Results.OrderBy(r => r.Path, StringComparer.Ordinal))
        {
            file.Write(CanonicalJson.Write(new JsonMap()
                .Set("object", result.Path).Set("state", Name(result.State)).Set("bytes", result.Bytes).Set("findings", EventDetail.Write(result.Findings))));
            file.WriteByte((byte)'\n');
        }

        var bytes = file.ToArray();
        var digest = Digest.Of(bytes);
        var name = string.Create(CultureInfo.InvariantCulture, $"{StoreLayout.Audit}/{report.Started.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-{digest.ToString()[..16]}.jsonl");
        vault.Disk.Replace(name, bytes);
        vault.FixityTimes.Save();

        var findings = report.Results.SelectMany(r => r.Findings).Take(MaxFindings).ToList();
        var body = new JsonMap().Set("result", digest).Set("file", name).Set("scope", Scope(request)).Set("findings", EventDetail.Write(findings));
        var counts = Enum.GetValues<FixityState>().ToDictionary(Name, report.Count);
        counts["bytes"] = report.Bytes;
        return vault.Append(
            new EventDraft(EventTypes.FixityCheck, vault.Descriptor.Store.ToString("D")) { Outcome = report.IsClean ? "success" : "findings", Counts = counts, Body = body },
            actor).Event.Leaf.Sequence;
    }

    private static string Scope(FixityRequest request) =>
        string.Join(' ', new[] { request.DueWithin is null ? "all" : "due", request.Deep ? "deep" : null, request.Sample < 1 ? "sample" : null }.OfType<string>());

    private static string Name(FixityState state) => state switch
    {
        FixityState.Verified => "verified",
        FixityState.Changed => "changed",
        FixityState.Missing => "missing",
        FixityState.Unreadable => "unreadable",
        FixityState.Deferred => "deferred",
        _ => "notChecked",
    };
}
