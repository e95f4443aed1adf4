using CsCheck;
using Lantai.Evidence;
using Lantai.Words;

namespace Lantai.Tests.Evidence;

public sealed class MerkleProofTests
{
    private const int Largest = 300;

    private static readonly TestTree Tree = new(Largest);

    [Fact]
    public void The_root_is_read_from_complete_subtrees_alone() =>
        Assert.All(Enumerable.Range(0, Largest + 1), size => Assert.Equal(Tree.Roots[size], MerkleProof.Root((ulong)size, Tree.Read)));

    [Fact]
    public void Every_leaf_of_every_tree_is_proven()
    {
        for (var size = 1; size <= Largest; size++)
        {
            for (var index = 0; index < size; index++)
            {
                var proof = MerkleProof.Inclusion((ulong)index, (ulong)size, Tree.Read);

                Assert.True(MerkleProof.VerifyInclusion((ulong)index, (ulong)size, TestTree.Leaf(index), proof, Tree.Roots[size]), $"{index} in {size}");
            }
        }
    }

    [Fact]
    public void Every_growth_is_proven()
    {
        for (var size2 = 1; size2 <= Largest; size2++)
        {
            for (var size1 = 1; size1 <= size2; size1++)
            {
                var proof = MerkleProof.Consistency((ulong)size1, (ulong)size2, Tree.Read);

                Assert.True(MerkleProof.VerifyConsistency((ulong)size1, (ulong)size2, Tree.Roots[size1], Tree.Roots[size2], proof), $"{size1} to {size2}");
            }
        }
    }

    [Fact]
    public void A_flipped_bit_in_leaf_root_or_proof_is_refused() =>
        (from size in Gen.Int[1, Largest] from index in Gen.Int[0, size - 1] from hash in Gen.Int[0, 11] from bit in Gen.Int[0, 255] select (size, index, hash, bit))
        .Sample(one =>
        {
            var proof = MerkleProof.Inclusion((ulong)one.index, (ulong)one.size, Tree.Read);
            var hashes = Flip([TestTree.Leaf(one.index), Tree.Roots[one.size], .. proof], one.hash, one.bit);

            Assert.False(MerkleProof.VerifyInclusion((ulong)one.index, (ulong)one.size, hashes[0], hashes[2..], hashes[1]));
        });

    [Fact]
    public void A_flipped_bit_in_either_root_or_the_growth_proof_is_refused() =>
        (from size2 in Gen.Int[1, Largest] from size1 in Gen.Int[1, size2] from hash in Gen.Int[0, 12] from bit in Gen.Int[0, 255] select (size1, size2, hash, bit))
        .Sample(one =>
        {
            var proof = MerkleProof.Consistency((ulong)one.size1, (ulong)one.size2, Tree.Read);
            var hashes = Flip([Tree.Roots[one.size1], Tree.Roots[one.size2], .. proof], one.hash, one.bit);

            Assert.False(MerkleProof.VerifyConsistency((ulong)one.size1, (ulong)one.size2, hashes[0], hashes[1], hashes[2..]));
        });

    [Fact]
    public void A_hash_too_many_or_too_few_is_refused() =>
        (from size2 in Gen.Int[1, Largest] from size1 in Gen.Int[1, size2] from at in Gen.Int[0, 100] select (size1, size2, at))
        .Sample(one =>
        {
            var (small, large) = ((ulong)one.size1, (ulong)one.size2);
            foreach (var proof in Miscounted(MerkleProof.Inclusion(small - 1, large, Tree.Read), one.at))
            {
                Assert.False(MerkleProof.VerifyInclusion(small - 1, large, TestTree.Leaf(one.size1 - 1), proof, Tree.Roots[one.size2]));
            }

            foreach (var proof in Miscounted(MerkleProof.Consistency(small, large, Tree.Read), one.at))
            {
                Assert.False(MerkleProof.VerifyConsistency(small, large, Tree.Roots[one.size1], Tree.Roots[one.size2], proof));
            }
        });

    [Fact]
    public void Any_numbers_and_hashes_get_an_answer_and_never_an_exception() =>
        Gen.Select(Gen.ULong, Gen.ULong, Gen.Int[0, 130])
        .Sample(one =>
        {
            var (a, b, count) = one;
            var proof = Enumerable.Repeat(MerkleTree.EmptyRoot, count).ToArray();

            Assert.False(MerkleProof.VerifyInclusion(a, b, default, proof, default));
            Assert.False(MerkleProof.VerifyConsistency(a, b, Digest.Of([1]), Digest.Of([2]), proof));
        });

    [Fact]
    public void An_index_outside_the_tree_is_refused()
    {
        Assert.False(MerkleProof.VerifyInclusion(0, 0, TestTree.Leaf(0), [], MerkleTree.EmptyRoot));
        Assert.False(MerkleProof.VerifyInclusion(1, 1, TestTree.Leaf(0), [], TestTree.Leaf(0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleProof.Inclusion(1, 1, Tree.Read));
    }

    [Fact]
    public void Nothing_is_proven_from_an_empty_tree()
    {
        Assert.True(MerkleProof.VerifyConsistency(0, 0, MerkleTree.EmptyRoot, MerkleTree.EmptyRoot, []));
        Assert.False(MerkleProof.VerifyConsistency(0, 0, TestTree.Leaf(0), TestTree.Leaf(0), []));
        Assert.False(MerkleProof.VerifyConsistency(0, 1, MerkleTree.EmptyRoot, Tree.Roots[1], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleProof.Consistency(0, 1, Tree.Read));
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleProof.Consistency(2, 1, Tree.Read));
    }

    [Fact]
    public void The_greatest_tree_is_proven_too()
    {
        // All leaves alike, so that every complete subtree of a level has one hash.
        var levels = new List<Digest> { TestTree.Leaf(0) };
        Enumerable.Range(0, 63).ToList().ForEach(_ => levels.Add(MerkleTree.NodeHash(levels[^1], levels[^1])));
        Digest Read(int level, ulong index) => levels[level];
        const ulong Size = ulong.MaxValue;
        var root = MerkleProof.Root(Size, Read);

        foreach (var index in (ulong[])[0, 1, 1UL << 63, Size - 2, Size - 1])
        {
            Assert.True(MerkleProof.VerifyInclusion(index, Size, levels[0], MerkleProof.Inclusion(index, Size, Read), root));
            var proof = MerkleProof.Consistency(index + 1, Size, Read);
            Assert.True(MerkleProof.VerifyConsistency(index + 1, Size, MerkleProof.Root(index + 1, Read), root, proof));
        }
    }

    private static List<Digest> Flip(List<Digest> hashes, int hash, int bit)
    {
        var bytes = hashes[hash % hashes.Count].ToArray();
        bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        hashes[hash % hashes.Count] = new Digest(bytes);
        return hashes;
    }

    private static IEnumerable<IReadOnlyList<Digest>> Miscounted(IReadOnlyList<Digest> proof, int at)
    {
        yield return [.. proof, MerkleTree.EmptyRoot];
        yield return [MerkleTree.EmptyRoot, .. proof];
        if (proof.Count > 0)
        {
            var shorter = proof.ToList();
            shorter.RemoveAt(at % proof.Count);
            yield return shorter;
        }
    }
}
