using System.Security.Cryptography;
using System.Text;
using Lantai.Ingest;
using Lantai.Tests.Characterization;

namespace Lantai.Tests.Ingest.Door;

/// <summary>A package with a mark and words that stand nowhere else goes to the door; afterwards none of these words is anywhere.</summary>
public sealed class SecretCanaryTests : IDisposable
{
    private readonly DoorPlace _place = new();
    private readonly DirectoryInfo _outside = Directory.CreateTempSubdirectory("lantai-canary-");

    public void Dispose()
    {
        _place.Dispose();
        _outside.Delete(recursive: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_a_state_secret_no_word_is_left_anywhere(bool asFolder)
    {
        string[] canaries = [Canary("名"), Canary("文"), Canary("元")];
        var request = DoorPlace.Request(Write(canaries, asFolder));

        var refused = await _place.AdmitAsync<DoorOutcome.RefusedAsSecret>(request);
        Assert.DoesNotContain(canaries, c => string.Join('\n', refused.Findings.Select(f => f.ToString()).Append(refused.Report!.ToString()).Append(refused.Report.Subject.ToString())).Contains(c, StringComparison.Ordinal));
        Assert.DoesNotContain(canaries, c => _place.Vault.ReadEvents(0).Any(e => Said(e).Contains(c, StringComparison.Ordinal)));

        _place.Reopen();
        var root = Path.GetDirectoryName(_place.Store)!;
        var files = Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith("/run/lock", StringComparison.Ordinal)).ToList(); // the owner alone opens that one
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.DoesNotContain(canaries.SelectMany(Forms), form => Holds(Open(file), form)));
    }

    [Fact]
    public void A_word_is_found_in_each_form()
    {
        var canary = Canary("试");

        Assert.All(Forms(canary), form => Assert.True(Holds([1, 2, .. form, 3], form)));
        Assert.Contains(Forms(canary), f => Holds(Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes("x" + canary + "y"))), f));
    }

    // A word of letters that no other file has, Chinese and Latin.
    private static string Canary(string kind) => kind + "渡鸦" + Convert.ToHexString(RandomNumberGenerator.GetBytes(8));

    private string Write(string[] canaries, bool asFolder)
    {
        var zip = Looking.ZipOf(
            ("元数据.xml", Encoding.UTF8.GetBytes($"<record><project_name>{canaries[2]}</project_name></record>")),
            (canaries[0] + "/正文.txt", Encoding.UTF8.GetBytes($"{canaries[1]}\n机密★10年\n{canaries[1]}")));
        var path = Path.Combine(_outside.FullName, canaries[0] + (asFolder ? "" : ".zip"));
        if (asFolder)
        {
            System.IO.Compression.ZipFile.ExtractToDirectory(new MemoryStream(zip), path);
        }
        else
        {
            File.WriteAllBytes(path, zip);
        }

        return path;
    }

    // The bytes of details lie in compressed frames: the store is asked for what they say.
    private static string Said(Lantai.ArchivalStorage.StoredEvent e) => e.Detail is { } detail ? Encoding.UTF8.GetString(Lantai.StoreFormat.CanonicalJson.Write(detail.Body)) : "";

    private static byte[] Open(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static bool Holds(byte[] bytes, byte[] form) => bytes.AsSpan().IndexOf(form) >= 0;

    private static IEnumerable<byte[]> Forms(string canary)
    {
        var utf8 = Encoding.UTF8.GetBytes(canary);
        yield return utf8;
        yield return Encoding.Unicode.GetBytes(canary);
        yield return Encoding.BigEndianUnicode.GetBytes(canary);
        yield return CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(canary);
        yield return Encoding.ASCII.GetBytes(canary[3..]); // the Latin part by itself, as escapes would leave it
        yield return Encoding.ASCII.GetBytes(Convert.ToHexString(utf8));
        yield return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(utf8));
        for (var shift = 0; shift < 3; shift++)
        {
            // Base64 of what stands in the middle of something: without the letters that depend on the neighbours.
            var text = Convert.ToBase64String([.. new byte[shift], .. utf8]);
            yield return Encoding.ASCII.GetBytes(text[4..^4]);
        }
    }
}
