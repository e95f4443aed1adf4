using Lantai.Evidence.National;
using Lantai.Words;

namespace Lantai.StoreFormat;

/// <summary>What <c>lantai.json</c> says of a store; written once, by <c>init</c>.</summary>
/// <param name="Store">Store id.</param>
/// <param name="Created">Time of creation.</param>
/// <param name="PackSize">Packs are sealed at this many bytes.</param>
/// <param name="LargeFrom">Content of this many bytes or more is a large object.</param>
/// <param name="SegmentSize">Ledger segments are sealed at this many bytes.</param>
/// <remarks>spec/formats/layout.md, "Descriptor".</remarks>
public sealed record StoreDescriptor(Guid Store, DateTimeOffset Created, long PackSize, long LargeFrom, long SegmentSize)
{
    /// <summary>The records profile of 国办发〔2023〕26号.</summary>
    public const string ChineseRecords = "cn";

    /// <summary>Default pack size: 256 MiB.</summary>
    public const long DefaultPackSize = 256L << 20;

    /// <summary>Default limit of large objects: 64 MiB.</summary>
    public const long DefaultLargeFrom = 64L << 20;

    /// <summary>Default segment size: 64 MiB.</summary>
    public const long DefaultSegmentSize = 64L << 20;

    /// <summary>Whether each file's entry holds the SM3 of its content beside the SHA-256 that names it.</summary>
    public bool KeepsSm3 { get; init; }

    /// <summary>
    /// The rules of records by which things come in: <see cref="ChineseRecords"/>, or null for a store that takes in whatever its owner
    /// hands it. A store with rules takes nothing but what was inspected by them.
    /// </summary>
    public string? Records { get; init; }

    /// <summary>The log's name.</summary>
    public string Origin => "lantai/" + Store.ToString("D");

    /// <summary>The name of the log's key of SM2, when it has one.</summary>
    public string Sm2KeyName => Origin + KeyAddition.NameEnd;

    /// <summary>Whether the three sizes lie in their ranges: 4 KiB to 1 GiB, <c>largeFrom</c> from 1 byte.</summary>
    public bool HasValidSizes => PackSize is >= 4096 and <= 1L << 30 && LargeFrom is >= 1 and <= Frame.MaxContent && SegmentSize is >= 512 and <= 1L << 30;

    /// <summary>The bytes of the file.</summary>
    public byte[] ToBytes() => [.. CanonicalJson.Write(new JsonMap()
        .Set("format", "lantai-store/1").Set("store", Store).Set("origin", Origin).Set("created", Created)
        .Set("packSize", PackSize).Set("largeFrom", LargeFrom).Set("segmentSize", SegmentSize)
        .Set("digests", KeepsSm3 ? [Sm3Digest.Algorithm] : (IEnumerable<object>?)null).Set("records", Records).Set("incompatible", Enumerable.Empty<object>())), (byte)'\n'];

    /// <summary>Reads the file; false when it is malformed or names a feature that this reader does not know.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out StoreDescriptor descriptor)
    {
        descriptor = null!;
        if (bytes.IsEmpty || bytes[^1] != '\n' || !CanonicalJson.TryRead(bytes[..^1], out var map) || map.Text("format") != "lantai-store/1"
            || map.Id("store") is not { } store || map.Time("created") is not { } created || map.Number("packSize") is not { } pack
            || map.Number("largeFrom") is not { } large || map.Number("segmentSize") is not { } segment || map.List("incompatible") is not { Count: 0 }
            || (map.Members.ContainsKey("digests") && map.List("digests") is not [Sm3Digest.Algorithm])
            || (map.Members.ContainsKey("records") && map.Text("records") != ChineseRecords))
        {
            return false;
        }

        var read = new StoreDescriptor(store, created, pack, large, segment) { KeepsSm3 = map.Members.ContainsKey("digests"), Records = map.Text("records") };
        if (map.Text("origin") != read.Origin || !read.HasValidSizes)
        {
            return false;
        }

        descriptor = read;
        return true;
    }
}
