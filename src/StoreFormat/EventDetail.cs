using Lantai.Words;

namespace Lantai.StoreFormat;

/// <summary>The part of an event that may name things and that is destroyed with its AIP.</summary>
/// <param name="Account">Acting account, as in the record.</param>
/// <param name="AccountName">Its name, such as <c>os:archivist</c>.</param>
/// <param name="Software">Name and version of the writing program.</param>
/// <param name="Body">The members that depend on the event's type.</param>
/// <remarks>spec/formats/event.md, "Detail".</remarks>
public sealed record EventDetail(Guid Account, string AccountName, string Software, JsonMap Body)
{
    /// <summary>The canonical JSON, without the salt.</summary>
    public byte[] ToBytes()
    {
        var map = new JsonMap();
        foreach (var (name, value) in Body.Members)
        {
            _ = map.TryAdd(name, value);
        }

        return CanonicalJson.Write(map
            .Set("format", "lantai-detail/1").Set("software", Software)
            .Set("account", new JsonMap().Set("id", Account).Set("name", AccountName)));
    }

    /// <summary>Reads canonical JSON; false when it has not the form.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out EventDetail detail)
    {
        detail = null!;
        if (!CanonicalJson.TryRead(bytes, out var map) || map.Text("format") != "lantai-detail/1"
            || map.Text("software") is not { } software || map.Map("account") is not { } account
            || account.Id("id") is not { } id || account.Text("name") is not { } name)
        {
            return false;
        }

        detail = new EventDetail(id, name, software, map);
        return true;
    }

    /// <summary>Writes findings for the member <c>findings</c>; null when there are none.</summary>
    public static IEnumerable<object>? Write(IReadOnlyCollection<Finding> findings) => findings.Count == 0 ? null : findings.Select(finding =>
    {
        var arguments = new JsonMap();
        foreach (var (name, value) in finding.Arguments)
        {
            _ = arguments.Set(name, Clean(value));
        }

        return (object)new JsonMap().Set("code", finding.Code).Set("subject", Clean(finding.Subject)).Set("arguments", arguments)
            .Set("severity", finding.Severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "information" });
    });

    /// <summary>Reads the member <c>findings</c>; what has not the form is left out.</summary>
    public static IReadOnlyList<Finding> ReadFindings(JsonMap body) => [.. (body.List("findings") ?? []).OfType<JsonMap>().Select(map => new Finding(
        map.Text("code") ?? "",
        map.Text("severity") switch { "error" => Severity.Error, "warning" => Severity.Warning, _ => Severity.Information },
        map.Text("subject") ?? "",
        [.. (map.Map("arguments")?.Members ?? new Dictionary<string, object>()).Select(a => KeyValuePair.Create(a.Key, a.Value as string ?? ""))]))];

    // Display texts can hold lone surrogates when they come from outside; JSON cannot.
    private static string Clean(string text) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));
}

/// <summary>What the detail of an ingestion says.</summary>
/// <param name="Source">Who submits; <c>local</c> unless said.</param>
/// <param name="Submission">The submission's id within its source.</param>
/// <param name="Name">Name of the folder or file that was submitted.</param>
/// <param name="Form"><c>folder</c>, <c>file</c>, <c>zip</c>, <c>tar</c>, <c>tar.gz</c>, <c>tar.zst</c>, <c>gz</c>, <c>zst</c>, <c>bag</c>, or one of a container and <c>-bag</c>.</param>
/// <param name="ContentDigest">Answers "the same submission?".</param>
/// <param name="Retention">Retention code, or null while unscheduled.</param>
/// <param name="Completed">Completion date, <c>yyyy-MM-dd</c>, or null.</param>
/// <param name="Container">The container it came in, or null.</param>
/// <param name="Findings">Warnings and remarks it was kept with.</param>
/// <remarks>spec/formats/event.md, row "ingestion".</remarks>
public sealed record IngestionDetail(
    string Source, string Submission, string Name, string Form, Digest ContentDigest, string? Retention, string? Completed,
    ContainerFacts? Container, IReadOnlyList<Finding> Findings)
{
    /// <summary>What the files are, counted, and what told it, in the form of spec/formats/characterization.md; null when nobody looked.</summary>
    public JsonMap? Characterization { get; init; }

    /// <summary>The members of the detail.</summary>
    public JsonMap ToBody() => new JsonMap()
        .Set("characterization", Characterization).Set("source", Source).Set("submission", Submission).Set("name", Name).Set("form", Form).Set("contentDigest", ContentDigest)
        .Set("retention", Retention).Set("completed", Completed).Set("findings", EventDetail.Write(Findings))
        .Set("container", Container is null ? null : new JsonMap()
            .Set("name", Container.Name).Set("length", Container.Length).Set("sha256", Container.Content).Set("order", Container.Order));

    /// <summary>Reads the members of a detail; null when it has not the form.</summary>
    public static IngestionDetail? Read(JsonMap body)
    {
        if (body.Text("source") is not { } source || body.Text("submission") is not { } submission || body.Text("name") is not { } name
            || body.Text("form") is not { } form || body.Digest("contentDigest") is not { } content
            || (body.Map("characterization") is null && body.Members.ContainsKey("characterization")))
        {
            return null;
        }

        var container = body.Map("container") is { } c && c.Text("name") is { } file && c.Number("length") is { } length && c.Digest("sha256") is { } digest
            ? new ContainerFacts(file, length, digest, c.Text("order"))
            : null;
        return new IngestionDetail(source, submission, name, form, content, body.Text("retention"), body.Text("completed"), container, EventDetail.ReadFindings(body))
        {
            Characterization = body.Map("characterization"),
        };
    }
}

/// <summary>What is kept of the container that a submission came in.</summary>
/// <param name="Name">Its file name.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Content">SHA-256 of its bytes.</param>
/// <param name="Order">Base64 of u32 little-endian places, for each manifest entry in order; null when in path order.</param>
/// <remarks>spec/formats/event.md.</remarks>
public sealed record ContainerFacts(string Name, long Length, Digest Content, string? Order);
