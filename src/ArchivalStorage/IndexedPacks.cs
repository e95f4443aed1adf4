using System.Buffers.Binary;
using System.Text;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>A pack as the digest index knows it: its number is its place in the list.</summary>
/// <param name="Place">Id, group and name.</param>
/// <param name="Known">Up to where its frames are in the index while it is open; a sealed one is in it whole.</param>
internal sealed record IndexedPack(PackPlace Place, VouchedPack Known);

/// <summary>What the digest index keeps beside its runs: the packs, and how far each is indexed.</summary>
/// <remarks>spec/formats/index.md, "Digest index". 144 bytes for each pack.</remarks>
internal static class IndexedPacks
{
    private const int Size = 144;

    /// <param name="packs">All packs in the order of their numbers.</param>
    /// <param name="vouched">What the ledger's last trailer says of the open ones: up to there they are indexed.</param>
    public static byte[] Write(IReadOnlyList<PackPlace> packs, IReadOnlyList<VouchedPack> vouched)
    {
        var bytes = new byte[checked(packs.Count * Size)];
        for (var i = 0; i < packs.Count; i++)
        {
            var at = bytes.AsSpan(i * Size, Size);
            var (id, group, name) = packs[i];
            _ = id.TryWriteBytes(at, bigEndian: true, out _);
            name?.CopyTo(at[16..]);
            _ = Encoding.ASCII.GetBytes(group, at[48..96]);
            if (vouched.FirstOrDefault(v => v.Pack == id) is { } known && known.Pack == id)
            {
                at[16..48].Clear(); // named, but not yet by the ledger: its frames are counted when it is
                BinaryPrimitives.WriteInt64LittleEndian(at[96..], known.End);
                BinaryPrimitives.WriteUInt64LittleEndian(at[104..], known.Batch);
                known.Commit.CopyTo(at[112..]);
            }
        }

        return bytes;
    }

    /// <summary>Reads the list; null when it has another form.</summary>
    public static List<IndexedPack>? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length % Size != 0)
        {
            return null;
        }

        var packs = new List<IndexedPack>(bytes.Length / Size);
        for (; bytes.Length > 0; bytes = bytes[Size..])
        {
            var id = new Guid(bytes[..16], bigEndian: true);
            var name = bytes.Slice(16, 32);
            var place = new PackPlace(id, Encoding.ASCII.GetString(bytes[48..96]).TrimEnd('\0'), name.ContainsAnyExcept((byte)0) ? new Digest(name) : null);
            packs.Add(new IndexedPack(place, new VouchedPack(
                id, BinaryPrimitives.ReadInt64LittleEndian(bytes[96..]), BinaryPrimitives.ReadUInt64LittleEndian(bytes[104..]), new Digest(bytes.Slice(112, 32)))));
        }

        return packs;
    }
}
