using System.Globalization;
using Lantai.Evidence.Certificates;
using Lantai.Evidence.TimeStamps;
using Lantai.Words;

namespace Lantai.Tests.Corpora;

public sealed class TimeStampCorpusTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Every_time_stamp_is_judged_right_and_none_is_trusted()
    {
        await using var corpus = await Corpus.OpenAsync("rfc3161");
        var (good, broken) = (0, 0);

        foreach (var one in corpus.Cases)
        {
            if (one.Expect == "broken")
            {
                Assert.False(TimeStampedContent.TryParse(await File.ReadAllBytesAsync(corpus.PathOf(one)), one.Id, out _, out var problem));
                Assert.Equal(("SIG-001", Severity.Error), (problem.Code, problem.Severity));
                broken++;
                continue;
            }

            var token = await File.ReadAllBytesAsync(Path.Combine(corpus.PathOf(one), "token.tst"));
            var content = await File.ReadAllBytesAsync(Path.Combine(corpus.PathOf(one), "content.bin"));
            Assert.True(TimeStampToken.TryParse(token, one.Id, out var stamp, out _), one.Id);
            Judge(one, stamp, content);

            var whole = Directory.GetFiles(corpus.PathOf(one)).Single(f => f.EndsWith(".tsd", StringComparison.OrdinalIgnoreCase));
            Assert.True(TimeStampedContent.TryParse(await File.ReadAllBytesAsync(whole), one.Id, out var stamped, out _), one.Id);
            Assert.Equal(content, stamped.Content?.ToArray());
            Assert.Equal(stamp.Imprint.ToArray(), stamped.Tokens[0].Imprint.ToArray());
            Assert.Equal(EvidenceVerdict.NotTrusted, stamped.Judge(null, Question(stamp), one.Id).Verdict);
            Assert.DoesNotContain(stamped.Judge(null, Question(stamp), one.Id).Findings, f => f.Code is "SIG-004" or "SIG-005" or "SIG-019" or "SIG-020");
            good++;
        }

        output.WriteLine($"{good} tokens right, {broken} broken");
        Assert.Equal((4, 1), (good, broken));
    }

    private void Judge(CorpusCase one, TimeStampToken stamp, byte[] content)
    {
        Assert.Equal(one.Codes, "sha256:" + Convert.ToHexStringLower(stamp.Imprint.Span));
        Assert.Equal(DateTimeOffset.ParseExact(one.Note["genTime ".Length..^" GMT".Length], "MMM d HH:mm:ss yyyy", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), stamp.Time);

        // The signature verifies with the certificate inside: nothing but trust is missing, at the time of the stamp.
        var evidence = stamp.Judge(content, Question(stamp), one.Id);
        output.WriteLine($"{one.Id}: {evidence.Verdict} {string.Join("; ", evidence.Findings)}");
        Assert.Equal(EvidenceVerdict.NotTrusted, evidence.Verdict);
        Assert.DoesNotContain(evidence.Findings, f => f.Code is "SIG-004" or "SIG-005" or "SIG-019" or "SIG-020");

        // With the very certificate trusted, what is left to want is revocation: so the signature was verified indeed.
        var trusting = stamp.Judge(content, Question(stamp) with { Anchors = [evidence.Chain!.Certificates[0]] }, one.Id);
        Assert.Equal(EvidenceVerdict.Valid, trusting.Verdict);

        content[0] ^= 1;
        var other = stamp.Judge(content, Question(stamp), one.Id);
        content[0] ^= 1;
        Assert.Equal(EvidenceVerdict.Wrong, other.Verdict);
        Assert.Contains(other.Findings, f => f.Code == "SIG-019");
    }

    private static ChainQuestion Question(TimeStampToken stamp) => new() { Anchors = [], At = stamp.Time };
}
