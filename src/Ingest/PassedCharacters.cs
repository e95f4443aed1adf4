using Lantai.Characterization;
using Lantai.StoreFormat;

namespace Lantai.Ingest;

/// <summary>
/// What was found at the files of a streamed submission, kept from their passing until their entries are told: by their
/// place in the stream, as bytes, so that many files of few kinds cost little.
/// </summary>
/// <remarks>Made for one submission. Beyond 64 MiB technical metadata are left out, and the entry says so.</remarks>
internal sealed class PassedCharacters
{
    private const long MostBytes = 64L << 20;

    private readonly Dictionary<string, string> _formats = new(StringComparer.Ordinal);
    private readonly Dictionary<byte[], byte[]> _alike = new(BytesComparer.Instance);
    private readonly List<(string? Format, byte[]? Map)> _rows = [];
    private long _bytes;

    /// <summary>Keeps what was found.</summary>
    /// <param name="place">Place of the file in the stream, from zero.</param>
    /// <param name="character">What was found.</param>
    public void Put(int place, FileCharacter character)
    {
        while (_rows.Count <= place)
        {
            _rows.Add((null, null));
        }

        var format = character.Identification.Id;
        if (format is not null && !_formats.TryAdd(format, format))
        {
            format = _formats[format];
        }

        _rows[place] = (format, Share(CharacterMap.Of(character)));
    }

    /// <summary>What was found at a place; null when nobody looked.</summary>
    public (string? Format, JsonMap Map)? Take(int place) =>
        place < _rows.Count && _rows[place].Map is { } bytes && CanonicalJson.TryRead(bytes, out var map) ? (_rows[place].Format, map) : null;

    private byte[] Share(JsonMap map)
    {
        var bytes = CanonicalJson.Write(map);
        if (_bytes + bytes.Length > MostBytes)
        {
            bytes = CanonicalJson.Write(new JsonMap().Set("basis", map.Text("basis")).Set("readability", map.Text("readability")).Set("verdict", map.Text("verdict")).Set("leftOut", 1));
        }

        if (_alike.TryGetValue(bytes, out var known))
        {
            return known;
        }

        _bytes += bytes.Length;
        _alike.Add(bytes, bytes);
        return bytes;
    }

    private sealed class BytesComparer : IEqualityComparer<byte[]>
    {
        public static readonly BytesComparer Instance = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] bytes) => unchecked((int)System.IO.Hashing.XxHash3.HashToUInt64(bytes));
    }
}
