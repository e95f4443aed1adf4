using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Lantai.Adapters.Clamav;
using Lantai.InformationPackages;

namespace Lantai.Tests.Adapters;

/// <summary>A real clamd of the test's own, with signatures made here: no definitions are fetched.</summary>
public sealed class Clamd : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lantai-clamd-");
    private readonly Process? _process;

    /// <summary>Starts it where it is installed, and waits until it answers.</summary>
    public Clamd()
        : this("StreamMaxLength 1M", "AlertExceedsMax yes", "AlertEncrypted yes")
    {
    }

    /// <summary>One that is set otherwise.</summary>
    internal Clamd(params IReadOnlyList<string> settings)
    {
        Program = new[] { "/usr/sbin/clamd", "/usr/bin/clamd", "/usr/local/sbin/clamd" }.FirstOrDefault(File.Exists);
        if (Program is null)
        {
            return;
        }

        Port = FreePort();
        _ = _folder.CreateSubdirectory("db");
        Write("db/test.ndb", $"Eicar-Test-Signature:0:*:{Convert.ToHexStringLower(Encoding.ASCII.GetBytes(Second))}\n");
        Write("clamd.conf", string.Join('\n',
            $"DatabaseDirectory {Path("db")}", $"TemporaryDirectory {_folder.FullName}", $"LocalSocket {Socket}", $"TCPSocket {Port}", "TCPAddr 127.0.0.1", "Foreground yes",
            "OfficialDatabaseOnly no", "SelfCheck 0", Environment.IsPrivilegedProcess ? "User root" : "", string.Join('\n', settings), ""));
        _process = Process.Start(new ProcessStartInfo(Program, ["--config-file=" + Path("clamd.conf")]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _process.OutputDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        for (var tries = 0; tries < 300 && !Answers(); tries++)
        {
            Thread.Sleep(100);
        }
    }

    /// <summary>The program; null where it is not installed.</summary>
    internal string? Program { get; }

    /// <summary>The path of its socket.</summary>
    internal string Socket => Path("s");

    /// <summary>Its port at 127.0.0.1.</summary>
    internal int Port { get; }

    /// <summary>The harmless file that every engine knows, put together here: whole, it lies in no file of the repository.</summary>
    internal static byte[] Eicar => Encoding.ASCII.GetBytes(First + Second + "$H+H*");

    private static string First => @"X5O!P%@AP[4\PZX54(P^)7CC)7}$";

    private static string Second => string.Join('-', "EICAR", "STANDARD", "ANTIVIRUS", "TEST", "FILE!");

    /// <summary>The engine at an address.</summary>
    internal static ClamavAntivirus At(string address, ClamavLimits? limits = null) =>
        new(ClamdAddress.TryParse(address, out var read) ? read : throw new ArgumentException(address), limits ?? new ClamavLimits(), TimeProvider.System);

    /// <summary>A file of a package.</summary>
    internal static PackageFile OfBytes(string path, byte[] content) => PackageFile.OfBytes(path, content);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process?.Dispose();
        _folder.Delete(recursive: true);
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private bool Answers() => At(Socket).Scan([], CancellationToken.None).Engine is not null;

    private string Path(string name) => System.IO.Path.Combine(_folder.FullName, name);

    private void Write(string name, string content) => File.WriteAllText(Path(name), content);
}

/// <summary>Two that look into files up to 1 MiB only and take longer ones all the same: one without a word, one that says so.</summary>
public sealed class NarrowClamds : IDisposable
{
    private static readonly string[] Narrow = ["StreamMaxLength 50M", "MaxFileSize 1M", "MaxScanSize 1M"];

    internal Clamd Silent { get; } = new(Narrow);

    internal Clamd Telling { get; } = new([.. Narrow, "AlertExceedsMax yes", "AlertEncrypted yes"]);

    /// <inheritdoc/>
    public void Dispose()
    {
        Silent.Dispose();
        Telling.Dispose();
    }
}
