using System.Buffers;
using Lantai.Words;

namespace Lantai.StoreFormat;

/// <summary>
/// Writes an object of canonical JSON member by member. The caller gives the members in canonical order; those without a
/// value are left out.
/// </summary>
/// <remarks>spec/formats/json.md. For entries that come by the million; others use <see cref="JsonMap"/>.</remarks>
internal struct CanonicalMembers(ArrayBufferWriter<byte> output)
{
    private bool _hasMembers;

    public void Text(ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            Begin(name);
            CanonicalJson.WriteText(value, output);
        }
    }

    public void Number(ReadOnlySpan<byte> name, long? value)
    {
        if (value is { } number)
        {
            Begin(name);
            CanonicalJson.WriteNumber(number, output);
        }
    }

    public void Hexadecimal(ReadOnlySpan<byte> name, Digest? value)
    {
        if (value is { } digest)
        {
            Begin(name);
            output.Write("\""u8);
            Span<byte> bytes = stackalloc byte[Digest.Size];
            digest.CopyTo(bytes);
            _ = Convert.TryToHexStringLower(bytes, output.GetSpan(2 * Digest.Size), out var written);
            output.Advance(written);
            output.Write("\""u8);
        }
    }

    public void Texts(ReadOnlySpan<byte> name, IReadOnlyDictionary<string, string> values)
    {
        Begin(name);
        var first = true;
        foreach (var (key, value) in values.OrderBy(v => v.Key, StringComparer.Ordinal))
        {
            output.Write(first ? "{"u8 : ","u8);
            first = false;
            CanonicalJson.WriteText(key, output);
            output.Write(":"u8);
            CanonicalJson.WriteText(value, output);
        }

        output.Write("}"u8);
    }

    public void Map(ReadOnlySpan<byte> name, JsonMap? value)
    {
        if (value is not null)
        {
            Begin(name);
            CanonicalJson.WriteMap(value, output);
        }
    }

    public readonly void End() => output.Write(_hasMembers ? "}"u8 : "{}"u8);

    private void Begin(ReadOnlySpan<byte> name)
    {
        output.Write(_hasMembers ? ",\""u8 : "{\""u8);
        output.Write(name);
        output.Write("\":"u8);
        _hasMembers = true;
    }
}
