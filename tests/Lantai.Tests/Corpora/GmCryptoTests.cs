using System.Text;
using System.Text.Json;
using Lantai.Evidence.National;

namespace Lantai.Tests.Corpora;

public sealed class GmCryptoTests(ITestOutputHelper output)
{
    /// <summary>Every line is judged, the GCM nonces of 1 to 6 bytes too, which many libraries refuse.</summary>
    [Fact]
    public async Task Every_vector_of_the_national_algorithms_is_judged_right()
    {
        await using var corpus = await Corpus.OpenAsync("gm-crypto");
        var judged = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var wrong = new List<string>();

        foreach (var one in corpus.Cases)
        {
            using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(corpus.PathOf(one)));
            judged[$"{one.Codes} {one.Expect}"] = judged.GetValueOrDefault($"{one.Codes} {one.Expect}") + 1;
            if (IsRight(one.Codes, json.RootElement) != (one.Expect == "valid"))
            {
                wrong.Add($"{one.Id}: expected {one.Expect}");
            }
        }

        output.WriteLine(string.Join(", ", judged.Select(j => $"{j.Key}: {j.Value}")));
        Assert.Empty(wrong);
        Assert.Equal(354, judged.Values.Sum());
        Assert.Equal(202, judged.Where(j => j.Key.EndsWith(" valid", StringComparison.Ordinal)).Sum(j => j.Value));
        Assert.Equal(11, judged.Count);
    }

    private static bool IsRight(string algorithm, JsonElement one) => algorithm switch
    {
        "SM3" => Sm3.Hash(Hex(one, "msg")).AsSpan().SequenceEqual(Hex(one, "digest")),
        "HMAC-SM3" => Sm3.IsHmac(Hex(one, "key"), Hex(one, "msg"), Hex(one, "tag")),
        "SM4-CBC-PKCS7" => Sm4.TryDecryptCbc(Hex(one, "key"), Hex(one, "iv"), Hex(one, "ct"), out var content)
            && content.AsSpan().SequenceEqual(Hex(one, "msg"))
            && Sm4.EncryptCbc(Hex(one, "key"), Hex(one, "iv"), content).AsSpan().SequenceEqual(Hex(one, "ct")),
        "SM4-GCM" => Sm4.TryDecryptGcm(Hex(one, "key"), Hex(one, "iv"), Hex(one, "ct"), Hex(one, "tag"), Hex(one, "aad"), out var content)
            && content.AsSpan().SequenceEqual(Hex(one, "msg")),
        "SM4-CCM" => Sm4.TryDecryptCcm(Hex(one, "key"), Hex(one, "iv"), Hex(one, "ct"), Hex(one, "tag"), Hex(one, "aad"), out var content)
            && content.AsSpan().SequenceEqual(Hex(one, "msg")),
        "SM2-VERIFY" => Sm2PublicKey.TryParse(Hex(one, "publicKey"), out var key)
            && Sm2Signature.TryFromDer(Hex(one, "signatureDer"), out var signature)
            && key.VerifyDigest(Hex(one, "e"), signature),
        "SM2-DECRYPT" => Sm2KeyPair.TryImport(Hex(one, "privateKey"), out var pair)
            && pair.PublicKey.ToBytes().AsSpan().SequenceEqual(Hex(one, "publicKey"))
            && pair.TryDecrypt(Hex(one, "ciphertextDer"), out var content)
            && content.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(one.GetProperty("plaintext").GetString()!)),
        _ => throw new InvalidDataException($"The suite has an algorithm of which nothing is known here: {algorithm}."),
    };

    private static byte[] Hex(JsonElement one, string name) => Convert.FromHexString(one.GetProperty(name).GetString()!);
}
