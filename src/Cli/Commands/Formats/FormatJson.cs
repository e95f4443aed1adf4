using System.Text.Json.Nodes;
using Lantai.Characterization;
using Lantai.Cli.Output;
using Lantai.Words;

namespace Lantai.Cli.Commands.Formats;

/// <summary>Formats and characters of files as JSON.</summary>
internal static class FormatJson
{
    public static JsonNode Of(IdentifiedFile file, FileCharacter character, Speech speech)
    {
        var node = new JsonObject
        {
            ["path"] = file.Name.Display,
            ["pathBytes"] = file.Name.IsUtf8 ? null : Convert.ToBase64String(file.Name.Bytes.Span),
            ["length"] = file.Length,
            ["format"] = character.Identification.Id,
            ["name"] = character.Identification.Best?.Format.NameWithVersion,
            ["mediaType"] = character.Identification.Best?.Format.MediaTypes.Count > 0 ? character.Identification.Best.Format.MediaTypes[0] : null,
            ["basis"] = character.Identification.Best?.Basis.ToString().ToLowerInvariant(),
            ["verdict"] = character.Verdict.Verdict.ToString().ToLowerInvariant(),
            ["rule"] = character.Verdict.Rule,
            ["mismatch"] = character.Identification.IsMismatch,
            ["candidates"] = new JsonArray([.. character.Identification.Candidates.Select(c => (JsonNode)new JsonObject { ["format"] = c.Format.Id, ["basis"] = c.Basis.ToString().ToLowerInvariant() })]),
            ["findings"] = new JsonArray([.. character.Findings(file.Name.Display).Select(f => (JsonNode)JsonAnswer.Of(f, speech))]),
        };
        return character.Examination is { } examination ? Add(node, examination) : node;
    }

    public static JsonObject Of(FileFormat format) => new()
    {
        ["id"] = format.Id,
        ["name"] = format.NameWithVersion,
        ["chineseName"] = format.ChineseName,
        ["version"] = format.Version,
        ["class"] = format.Class.ToString().ToLowerInvariant(),
        ["mediaTypes"] = new JsonArray([.. format.MediaTypes.Select(t => (JsonNode)t)]),
        ["extensions"] = new JsonArray([.. format.Extensions.Select(e => (JsonNode)e)]),
    };

    private static JsonObject Add(JsonObject node, FileExamination examination)
    {
        node["family"] = examination.Family.ToString().ToLowerInvariant();
        node["readability"] = examination.Readability.ToString().ToLowerInvariant();
        node["encryption"] = new JsonArray([.. examination.Encryption.Select(e => (JsonNode)new JsonObject { ["kind"] = e.Kind, ["place"] = e.Place })]);
        node["active"] = new JsonArray([.. examination.Active.Select(a => (JsonNode)new JsonObject { ["kind"] = a.Kind, ["place"] = a.Place })]);
        node["technical"] = new JsonObject(examination.Technical.Select(t => KeyValuePair.Create(t.Key, ValueOf(t.Value))));
        return node;
    }

    private static JsonNode? ValueOf(object value) => value switch
    {
        long number => JsonValue.Create(number),
        bool isSo => JsonValue.Create(isSo),
        IEnumerable<string> texts => new JsonArray([.. texts.Select(t => (JsonNode)t)]),
        _ => JsonValue.Create(value.ToString()),
    };
}
