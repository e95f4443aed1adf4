using Lantai.Containers;
using Lantai.Tests.Containers;

namespace Lantai.Tests.EndToEnd;

/// <summary>A delivery in which most is bad: each bad submission is reported, each good one kept.</summary>
public sealed class BadBatchTests
{
    [Fact]
    public void A_thousand_bad_submissions_do_not_hinder_two_hundred_good_ones()
    {
        using var shop = new Workshop().WithStore();
        var good = new HandMadeTar().Add("a.txt", "kept"u8.ToArray()).End();
        for (var i = 0; i < 1200; i++)
        {
            var name = $"delivery/{i:D4}";
            var mine = new HandMadeTar().Add("a.txt", System.Text.Encoding.ASCII.GetBytes("kept " + i)).End();
            _ = (i % 12) switch
            {
                0 => shop.Write(name + ".tar.gz", UnpackedStreamTests.Pack(ContainerKind.Gzip, mine)),
                1 => shop.Write(name + ".tar", mine),
                2 => shop.Write(name + ".tar", good[..700]),
                3 => shop.Write(name + ".tar.gz", UnpackedStreamTests.Pack(ContainerKind.Gzip, good)[..40]),
                4 => shop.Write(name + ".tar.zst", new HandMadeTar().Add("../../../../evil", [1]).End()),
                5 => shop.Write(name + ".zip", "PK no zip"u8.ToArray()),
                6 => shop.Write(name + ".zip", HandMadeZip.Make(new HandMadeEntry("/etc/evil"u8.ToArray(), [1]))),
                7 => shop.Write(name + ".7z", [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0, 4]),
                8 => shop.Write(name + ".tar", new HandMadeTar().Add("a", [1]).Add("a", [2]).End()),
                9 => shop.Write(name + ".gz", "no gzip"u8.ToArray()),
                10 => shop.Write(name + "/bagit.txt", "BagIt-Version: 9.9\nTag-File-Character-Encoding: UTF-8\n"),
                _ => shop.Write(name + ".tgz", UnpackedStreamTests.Pack(ContainerKind.Gzip, new HandMadeTar().Add("link", type: '2').End())),
            };
        }

        var said = shop.Run("ingest", "--batch", "delivery", "--json");

        Assert.Equal(1, said.Code);
        Assert.Equal((200, 1000), (said.Json["kept"]!.GetValue<int>(), said.Json["refused"]!.GetValue<int>()));
        var answers = said.Json["submissions"]!.AsArray();
        Assert.Equal(1200, answers.Count);
        Assert.All(answers, a => Assert.True(
            int.Parse(a!["name"]!.GetValue<string>()[..4], System.Globalization.CultureInfo.InvariantCulture) % 12 < 2
                ? a["outcome"]!.GetValue<string>() == "kept" && a["codes"]!.AsArray().Count == 0
                : a["outcome"]!.GetValue<string>() == "refused" && a["codes"]!.AsArray().Count > 0,
            a.ToJsonString()));
        Assert.False(File.Exists(Path.Combine(Path.GetDirectoryName(shop.Folder)!, "evil")));
        Assert.Equal(0, shop.Run("verify", "--key", shop.Key).Code);
        Assert.Equal(200, shop.Run("stats", "--json").Json["aips"]!.GetValue<int>());
    }
}
