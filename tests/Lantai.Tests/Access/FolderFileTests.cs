using Lantai.Access.Packages;
using Lantai.Tests.ArchivalStorage;
using Lantai.Words;

namespace Lantai.Tests.Access;

public sealed class FolderFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lantai-folder-").FullName;

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(20_000)]
    [InlineData(100_000)]
    public async Task Pieces_of_any_length_come_to_lie_one_behind_the_other(int longest)
    {
        var random = new Random(longest);
        var content = TestStore.Noise(Math.Min(5 * longest, 300_000), longest);
        using (var target = new FolderTarget(Path.Combine(_folder, "p")))
        {
            await target.AddFileAsync(EntryName.OfText("data/a/b"), null, null, async stream =>
            {
                for (var at = 0; at < content.Length;)
                {
                    var length = Math.Min(content.Length - at, random.Next(longest) + 1);
                    await stream.WriteAsync(content.AsMemory(at, length));
                    at += length;
                    Assert.Equal(at, stream.Length);
                }
            });
        }

        Assert.Equal(content, File.ReadAllBytes(Path.Combine(_folder, "p/data/a/b")));
    }

    [Fact]
    public async Task What_is_held_back_is_written_before_a_longer_piece_that_follows()
    {
        var lengths = Enumerable.Range(0, 34).Select(i => i * 1000).ToList();
        foreach (var (first, second) in lengths.SelectMany(f => lengths.Select(s => (f, s))))
        {
            var content = TestStore.Noise(first + second, first + 1);
            var path = Path.Combine(_folder, $"{first}-{second}");
            using (var file = new FolderFile(File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write), EntryName.OfText("f")))
            {
                await file.WriteAsync(content.AsMemory(0, first));
                await file.WriteAsync(content.AsMemory(first));
                file.End(null);
            }

            Assert.True(content.AsSpan().SequenceEqual(File.ReadAllBytes(path)), $"{first} bytes, then {second}");
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("2011-11-11T11:11:11.1234567Z")]
    [InlineData("1969-12-31T23:59:59.2500000Z")]
    [InlineData("2200-01-01T00:00:00.0000000Z")]
    public async Task The_time_is_that_of_the_entry_and_not_of_the_writing(string text)
    {
        var time = DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        using (var target = new FolderTarget(Path.Combine(_folder, "p")))
        {
            await target.AddFileAsync(EntryName.OfText("data/a"), time, null, stream => stream.WriteAsync("abc"u8.ToArray()).AsTask());
        }

        Assert.Equal(time.UtcDateTime, File.GetLastWriteTimeUtc(Path.Combine(_folder, "p/data/a")));
    }

    [Fact]
    public async Task A_full_disk_is_told()
    {
        using var file = new FolderFile(File.OpenHandle("/dev/full", FileMode.Open, FileAccess.Write), EntryName.OfText("full"));
        await file.WriteAsync("abc"u8.ToArray());

        var problem = Assert.Throws<IOException>(() => file.End(null));
        Assert.Equal(28, problem.HResult & 0xFFFF);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
