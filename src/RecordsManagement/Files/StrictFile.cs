using System.Text.Json;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>
/// Reads a JSON file that somebody wrote for this room: an object of texts, whole numbers, lists and objects. A member twice,
/// a comment, a fraction, bytes that are not UTF-8, or anything behind the object is a finding (REC-004), and nothing is read.
/// </summary>
/// <remarks>Pure; safe for concurrent use. Bounded: 1 MiB, 8 levels. spec/formats/records-codes.md.</remarks>
internal static class StrictFile
{
    /// <summary>The most bytes of a file.</summary>
    public const int MaxSize = 1 << 20;

    private const int MaxDepth = 8;

    /// <summary>Reads a file; null and a finding when it is none.</summary>
    public static JsonMap? TryRead(ReadOnlySpan<byte> bytes, string displayName, ICollection<Finding> findings)
    {
        if (bytes.Length > MaxSize)
        {
            findings.Add(Fault(displayName, 0, "too-large"));
            return null;
        }

        var body = bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            var map = reader.Read() && reader.TokenType == JsonTokenType.StartObject ? ReadMap(ref reader) : throw new JsonException("no-object");
            return reader.Read() ? throw new JsonException("no-object") : map;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            // The reader's own messages are for programmers; ours are keys.
            var at = (int)Math.Min(reader.BytesConsumed, body.Length);
            findings.Add(Fault(displayName, body[..at].Count((byte)'\n') + 1, problem is JsonException { InnerException: null, LineNumber: null, Message: var key } ? key : "no-json"));
            return null;
        }
    }

    private static Finding Fault(string displayName, int line, string fault) => Finding.Error("REC-004", displayName, ("line", line), ("file-fault", fault));

    private static JsonMap ReadMap(ref Utf8JsonReader reader)
    {
        var map = new JsonMap();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            if (map.Members.ContainsKey(name))
            {
                throw new JsonException("member-twice");
            }

            _ = reader.Read();
            _ = ReadValue(ref reader) switch
            {
                string text => map.Set(name, text),
                long number => map.Set(name, number),
                JsonMap inner => map.Set(name, inner),
                List<object> list => map.Set(name, list),
                _ => throw new JsonException("value-kind"),
            };
        }

        return map;
    }

    private static object ReadValue(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString()!,
        JsonTokenType.Number => reader.TryGetInt64(out var number) && number is >= -CanonicalJson.MaxInteger and <= CanonicalJson.MaxInteger ? number : throw new JsonException("value-kind"),
        JsonTokenType.StartObject => ReadMap(ref reader),
        JsonTokenType.StartArray => ReadList(ref reader),
        _ => throw new JsonException("value-kind"),
    };

    private static List<object> ReadList(ref Utf8JsonReader reader)
    {
        var list = new List<object>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            list.Add(ReadValue(ref reader));
        }

        return list;
    }
}
