using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace Lantai.StoreFormat;

/// <summary>
/// Canonical JSON: RFC 8785 restricted to strings and integers as leaves. Byte for byte one form for one value.
/// </summary>
/// <remarks>spec/formats/json.md. Pure; safe for concurrent use.</remarks>
public static class CanonicalJson
{
    /// <summary>The largest integer a leaf may hold, and the negative of the smallest: 2^53-1.</summary>
    public const long MaxInteger = (1L << 53) - 1;

    private const int MaxDepth = 16;

    /// <summary>Room for the longest that a text of usual length may need while it is written.</summary>
    private const int Spare = 512;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Writes an object in canonical form.</summary>
    /// <exception cref="ArgumentException">A leaf is no string or integer, an integer is out of range, or a string holds a lone surrogate.</exception>
    public static byte[] Write(JsonMap map)
    {
        var output = new ArrayBufferWriter<byte>(256);
        WriteMap(map, output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Reads an object; false when the bytes are not JSON or not in canonical form.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out JsonMap? map)
    {
        map = null;
        try
        {
            var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = MaxDepth });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject || ReadMap(ref reader) is not { } read || reader.Read())
            {
                return false;
            }

            // One form for one value: what does not write back to the same bytes is refused.
            var written = new ArrayBufferWriter<byte>(bytes.Length + Spare);
            WriteMap(read, written);
            if (!bytes.SequenceEqual(written.WrittenSpan))
            {
                return false;
            }

            map = read;
            return true;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            return false; // ill-formed text, an ill-formed escape or a lone surrogate
        }
    }

    internal static void WriteMap(JsonMap map, ArrayBufferWriter<byte> output)
    {
        output.Write("{"u8);
        var first = true;
        foreach (var (name, value) in map.Members)
        {
            if (!first)
            {
                output.Write(","u8);
            }

            first = false;
            WriteText(name, output);
            output.Write(":"u8);
            WriteValue(value, output);
        }

        output.Write("}"u8);
    }

    private static void WriteValue(object value, ArrayBufferWriter<byte> output)
    {
        switch (value)
        {
            case string text:
                WriteText(text, output);
                break;
            case long number:
                WriteNumber(number, output);
                break;
            case int number:
                WriteNumber(number, output);
                break;
            case JsonMap map:
                WriteMap(map, output);
                break;
            case IReadOnlyList<object> list:
                WriteList(list, output);
                break;
            default:
                throw new ArgumentException($"A leaf of type {value.GetType().Name} has no canonical form.", nameof(value));
        }
    }

    private static void WriteList(IReadOnlyList<object> list, ArrayBufferWriter<byte> output)
    {
        output.Write("["u8);
        for (var i = 0; i < list.Count; i++)
        {
            if (i > 0)
            {
                output.Write(","u8);
            }

            WriteValue(list[i], output);
        }

        output.Write("]"u8);
    }

    internal static void WriteNumber(long number, ArrayBufferWriter<byte> output)
    {
        if (number is > MaxInteger or < -MaxInteger)
        {
            throw new ArgumentOutOfRangeException(nameof(number), number, "Integers lie within ±(2^53-1).");
        }

        var span = output.GetSpan(20);
        _ = Utf8Formatter.TryFormat(number, span, out var written);
        output.Advance(written);
    }

    internal static void WriteText(string text, ArrayBufferWriter<byte> output)
    {
        output.Write("\""u8);
        var plain = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c >= ' ' && c != '"' && c != '\\')
            {
                continue;
            }

            WritePlain(text.AsSpan(plain, i - plain), output);
            WriteEscape(c, output);
            plain = i + 1;
        }

        WritePlain(text.AsSpan(plain), output);
        output.Write("\""u8);
    }

    private static void WritePlain(ReadOnlySpan<char> text, ArrayBufferWriter<byte> output)
    {
        if (!text.IsEmpty)
        {
            output.Advance(Strict.GetBytes(text, output.GetSpan(Strict.GetMaxByteCount(text.Length))));
        }
    }

    private static void WriteEscape(char c, ArrayBufferWriter<byte> output) => output.Write(c switch
    {
        '"' => "\\\""u8,
        '\\' => "\\\\"u8,
        '\b' => "\\b"u8,
        '\t' => "\\t"u8,
        '\n' => "\\n"u8,
        '\f' => "\\f"u8,
        '\r' => "\\r"u8,
        _ => Encoding.ASCII.GetBytes($"\\u{(int)c:x4}"),
    });

    private static JsonMap? ReadMap(ref Utf8JsonReader reader)
    {
        var map = new JsonMap();
        string? last = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            if (last is not null && string.CompareOrdinal(last, name) >= 0)
            {
                return null; // out of order or twice: not canonical, and a member out of order would be dear to put in its place
            }

            last = name;
            if (!reader.Read() || ReadValue(ref reader) is not { } value || !map.TryAdd(name, value))
            {
                return null;
            }
        }

        return reader.TokenType == JsonTokenType.EndObject ? map : null;
    }

    private static object? ReadValue(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number => reader.TryGetInt64(out var number) ? number : null,
        JsonTokenType.StartObject => ReadMap(ref reader),
        JsonTokenType.StartArray => ReadList(ref reader),
        _ => null,
    };

    private static List<object>? ReadList(ref Utf8JsonReader reader)
    {
        var list = new List<object>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (ReadValue(ref reader) is not { } value)
            {
                return null;
            }

            list.Add(value);
        }

        return list;
    }
}
