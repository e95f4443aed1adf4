using System.Diagnostics;
using Lantai.Evidence.National;
using Lantai.Tests.House;

namespace Lantai.Tests.Vectors;

/// <summary>The independent reader's own SM3, which it falls back on where Python's library has none.</summary>
public sealed class ReaderSm3Tests
{
    private const string Driver = """
        import importlib.util, sys
        spec = importlib.util.spec_from_file_location("reader", sys.argv[1])
        reader = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(reader)
        reader.hashlib.new = lambda name: (_ for _ in ()).throw(ValueError("unsupported hash type " + name))
        for length in range(0, 300, 3):
            h = reader.hashing("sm3")
            data = bytes(n * 7 % 256 for n in range(length))
            h.update(data[:length // 3])
            h.update(data[length // 3:])
            print(h.digest().hex())
        """;

    [Fact]
    public async Task It_agrees_with_ours_where_Python_has_none()
    {
        var start = new ProcessStartInfo("python3") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["-c", Driver, Path.Combine(Tree.Root, "tools", "lantai-read.py")])
        {
            start.ArgumentList.Add(argument);
        }

        Process? python = null;
        try
        {
            python = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("python3 is not at hand.");
        }

        using (python)
        {
            var trouble = python!.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var lines = (await python.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            await python.WaitForExitAsync(TestContext.Current.CancellationToken);

            Assert.True(python.ExitCode == 0, await trouble);
            Assert.Equal(Enumerable.Range(0, 100).Select(i => Sm3Digest.Of([.. Enumerable.Range(0, i * 3).Select(n => (byte)(n * 7 % 256))]).ToString()), lines);
        }
    }
}
