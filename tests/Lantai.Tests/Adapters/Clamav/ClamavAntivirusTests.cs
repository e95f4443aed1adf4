using Lantai.Adapters.Clamav;
using Lantai.Containers;
using Lantai.InformationPackages;
using Lantai.Words;

namespace Lantai.Tests.Adapters;

/// <summary>The engine behind a real clamd.</summary>
public sealed class ClamavAntivirusTests(Clamd clamd) : IClassFixture<Clamd>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_infected_file_is_told_by_name_and_a_clean_one_is_not_told(bool isLocal)
    {
        SkipWithout();
        var engine = Clamd.At(isLocal ? clamd.Socket : $"127.0.0.1:{clamd.Port}");

        var said = engine.Scan([Clamd.OfBytes("材料/申请.txt", "甲"u8.ToArray()), Clamd.OfBytes("材料/病毒.com", Clamd.Eicar), Clamd.OfBytes("材料/空", [])], TestContext.Current.CancellationToken);

        Assert.StartsWith("ClamAV ", said.Engine, StringComparison.Ordinal);
        Assert.Null(said.Trouble);
        Assert.Equal("材料/病毒.com", Assert.Single(said.Infected).Key);
        Assert.Contains("Eicar", said.Infected[0].Value, StringComparison.Ordinal);
        Assert.Empty(said.NotScanned);
    }

    [Fact]
    public void A_file_longer_than_the_engine_takes_was_not_scanned()
    {
        SkipWithout();

        var said = Clamd.At(clamd.Socket).Scan([Clamd.OfBytes("材料/长.bin", new byte[4 << 20]), Clamd.OfBytes("材料/b.txt", [1])], TestContext.Current.CancellationToken);

        Assert.Equal("材料/长.bin", Assert.Single(said.NotScanned).Key);
        Assert.Contains(said.NotScanned[0].Value, new[] { "too-long", "connection" });
        Assert.Empty(said.Infected);
    }

    [Fact]
    public void A_content_that_cannot_be_read_was_not_scanned()
    {
        SkipWithout();
        var gone = new PackageFile(EntryName.OfText("材料/缺"), 3, () => throw new ContentException(Finding.Error("SIP-010", "材料/缺")));

        Assert.Equal("unreadable", Assert.Single(Clamd.At(clamd.Socket).Scan([gone], TestContext.Current.CancellationToken).NotScanned).Value);
    }

    [Fact]
    public void Many_packages_are_scanned_at_once()
    {
        SkipWithout();
        var engine = Clamd.At(clamd.Socket);

        var said = Enumerable.Range(0, 32).AsParallel().WithDegreeOfParallelism(8)
            .Select(i => engine.Scan([Clamd.OfBytes($"{i}.txt", [1, 2]), Clamd.OfBytes($"{i}.com", Clamd.Eicar)], TestContext.Current.CancellationToken)).ToList();

        Assert.All(said, s => Assert.Equal((1, 0), (s.Infected.Count, s.NotScanned.Count)));
    }

    [Fact]
    public void Nobody_at_the_address_is_told_and_nothing_is_scanned()
    {
        var said = Clamd.At("127.0.0.1:1").Scan([Clamd.OfBytes("a", [1])], TestContext.Current.CancellationToken);

        Assert.Null(said.Engine);
        Assert.Equal("INS-390", said.Trouble?.Code);
        Assert.Equal("INS-390", Clamd.At("/nicht/da").Scan([], TestContext.Current.CancellationToken).Trouble?.Code);
    }

    [Theory]
    [InlineData("/run/clamav/clamd.ctl", true)]
    [InlineData("unix:/run/clamav/clamd.ctl", true)]
    [InlineData("127.0.0.1:3310", true)]
    [InlineData("tcp:clamd.example:3310", true)]
    [InlineData("[::1]:3310", true)]
    [InlineData("clamd", true)]
    [InlineData("", false)]
    [InlineData("clamd:0", false)]
    [InlineData("clamd:x", false)]
    [InlineData("http://clamd", false)]
    public void Addresses_are_paths_or_hosts_with_a_port(string text, bool isOne) => Assert.Equal(isOne, ClamdAddress.TryParse(text, out _));

    [Fact]
    public void The_day_of_the_definitions_is_read_from_the_version()
    {
        Assert.Equal(("ClamAV 1.4.3/27831", new DateTimeOffset(2026, 11, 20, 8, 12, 45, TimeSpan.Zero)), ClamavAnswer.Version("ClamAV 1.4.3/27831/Fri Nov 20 08:12:45 2026"));
        Assert.Equal(new DateTimeOffset(2026, 11, 2, 8, 12, 45, TimeSpan.Zero), ClamavAnswer.Version("ClamAV 1.4.3/27831/Mon Nov  2 08:12:45 2026")?.Definitions);
        Assert.Equal(("ClamAV 1.4.3", (DateTimeOffset?)null), ClamavAnswer.Version("ClamAV 1.4.3"));
        Assert.Null(ClamavAnswer.Version("HTTP/1.1 400 Bad Request"));
    }

    private void SkipWithout() => Assert.SkipWhen(clamd.Program is null, "The command clamd is not on this machine.");
}
