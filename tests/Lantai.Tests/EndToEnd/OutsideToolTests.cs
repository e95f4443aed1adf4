using System.Buffers.Binary;
using System.Security.Cryptography;
using Lantai.Tests.House;

namespace Lantai.Tests.EndToEnd;

/// <summary>What the demonstration leaves, judged by programs that are not ours.</summary>
public sealed class DemoStore : IDisposable
{
    public DemoStore() => Result = Shop.Run("demo", "--dir", "demo");

    internal Workshop Shop { get; } = new();

    internal Ended Result { get; }

    internal string Root => Shop.At("demo/store");

    public void Dispose() => Shop.Dispose();
}

public sealed class OutsideToolTests(DemoStore demo) : IClassFixture<DemoStore>
{
    private static readonly byte[] Magic = [0x89, 0x4C, 0x54, 0x46, 0x0D, 0x0A, 0x1A, 0x0A];

    [Fact]
    public void The_demonstration_leaves_sealed_packs_and_a_large_object_and_says_what_is_next()
    {
        Assert.True(demo.Result.Code == 0, demo.Result.ToString());
        Assert.InRange(Packs().Length, 3, 100);
        Assert.Single(Directory.GetFiles(Path.Combine(demo.Root, "large"), "*.large", SearchOption.AllDirectories));
        Assert.Contains("Proven: all 8 files", demo.Result.Out, StringComparison.Ordinal);
        Assert.Contains("export LANTAI_STORE=demo/store LANTAI_KEYS=demo/keys", demo.Result.Out, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(demo.Root, "keys")));
    }

    [Fact]
    public void The_commands_that_the_demonstration_names_work_when_copied()
    {
        var next = demo.Result.Out[demo.Result.Out.IndexOf("What to try next", StringComparison.Ordinal)..];
        var lines = next.Split('\n').Where(l => l.StartsWith("  ", StringComparison.Ordinal)).Select(l => l.Trim());

        var done = demo.Shop.RunProgram("sh", "-c", "set -e\n" + string.Join('\n', lines));

        Assert.True(done.Code == 0, done.ToString());
    }

    [Fact]
    public void The_demonstration_overwrites_nothing()
    {
        var second = demo.Shop.Run("demo", "--dir", "demo");

        Assert.Equal(2, second.Code);
        Assert.Contains("--dir", second.Err, StringComparison.Ordinal);
    }

    [Fact]
    public void Sha256sum_gives_each_sealed_pack_its_name()
    {
        var sums = demo.Shop.RunProgram("sh", "-c", "find demo/store/packs -name '*.pack' -exec sha256sum {} +").Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(Packs().Length, sums.Length);
        Assert.All(sums, line => Assert.EndsWith(line[..64] + ".pack", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Tail_and_head_cut_a_large_object_out_of_its_file()
    {
        var file = Directory.GetFiles(Path.Combine(demo.Root, "large"), "*.large", SearchOption.AllDirectories)[0];
        var original = Directory.GetFiles(demo.Shop.At("demo/samples"), "宗地图.tif", SearchOption.AllDirectories)[0];

        var cut = demo.Shop.RunProgram("sh", "-c", $"tail -c +4097 '{file}' | head -c {new FileInfo(original).Length} | sha256sum");

        Assert.Equal(Path.GetFileNameWithoutExtension(file), cut.Out[..64]);
    }

    [Fact]
    public void The_lz4_command_decodes_payloads_found_by_the_specification()
    {
        Assert.SkipUnless(demo.Shop.RunProgram("sh", "-c", "command -v lz4").Code == 0, "The lz4 command is not on this machine.");
        var decoded = 0;
        foreach (var pack in Packs().Select(File.ReadAllBytes))
        {
            for (var at = 0; at + 120 <= pack.Length && decoded < 5; at += 16)
            {
                // spec/formats/frame.md: magic at 0, codec at 10, header length at 12, stored length at 24, original at 32, SHA-256 at 40.
                if (!pack.AsSpan(at, 8).SequenceEqual(Magic) || pack[at + 10] != 1)
                {
                    continue;
                }

                var header = BinaryPrimitives.ReadInt32LittleEndian(pack.AsSpan(at + 12));
                var stored = (int)BinaryPrimitives.ReadInt64LittleEndian(pack.AsSpan(at + 24));
                demo.Shop.Write("payload.lz4", pack[(at + header)..(at + header + stored)]);
                Assert.Equal(0, demo.Shop.RunProgram("lz4", "-d", "-f", "-q", "payload.lz4", "payload").Code);
                var content = File.ReadAllBytes(demo.Shop.At("payload"));
                Assert.Equal(BinaryPrimitives.ReadInt64LittleEndian(pack.AsSpan(at + 32)), content.Length);
                Assert.Equal(Convert.ToHexString(pack.AsSpan(at + 40, 32)), Convert.ToHexString(SHA256.HashData(content)));
                decoded++;
            }
        }

        Assert.Equal(5, decoded);
    }

    [Fact]
    public void The_independent_reader_agrees()
    {
        Assert.SkipUnless(demo.Shop.RunProgram("sh", "-c", "command -v python3").Code == 0, "Python 3 is not on this machine.");
        var reader = Path.Combine(demo.Root, "lantai-read.py");
        Assert.SkipUnless(File.Exists(reader), "The reader is not in the tree.");
        Assert.Equal(File.ReadAllBytes(Path.Combine(Tree.Root, "tools/lantai-read.py")), File.ReadAllBytes(reader));

        var done = demo.Shop.RunProgram("python3", reader, "verify", demo.Root, "--key", File.ReadAllText(demo.Shop.At("demo/log.vkey")).Trim());

        Assert.True(done.Code == 0, done.ToString());
    }

    private string[] Packs() => Directory.GetFiles(Path.Combine(demo.Root, "packs"), "*.pack", SearchOption.AllDirectories);
}
