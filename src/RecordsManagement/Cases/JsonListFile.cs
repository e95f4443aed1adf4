using System.Text.Json;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>A list as JSON: an array of objects, or an object with such an array as <c>notices</c>.</summary>
/// <remarks>Held in memory: at most 64 MiB; longer lists come as CSV.</remarks>
internal sealed class JsonListFile(Stream stream, string name) : IListFile
{
    private const int MostBytes = 64 << 20;
    private readonly List<Finding> _findings = [];

    public string Name => name;

    public IReadOnlyList<Finding> Findings => _findings;

    public IEnumerable<ListRow> Rows(CancellationToken cancellation)
    {
        using var document = Parse();
        var list = document?.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("notices", out var notices) ? notices : document?.RootElement;
        if (list is not { ValueKind: JsonValueKind.Array } rows)
        {
            if (document is not null)
            {
                Tell("-", "array");
            }

            yield break;
        }

        var number = 0;
        foreach (var one in rows.EnumerateArray())
        {
            cancellation.ThrowIfCancellationRequested();
            var place = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name} [{number++}]");
            yield return Row(one, place);
        }
    }

    private static ListRow Row(JsonElement one, string place)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        if (one.ValueKind != JsonValueKind.Object)
        {
            return new ListRow(place, fields, "object");
        }

        string? fault = null;
        try
        {
            foreach (var member in one.EnumerateObject())
            {
                fault = NoticeFields.FieldOf(member.Name) is { } field && !fields.TryAdd(field, TextOf(member.Value)) ? "twice" : fault;
            }
        }
        catch (InvalidOperationException)
        {
            fault = "json"; // a lone surrogate in an escape shows only when the text is asked for
        }

        return new ListRow(place, fields, fault);
    }

    // A list of participants may stand as an array of texts.
    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "",
        JsonValueKind.Array => string.Join(';', value.EnumerateArray().Select(v => v.ValueKind == JsonValueKind.String ? v.GetString() : v.GetRawText())),
        _ => value.GetRawText(),
    };

    private JsonDocument? Parse()
    {
        if (stream.Length > MostBytes)
        {
            Tell("-", "large");
            return null;
        }

        try
        {
            return JsonDocument.Parse(stream, new JsonDocumentOptions { MaxDepth = 8, AllowDuplicateProperties = false });
        }
        catch (JsonException problem)
        {
            Tell(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(problem.LineNumber ?? 0) + 1}:{(problem.BytePositionInLine ?? 0) + 1}"), "json");
            return null;
        }
        catch (InvalidOperationException)
        {
            Tell("-", "json"); // a lone surrogate in an escape
            return null;
        }
    }

    private void Tell(string place, string fault) => _findings.Add(Finding.Error(CaseCodes.List, name, ("place", place), ("listfault", fault)));
}
