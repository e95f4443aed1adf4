using System.Diagnostics;
using System.Text;
using Lantai.StoreFormat;
using Lantai.Tests.House;

namespace Lantai.Tests.Vectors;

/// <summary>The independent reader takes and refuses the same records of signature evidence.</summary>
public sealed class EvidenceReaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lantai-evidence-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("", "")]
    [InlineData("\"verdict\":\"valid-at-time\"", "\"verdict\":\"valid\"")]
    [InlineData("\"verdict\":\"valid-at-time\"", "\"verdict\":\"perfect\"")]
    [InlineData("\"form\":\"raw\",", "")]
    [InlineData("\"chain\":[\"M", "\"chain\":[\"!")]
    [InlineData("\"token\":\"M", "\"token\":\"!")]
    [InlineData("\"code\":\"SIG-024\"", "\"code\":5")]
    [InlineData("\"chain\":{\"at\":\"2031", "\"chain\":{\"at\":\"31")]
    [InlineData("\"verdict\":\"valid\"},\"time\"", "\"verdict\":\"perfect\"},\"time\"")]
    [InlineData("{\"at\"", "{ \"at\"")]
    public async Task The_reader_agrees(string part, string other)
    {
        var text = Encoding.UTF8.GetString(Piece.Bytes("signature-evidence"));
        Assert.Contains(part, text, StringComparison.Ordinal);
        var path = Path.Combine(_folder, "evidence.json");
        await File.WriteAllTextAsync(path, part.Length == 0 ? text : text.Replace(part, other, StringComparison.Ordinal));
        using var process = Process.Start(new ProcessStartInfo("python3", [Path.Combine(Tree.Root, "tools/lantai-read.py"), "--json", "evidence", path]) { RedirectStandardOutput = true })!;

        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        var good = SignatureEvidenceForm.TryRead(await File.ReadAllBytesAsync(path), out _);
        Assert.Equal(part.Length == 0, good);
        Assert.Equal(good ? 0 : 1, process.ExitCode);
        Assert.Contains(good ? "\"valid-at-time\"" : "SIG-001", said, StringComparison.Ordinal);
    }
}
