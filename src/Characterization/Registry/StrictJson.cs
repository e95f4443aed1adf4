using System.Text.Json;

namespace Lantai.Characterization.Registry;

/// <summary>
/// Walks through JSON that a site may have written by hand: every member must be known and stand there once, so that a
/// slip of the pen is told and never passed over. Its current token is always the first one of a value.
/// </summary>
/// <remarks>
/// By the reader alone: a serializer builds itself at every start of the program. What is wrong with the content is told by a
/// <see cref="JsonException"/> whose message is a text key without its prefix <c>fault.</c>; only the files that read a
/// registry or a policy see it.
/// </remarks>
internal ref struct StrictJson
{
    private const int MostDepth = 16;
    private const int MostText = 4096;
    private const int MostItems = 100_000;

    private readonly List<string>[] _members = new List<string>[MostDepth + 1];
    private Utf8JsonReader _reader;
    private int _items;

    /// <summary>Stands before the only value of a text.</summary>
    public StrictJson(ReadOnlySpan<byte> json) => _reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MostDepth });

    /// <summary>Where the current token begins, in bytes.</summary>
    public readonly long Place => _reader.TokenStartIndex;

    /// <summary>What to throw when the value is not what it should be.</summary>
    public static JsonException Wrong(string fault) => new(fault);

    /// <summary>The text key, without its prefix <c>fault.</c>, that says what is wrong.</summary>
    public static string Fault(JsonException exception) => exception.LineNumber is null ? exception.Message : "no-json";

    /// <summary>Goes on to the value.</summary>
    /// <exception cref="JsonException">There is none, or the text is longer than allowed.</exception>
    public void Begin(int length, int most)
    {
        if (length > most)
        {
            throw Wrong("too-long");
        }

        Advance();
    }

    /// <summary>The value must be an object; its members follow.</summary>
    public readonly void EnterObject()
    {
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            throw Wrong("no-object");
        }

        (_members[_reader.CurrentDepth] ??= []).Clear();
    }

    /// <summary>Goes on to the value of the next member; false when the object has ended.</summary>
    public bool NextMember(out string name)
    {
        Advance();
        name = "";
        if (_reader.TokenType == JsonTokenType.EndObject)
        {
            return false;
        }

        name = ReadText();
        var seen = _members[_reader.CurrentDepth - 1];
        if (seen.Contains(name))
        {
            throw Wrong("member-twice");
        }

        seen.Add(name);
        Advance();
        return true;
    }

    /// <summary>The value must be an array; its items follow.</summary>
    public readonly void EnterArray()
    {
        if (_reader.TokenType != JsonTokenType.StartArray)
        {
            throw Wrong("no-array");
        }
    }

    /// <summary>Goes on to the next item; false when the array has ended.</summary>
    public bool NextItem()
    {
        Advance();
        if (++_items > MostItems)
        {
            throw Wrong("too-many");
        }

        return _reader.TokenType != JsonTokenType.EndArray;
    }

    /// <summary>The value must be a text that is not empty.</summary>
    public string Text()
    {
        var text = _reader.TokenType == JsonTokenType.String ? ReadText() : throw Wrong("no-text");
        return text.Length is > 0 and <= MostText && text.AsSpan().IndexOfAnyInRange('\0', '\x1F') < 0 ? text : throw Wrong("no-text");
    }

    /// <summary>The value must be a whole number.</summary>
    public readonly long Number() =>
        _reader.TokenType == JsonTokenType.Number && _reader.TryGetInt64(out var number) ? number : throw Wrong("no-number");

    /// <summary>The value must be true or false.</summary>
    public readonly bool Truth() => _reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw Wrong("no-truth"),
    };

    /// <summary>The value must be an array of texts.</summary>
    public List<string> Texts()
    {
        var texts = new List<string>();
        EnterArray();
        while (NextItem())
        {
            texts.Add(Text());
        }

        return texts;
    }

    /// <summary>Nothing may follow.</summary>
    public void End()
    {
        if (_reader.Read())
        {
            throw Wrong("no-json");
        }
    }

    private void Advance()
    {
        if (!_reader.Read())
        {
            throw Wrong("no-json");
        }
    }

    // A text with bytes that are not UTF-8, or with half of a surrogate pair, is no text; the reader says so in two ways.
    private readonly string ReadText()
    {
        try
        {
            return _reader.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("no-text", e);
        }
    }
}
