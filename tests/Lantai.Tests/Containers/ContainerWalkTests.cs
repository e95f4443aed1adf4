using System.Text;
using Lantai.Containers;
using Lantai.Words;

namespace Lantai.Tests.Containers;

public sealed class ContainerWalkTests
{
    [Fact]
    public void Containers_in_containers_are_looked_through()
    {
        var tar = new HandMadeTar().Add("a", [1, 2]).Add("b", [3]).End();
        var zip = HandMadeZip.Make(new HandMadeEntry("in.tar.gz"u8.ToArray(), UnpackedStreamTests.Pack(ContainerKind.Gzip, tar)), new HandMadeEntry("c"u8.ToArray(), [4]));

        var result = Walk(zip, new ContainerLimits { MaxDepth = 2 }, out var findings);

        // in.tar.gz is one file, c another; the tar holds two.
        Assert.Empty(findings);
        Assert.Equal((4, 2), (result.Files, result.Depth));
    }

    [Fact]
    public void A_container_that_holds_itself_is_stopped_by_depth()
    {
        var zip = HandMadeZip.Make(new HandMadeEntry("seed"u8.ToArray(), [1]));
        for (var i = 0; i < 20; i++)
        {
            zip = HandMadeZip.Make(new HandMadeEntry(Encoding.ASCII.GetBytes($"{i}.zip"), zip));
        }

        var result = Walk(zip, new ContainerLimits { MaxDepth = 5 }, out var findings);

        Assert.Equal(("CON-008", Severity.Error), (Assert.Single(findings).Code, findings[0].Severity));
        Assert.Equal(5, result.Depth);
    }

    [Fact]
    public void Entries_and_bytes_count_for_all_depths_together()
    {
        var leaf = HandMadeZip.Make([.. Enumerable.Range(0, 10).Select(i => new HandMadeEntry(Encoding.ASCII.GetBytes($"f{i}"), new byte[100]))]);
        var middle = HandMadeZip.Make([.. Enumerable.Range(0, 10).Select(i => new HandMadeEntry(Encoding.ASCII.GetBytes($"z{i}"), leaf))]);

        var entries = Walk(middle, new ContainerLimits { MaxDepth = 3, MaxEntries = 50 }, out var tooMany);
        var bytes = Walk(middle, new ContainerLimits { MaxDepth = 3, MaxTotalBytes = 20_000 }, out var tooMuch);

        Assert.True(entries.Files <= 51 && tooMany.Exists(f => f.Severity == Severity.Error));
        Assert.True(bytes.Bytes <= 20_100 + leaf.Length && tooMuch.Exists(f => f.Severity == Severity.Error));
    }

    [Fact]
    public void A_nested_container_that_is_too_large_is_said()
    {
        var large = HandMadeZip.Make(new HandMadeEntry("f"u8.ToArray(), new byte[65 << 20]));
        var result = Walk(new HandMadeTar().Add("large.zip", large).End(), new ContainerLimits { MaxDepth = 3 }, out var findings);

        Assert.Equal("CON-016", Assert.Single(findings).Code);
        Assert.Equal((1, 1), (result.Files, result.Depth));
    }

    private static ContainerWalkResult Walk(byte[] container, ContainerLimits limits, out List<Finding> findings)
    {
        findings = [];
        return new ContainerWalk(limits, findings).Walk(new MemoryStream(container), "x.zip");
    }
}
