using System.Security.Cryptography;
using System.Text;
using Lantai.DataManagement;
using Lantai.StoreFormat;
using LiteDB;

namespace Lantai.Adapters.LiteDb;

/// <summary>
/// A document as LiteDB holds it: <c>_id</c>, members in <c>d</c>, lookup keys in <c>k</c>, and in <c>c</c> eight bytes of
/// SHA-256 over collection, id and canonical bytes.
/// </summary>
/// <remarks>LiteDB's pages have no checksum: without <c>c</c> a flipped bit would be shown as the truth.</remarks>
internal static class LiteForm
{
    public const string Members = "d";
    public const string Keys = "k";
    private const string Check = "c";
    private const int CheckSize = 8;

    public static BsonDocument Write(string collection, BsonValue id, Document document, BsonDocument? keys = null)
    {
        var members = new BsonDocument();
        foreach (var (name, value) in document.Members)
        {
            members[name] = value switch
            {
                string text => new BsonValue(text),
                long number => new BsonValue(number),
                _ => new BsonArray(document.List(name).Select(item => new BsonValue(item))),
            };
        }

        var whole = new BsonDocument { ["_id"] = id, [Members] = members, [Check] = Sum(collection, id, document) };
        if (keys is { Count: > 0 })
        {
            whole[Keys] = keys;
        }

        return whole;
    }

    /// <summary>Reads a document; null when it is not what was written.</summary>
    public static Document? Read(string collection, BsonDocument whole)
    {
        if (whole[Members] is not BsonDocument members || !whole[Check].IsBinary)
        {
            return null;
        }

        var map = new JsonMap();
        foreach (var (name, value) in members)
        {
            _ = value.Type switch
            {
                BsonType.String => map.Set(name, value.AsString),
                BsonType.Int64 => map.Set(name, value.AsInt64),
                BsonType.Array => map.Set(name, value.AsArray.Select(item => (object)item.AsString)),
                _ => map,
            };
        }

        var document = new Document(map);
        return Sum(collection, whole["_id"], document).AsSpan().SequenceEqual(whole[Check].AsBinary) ? document : null;
    }

    private static byte[] Sum(string collection, BsonValue id, Document document)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{collection}\n{id.RawValue}\n"));
        hash.AppendData(document.Bytes);
        return hash.GetHashAndReset()[..CheckSize];
    }
}
