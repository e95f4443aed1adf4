using System.Text.Json;
using Lantai.Evidence;
using Lantai.Words;

namespace Lantai.Tests.Corpora;

public sealed class MerkleProofCorpusTests(ITestOutputHelper output)
{
    private const string NotApplicable =
        "not applicable: a proof about a subtree is newer than RFC 6962 and RFC 9162, and the ledger makes and takes none";

    [Fact]
    public async Task Every_inclusion_and_consistency_proof_is_judged_right()
    {
        await using var corpus = await Corpus.OpenAsync("merkle-proofs");
        var judged = 0;
        var notApplicable = 0;
        var wrong = new List<string>();

        foreach (var one in corpus.Cases)
        {
            if (one.Codes is "subtreeinclusion" or "subtreeconsistency")
            {
                notApplicable++;
                continue;
            }

            using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(corpus.PathOf(one)));
            var verdict = one.Codes == "inclusion" ? Inclusion(json.RootElement) : Consistency(json.RootElement);
            judged++;
            if (verdict != (one.Expect == "accept"))
            {
                wrong.Add($"{one.Id}: expected {one.Expect}");
            }
        }

        output.WriteLine($"{judged} judged; {notApplicable} {NotApplicable}");
        Assert.Empty(wrong);
        Assert.Equal(127, judged);
        Assert.Equal(210, notApplicable);
    }

    private static bool Inclusion(JsonElement one) =>
        Hash(one.GetProperty("leafHash")) is { } leaf && Hash(one.GetProperty("root")) is { } root && Proof(one) is { } proof
        && MerkleProof.VerifyInclusion(one.GetProperty("leafIdx").GetUInt64(), one.GetProperty("treeSize").GetUInt64(), leaf, proof, root);

    private static bool Consistency(JsonElement one) =>
        Hash(one.GetProperty("root1")) is { } root1 && Hash(one.GetProperty("root2")) is { } root2 && Proof(one) is { } proof
        && MerkleProof.VerifyConsistency(one.GetProperty("size1").GetUInt64(), one.GetProperty("size2").GetUInt64(), root1, root2, proof);

    private static List<Digest>? Proof(JsonElement one)
    {
        var proof = one.GetProperty("proof");
        var hashes = proof.ValueKind == JsonValueKind.Null ? [] : proof.EnumerateArray().Select(Hash).ToList();
        return hashes.Contains(null) ? null : [.. hashes.Select(hash => hash!.Value)];
    }

    /// <summary>A hash that is not 32 bytes long cannot become a digest at all, so the proof is refused where it is read.</summary>
    private static Digest? Hash(JsonElement value) =>
        value.GetBytesFromBase64() is { Length: Digest.Size } bytes ? new Digest(bytes) : null;
}
