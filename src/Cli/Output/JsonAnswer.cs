using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lantai.Words;

namespace Lantai.Cli.Output;

/// <summary>The one JSON document that a command answers with under <c>--json</c>.</summary>
internal sealed class JsonAnswer
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true };

    private static readonly JsonSerializerOptions Node = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<(string Name, JsonNode? Value)> _members = [];
    private (string Name, IEnumerable<JsonNode> Items)? _long;

    public void Set(string name, JsonNode? value)
    {
        _members.RemoveAll(m => m.Name == name);
        _members.Add((name, value));
    }

    /// <summary>A list that may be too long to hold; it is walked while the answer is written.</summary>
    public void SetLong(string name, IEnumerable<JsonNode> items) => _long = (name, items);

    public static JsonObject Of(Finding finding, Speech speech)
    {
        var arguments = new JsonObject();
        foreach (var (name, value) in finding.Arguments)
        {
            arguments[name] = value;
        }

        return new JsonObject
        {
            ["code"] = finding.Code,
            ["severity"] = finding.Severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "information" },
            ["subject"] = finding.Subject,
            ["arguments"] = arguments,
            ["text"] = speech.Say(finding),
        };
    }

    /// <summary>Writes the long list, then everything else, so that a failure while walking it can still be told.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="command">The command's name.</param>
    /// <param name="rest">Called after the long list: findings, problem, exit code.</param>
    /// <param name="failed">Told of a failure of the long list.</param>
    public void Write(TextWriter target, string command, Action<JsonAnswer> rest, Action<IOException> failed)
    {
        using var bytes = new WriterStream(target);
        using (var writer = new Utf8JsonWriter(bytes, Writing))
        {
            writer.WriteStartObject();
            writer.WriteString("command", command);
            if (_long is { } list)
            {
                WriteLong(writer, list.Name, list.Items, failed);
            }

            rest(this);
            foreach (var (name, value) in _members)
            {
                writer.WritePropertyName(name);
                if (value is null)
                {
                    writer.WriteNullValue();
                }
                else
                {
                    value.WriteTo(writer, Node);
                }
            }

            writer.WriteEndObject();
        }

        bytes.Finish();
        target.WriteLine();
    }

    private static void WriteLong(Utf8JsonWriter writer, string name, IEnumerable<JsonNode> items, Action<IOException> failed)
    {
        writer.WriteStartArray(name);
        try
        {
            foreach (var item in items)
            {
                item.WriteTo(writer, Node);
                if (writer.BytesPending > 1 << 16)
                {
                    writer.Flush();
                }
            }
        }
        catch (IOException problem)
        {
            failed(problem); // the array ends here and the answer says why
        }

        writer.WriteEndArray();
    }

    /// <summary>UTF-8 bytes into a text writer; a character may be cut in two between writes.</summary>
    private sealed class WriterStream(TextWriter target) : Stream
    {
        private readonly System.Text.Decoder _decoder = System.Text.Encoding.UTF8.GetDecoder();

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public void Finish() => target.Flush();

        public override void Flush() => target.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            var letters = new char[_decoder.GetCharCount(buffer, flush: false)];
            target.Write(letters, 0, _decoder.GetChars(buffer, letters, flush: false));
        }
    }
}
