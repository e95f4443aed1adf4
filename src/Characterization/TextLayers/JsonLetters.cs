using System.Text.Json;

namespace Lantai.Characterization.TextLayers;

/// <summary>The text of JSON: each value with the name of its member, whatever way its letters are escaped.</summary>
/// <param name="sink">Takes the texts.</param>
/// <param name="packed">Looks for files in base64.</param>
internal sealed class JsonLetters(TextSink sink, PackedTexts packed)
{
    private const int MostDepth = 256;
    private const int MostLabel = 64;

    private readonly Stack<string?> _labels = new();
    private string _name = "";
    private int _number;

    /// <summary>Whether a text begins as JSON does.</summary>
    public static bool IsLikely(string start) =>
        start is ['{' or '[', ..] && start.TrimStart('{', '[', ' ', '\t', '\r', '\n') is "" or ['"' or '}' or ']' or '-' or 't' or 'f' or 'n' or '/' or (>= '0' and <= '9'), ..];

    /// <summary>Reads a text; false when it is no JSON to its end, of which what came before was taken.</summary>
    /// <param name="text">The text in UTF-8, without a byte order mark.</param>
    /// <param name="stop">Stops the work.</param>
    public bool TryRead(ReadOnlySpan<byte> text, CancellationToken stop)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Allow, AllowTrailingCommas = true, AllowMultipleValues = true, MaxDepth = MostDepth });
        try
        {
            while (reader.Read())
            {
                stop.ThrowIfCancellationRequested();
                Take(ref reader);
            }

            return true;
        }
        catch (Exception bad) when (bad is JsonException or InvalidOperationException)
        {
            return false; // not well-formed, or letters that are none
        }
    }

    private void Take(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                _labels.Push(null);
                break;
            case JsonTokenType.EndObject:
                _ = _labels.TryPop(out _);
                break;
            case JsonTokenType.PropertyName:
                _name = reader.GetString()!;
                sink.Take(_name, TextRole.Field, "element", _number + 1);
                break;
            case JsonTokenType.Comment:
                sink.Take(reader.GetComment(), TextRole.Body, "element", _number);
                break;
            case JsonTokenType.String:
                TakeValue(reader.GetString()!);
                break;
        }
    }

    private void TakeValue(string text)
    {
        _number++;
        sink.Take(text, TextRole.Field, "element", _number, _name);
        packed.Look(text);
        if (_labels.TryPeek(out var label) && label is not null)
        {
            sink.Take(text, TextRole.Field, "element", _number, label); // {"name": "密级", "value": "JM"}
        }

        if (FieldNames.IsName(_name) && text.Length <= MostLabel && _labels.TryPop(out _))
        {
            _labels.Push(text);
        }
    }
}
