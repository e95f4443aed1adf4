using System.Text.Json;
using Lantai.Evidence.National;
using Lantai.Evidence.National.Interop;
using Lantai.Words;

namespace Lantai.Tests.Corpora;

public sealed class Sm3CorpusTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Every_way_to_compute_an_SM3_gives_what_the_suite_says()
    {
        await using var corpus = await Corpus.OpenAsync("gm-crypto");
        var judged = 0;
        foreach (var one in corpus.Cases.Where(c => c.Codes == "SM3"))
        {
            using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(corpus.PathOf(one)));
            var message = Convert.FromHexString(json.RootElement.GetProperty("msg").GetString()!);
            var expected = new Sm3Digest(Convert.FromHexString(json.RootElement.GetProperty("digest").GetString()!));

            Assert.Equal(expected, Sm3Lanes.One(message, native: false));
            if (Libcrypto.HasSm3)
            {
                Assert.Equal(expected, Sm3Lanes.One(message, native: true));
            }

            var lanes = new Sm3Digest[1];
            if (Sm3Lanes.IsSupported)
            {
                DigestLanes<Sm3Lanes, Sm3Digest>.Compute([message], lanes, [0UL]);
                Assert.Equal(expected, lanes[0]);
            }

            if (Sm3NarrowLanes.IsSupported)
            {
                DigestLanes<Sm3NarrowLanes, Sm3Digest>.Compute([message], lanes, [0UL]);
                Assert.Equal(expected, lanes[0]);
            }

            judged++;
        }

        output.WriteLine($"{judged} judged; OpenSSL {(Libcrypto.HasSm3 ? "too" : "is not at hand")}; lanes {(Sm3Batch.IsParallel ? "too" : "are not at hand")}");
        Assert.Equal(6, judged);
    }
}
