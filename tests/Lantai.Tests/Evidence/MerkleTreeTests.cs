using System.Security.Cryptography;
using Lantai.Evidence;
using Lantai.Words;

namespace Lantai.Tests.Evidence;

[Collection(nameof(Lantai.Tests.StoreFormat.AloneCollection))] // a collection that others cause changes what a thread has allocated
public sealed class MerkleTreeTests
{
    [Fact]
    public void The_empty_root_is_the_hash_of_no_bytes() =>
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", MerkleTree.EmptyRoot.ToString());

    [Fact]
    public void The_hash_of_the_empty_leaf_is_that_of_one_zero_byte() =>
        Assert.Equal("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", MerkleTree.LeafHash([]).ToString());

    [Theory]
    [InlineData(1)]
    [InlineData(1022)]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(1025)]
    [InlineData(70_000)]
    public void A_leaf_of_any_length_is_hashed_behind_a_zero_byte(int length)
    {
        var leaf = RandomNumberGenerator.GetBytes(length);

        Assert.Equal(Digest.Of([0, .. leaf]), MerkleTree.LeafHash(leaf));
    }

    [Fact]
    public void A_node_is_hashed_behind_a_one_byte()
    {
        var (left, right) = (Digest.Of("left"u8), Digest.Of("right"u8));

        Assert.Equal(Digest.Of([1, .. left.ToArray(), .. right.ToArray()]), MerkleTree.NodeHash(left, right));
    }

    [Fact]
    public void Hashing_leaves_nothing_on_the_heap()
    {
        var leaf = new byte[60_000];
        Hash(leaf, 2_000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Hash(leaf, 200);
        var after = GC.GetAllocatedBytesForCurrentThread();

        Assert.InRange(after - before, 0, 1_000); // 600 hashes; a runtime that tiers up may leave a little
    }

    private static void Hash(byte[] leaf, int times)
    {
        var digest = MerkleTree.EmptyRoot;
        for (var i = 0; i < times; i++)
        {
            digest = MerkleTree.NodeHash(digest, MerkleTree.LeafHash(leaf.AsSpan(0, 100)));
            digest = MerkleTree.NodeHash(digest, MerkleTree.LeafHash(leaf.AsSpan(0, 2_000)));
        }

        Assert.NotEqual(MerkleTree.EmptyRoot, digest);
    }
}
