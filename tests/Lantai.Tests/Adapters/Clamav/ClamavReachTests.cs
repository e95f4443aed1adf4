using Lantai.Adapters.Clamav;

namespace Lantai.Tests.Adapters;

/// <summary>An engine that says "OK" of what it did not scan is found out before it is believed.</summary>
public sealed class ClamavReachTests(NarrowClamds clamds) : IClassFixture<NarrowClamds>
{
    [Fact]
    public void What_a_silent_engine_does_not_look_into_was_not_scanned()
    {
        SkipWithout();
        byte[] hidden = [.. Clamd.Eicar, .. new byte[2 << 20]];

        var said = Clamd.At(clamds.Silent.Socket).Scan(
            [Clamd.OfBytes("短.txt", Clamd.Eicar), Clamd.OfBytes("长.txt", hidden), Clamd.OfBytes("中.txt", new byte[1 << 19])], TestContext.Current.CancellationToken);

        Assert.Equal("短.txt", Assert.Single(said.Infected).Key);
        Assert.Equal(KeyValuePair.Create("长.txt", "too-long"), Assert.Single(said.NotScanned));
    }

    [Fact]
    public void What_an_engine_says_that_it_did_not_scan_is_no_find()
    {
        SkipWithout();

        var said = Clamd.At(clamds.Telling.Socket).Scan(
            [Clamd.OfBytes("长.txt", new byte[2 << 20]), Clamd.OfBytes("短.txt", [1])], TestContext.Current.CancellationToken);

        Assert.Empty(said.Infected);
        Assert.Equal(KeyValuePair.Create("长.txt", "too-long"), Assert.Single(said.NotScanned));
    }

    [Theory]
    [InlineData("stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND", "too-long")]
    [InlineData("stream: Heuristics.Limits.Exceeded.MaxScanSize FOUND", "too-long")]
    [InlineData("stream: Heuristics.Encrypted.Zip FOUND", "encrypted")]
    public void Limits_and_encryption_are_why_a_file_was_not_scanned(string answer, string why) => Assert.Equal((null, why), ClamavAnswer.Scan(answer, isWhole: true));

    [Fact]
    public void A_class_of_lengths_is_shown_once_and_a_length_by_itself_only_where_its_class_is_too_long()
    {
        var shown = new List<long>();
        var reach = new ClamavReach((length, _) =>
        {
            shown.Add(length);
            return length <= 5_000_000 ? ("Eicar", null) : (null, null);
        });

        var said = new long[] { 3_000_000, 1, 2_000_000, 4_900_000, 4_800_000, 6_000_000, 9_000_000, 7_000_000 }.Select(l => reach.WhyNot(l, CancellationToken.None)).ToList();

        Assert.Equal([null, null, null, null, null, "too-long", "too-long", "too-long"], said);
        Assert.Equal([4 << 20, 8 << 20, 4_900_000, 6_000_000], shown);
    }

    [Fact]
    public void An_engine_that_does_not_find_the_test_file_proves_nothing()
    {
        var reach = new ClamavReach(static (_, _) => (null, null));

        Assert.Equal("no-proof", reach.WhyNot(10, CancellationToken.None));
        Assert.Equal("no-proof", reach.WhyNot(0, CancellationToken.None));
    }

    [Fact]
    public void However_many_lengths_come_only_so_many_are_shown()
    {
        var shown = 0;
        var reach = new ClamavReach((length, _) =>
        {
            shown++;
            return length <= 4_000_001 ? ("Eicar", null) : (null, null);
        });

        _ = Enumerable.Range(0, 100).Select(i => reach.WhyNot(4_100_000 - (i * 1000), CancellationToken.None)).ToList();

        Assert.InRange(shown, 1, ClamavReach.MostShown + 1);
    }

    [Fact]
    public void A_probe_is_a_whole_zip_of_the_length_that_was_asked()
    {
        foreach (var length in (long[])[0, 1000, 70_000, 1 << 20])
        {
            using var bytes = new MemoryStream();
            using var probe = new ProbeContent(length);
            probe.CopyTo(bytes);
            using var zip = new System.IO.Compression.ZipArchive(bytes);
            using var entry = Assert.Single(zip.Entries).Open();
            using var content = new MemoryStream();
            entry.CopyTo(content);

            Assert.Equal(Math.Max(length, 200), Math.Max(bytes.Length, 200));
            Assert.Equal(Clamd.Eicar, content.ToArray());
        }
    }

    private void SkipWithout() => Assert.SkipWhen(clamds.Silent.Program is null, "The command clamd is not on this machine.");
}
