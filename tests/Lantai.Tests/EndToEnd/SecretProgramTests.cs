using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Lantai.Cli.Demo.Day;
using Lantai.InformationPackages;
using Lantai.Tests.Ingest.Door;

namespace Lantai.Tests.EndToEnd;

/// <summary>R15-1 through the real program: of what is marked as a state secret no byte gets anywhere, not for a moment.</summary>
[Trait("Length", "medium")]
public sealed class SecretProgramTests : IDisposable
{
    private readonly SecretCases _cases = new();
    private readonly Workshop _shop = new();
    private readonly List<Ended> _said = [];
    private readonly IReadOnlyList<byte[]> _forms;

    public SecretProgramTests()
    {
        foreach (var (name, folder) in new[] { ("TMPDIR", "tmp"), ("HOME", "home"), ("XDG_CACHE_HOME", "home/cache"), ("XDG_RUNTIME_DIR", "run") })
        {
            _shop.Variables[name] = Directory.CreateDirectory(_shop.At(folder)).FullName;
        }

        _ = _shop.WithStore("--records", "cn").WithRegisters();
        Assert.Equal(0, _shop.Run("inspect", "scheme", "adopt", "--without-av", "--reason", "没有引擎", "--as", "os:archivist").Code);
        Assert.Equal(0, _shop.Run("inspect", "kit", "export", _shop.At("sender.kit"), "--source", DayAgency.Approval.Source).Code);
        var agency = DayAgency.Approval;
        _ = _shop.Write("completed.csv", $"业务流水号,机构,事项编码,办结时间\n{_cases.Numbers[0]},{agency.Code},{agency.Item},2026-09-01T09:01:00+08:00\n");
        Assert.Equal(0, _shop.Run("case", "notify", _shop.At("completed.csv"), "--source", agency.Source).Code);
        var before = Files().Select(File.ReadAllBytes).ToList();
        _forms = [.. _cases.Words, .. _cases.Pieces.Where(p => !before.Exists(b => b.AsSpan().IndexOf(p) >= 0))]; // a page of the specification shows markup that each package has
        Assert.True(_forms.Count > _cases.Words.Count + 20, $"{_forms.Count} forms");
    }

    public void Dispose()
    {
        _shop.Dispose();
        _cases.Dispose();
    }

    [Fact]
    public void Of_marked_packages_no_byte_is_left_in_store_keys_home_temporary_folder_or_anything_said()
    {
        foreach (var arguments in Commands())
        {
            _said.Add(_shop.Run(arguments));
        }

        Assert.All(_said, s => Assert.True(s.Code == 1, s.ToString()));
        Assert.All(_said, s => Assert.Contains("SEC-001", s.Out, StringComparison.Ordinal));
        Assert.Empty(_said.SelectMany(s => Found($"{s.Out}\n{s.Err}", Encoding.UTF8.GetBytes(s.Out + s.Err))));
        var files = Files().ToList();
        Assert.True(files.Count > 10, $"{files.Count} files");
        Assert.Empty(files.SelectMany(f => Found(f, [.. Encoding.UTF8.GetBytes(f), .. File.ReadAllBytes(f)])));

        var c = _shop.Run("case", "show", $"{DayAgency.Approval.Source}/{_cases.Numbers[0]}", "--json").Json["case"]!;
        Assert.Equal("refused-secret", (string?)c["state"]);
        Assert.Equal(0, _shop.Run("verify").Code);
        var reports = _shop.Run("inspect", "report", "--take", "100", "--json");
        Assert.True(reports.Json["runs"]!.AsArray().Count >= _cases.Zips.Count, reports.ToString());
        Assert.Empty(Found("reports", Encoding.UTF8.GetBytes(reports.Out + string.Concat(reports.Json["runs"]!.AsArray().Select(r => _shop.Run("inspect", "report", (string)r!["reportNo"]!, "--format", "xml").Out)))));
    }

    [Fact]
    public void No_byte_of_marked_packages_is_ever_written_not_even_to_what_is_deleted_afterwards()
    {
        Assert.SkipUnless(CanTrace(), "strace is not installed, or may not trace here.");
        string[][] commands =
        [
            ["case", "archive", DayAgency.Approval.Source, "--each", _cases.ZipFolder, "--json"],
            ["case", "archive", DayAgency.Approval.Source, "--each", _cases.PlainFolder, "--dry-run"],
            ["sip", "validate", .. _cases.Zips, "--kit", _shop.At("sender.kit"), "--json"],
            ["inspect", "run", .. _cases.Folders, "--point", "agency-transfer"],
        ];

        foreach (var arguments in commands)
        {
            var (said, trace) = Traced(arguments);
            Assert.True(said.Code == 1, said.ToString());
            Assert.Contains("SEC-001", said.Out, StringComparison.Ordinal);
            Assert.Empty(Found(arguments[0] + " " + arguments[1], WrittenBytes(trace)));
            Assert.Empty(ByAnotherWay(trace));
        }
    }

    [Fact]
    public void What_is_written_of_an_unmarked_package_is_seen_in_the_trace()
    {
        Assert.SkipUnless(CanTrace(), "strace is not installed, or may not trace here.");
        var c = DoorPlace.Case(90).Add(MaterialKind.Process, "说明.txt", Encoding.UTF8.GetBytes(_cases.Word));
        _ = DoorPlace.Write(c, _shop.At("packages"), "好.zip");

        var (said, trace) = Traced("case", "archive", DayAgency.Approval.Source, "--each", _shop.At("packages"), "--json");

        Assert.True(said.Code == 0, said.ToString());
        Assert.NotEmpty(Found("trace", WrittenBytes(trace)));
    }

    /// <summary>Every way on which the program is given packages, each kind of mark among them.</summary>
    private IEnumerable<string[]> Commands()
    {
        var source = DayAgency.Approval.Source;
        yield return ["case", "archive", source, _cases.Zips[2], "--dry-run", "--json"];
        yield return ["case", "archive", source, _cases.Zips[0], "--case", _cases.Numbers[0], "--json"];
        yield return ["case", "archive", source, _cases.Folders[1], "--lang", "zh"];
        yield return ["case", "archive", source, "--each", _cases.ZipFolder, "--dry-run"];
        yield return ["case", "archive", source, "--each", _cases.ZipFolder, "--json"];
        yield return ["case", "archive", source, "--each", _cases.PlainFolder, "--lang", "zh"];
        yield return ["case", "archive", source, _cases.Folders[4], "--supplement", "补正", "--json"];
        yield return ["sip", "validate", .. _cases.Zips, "--profile", "gbt42727", "--lang", "zh"];
        yield return ["sip", "validate", .. _cases.Folders, "--profile", "gbt42727", "--json"];
        yield return ["sip", "validate", .. _cases.Zips, .. _cases.Folders, "--kit", _shop.At("sender.kit"), "--json"];
        yield return ["sip", "validate", _cases.Zips[3], "--kit", _shop.At("sender.kit"), "--report", _shop.At("report.html")];
        yield return ["inspect", "run", .. _cases.Zips, "--point", "agency-transfer", "--json"];
        yield return ["inspect", "run", .. _cases.Folders, "--point", "hall-receipt", "--lang", "zh"];
    }

    /// <summary>Which of the forms stand in some bytes.</summary>
    private IEnumerable<string> Found(string where, byte[] bytes) =>
        _forms.Where(form => bytes.AsSpan().IndexOf(form) >= 0).Select(form => $"{Encoding.UTF8.GetString(form)} in {where[..Math.Min(where.Length, 3000)]}");

    private IEnumerable<string> Files() =>
        Directory.EnumerateFiles(_shop.Folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }).Where(f => new FileInfo(f).Length > 0);

    private static bool CanTrace()
    {
        try
        {
            using var probe = Process.Start(new ProcessStartInfo("strace", ["-qq", "-o", "/dev/null", "true"]) { RedirectStandardError = true })!;
            probe.WaitForExit();
            return probe.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private (Ended Said, string[] Trace) Traced(params string[] arguments)
    {
        var file = Path.Combine(Path.GetTempPath(), $"lantai-trace-{Guid.NewGuid():N}"); // not where the program may write
        try
        {
            // Code is made twice mapped otherwise, through files in memory that would look like written ones.
            _shop.Variables["DOTNET_EnableWriteXorExecute"] = "0";
            var said = _shop.RunProgram("strace", ["-f", "-qq", "-xx", "-s", "16777216", "-e", "signal=none", "-e", "trace=" + Calls, "-o", file, Workshop.Program, .. arguments]);
            return (said, File.ReadAllLines(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private const string Calls = "write,pwrite64,writev,pwritev,pwritev2,sendto,sendmsg,sendmmsg,open,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,setxattr,fsetxattr,sendfile,copy_file_range,splice,mmap";

    /// <summary>All that was written, and the names of all that was made: the strings of those calls, one behind another.</summary>
    private static byte[] WrittenBytes(string[] trace)
    {
        using var bytes = new MemoryStream();
        foreach (var line in trace.Where(l => !IsReading(l)))
        {
            for (var at = line.IndexOf("\\x", StringComparison.Ordinal); at >= 0 && at + 3 < line.Length;)
            {
                bytes.WriteByte(Convert.ToByte(line.Substring(at + 2, 2), 16));
                var next = line.IndexOf("\\x", at + 4, StringComparison.Ordinal);
                if (next > at + 4)
                {
                    bytes.WriteByte(0); // another string
                }

                at = next;
            }

            bytes.WriteByte(0);
        }

        return bytes.ToArray();
    }

    /// <summary>A file that was opened to be read alone: packages are.</summary>
    private static bool IsReading(string line) =>
        (line.Contains("openat(", StringComparison.Ordinal) || line.Contains("open(", StringComparison.Ordinal)) && line.Contains("O_RDONLY", StringComparison.Ordinal);

    /// <summary>Calls by which bytes get into a file without being written from memory: none is used while packages are refused.</summary>
    private static IEnumerable<string> ByAnotherWay(string[] trace) => trace.Where(l =>
        l.Contains("sendfile(", StringComparison.Ordinal) || l.Contains("copy_file_range(", StringComparison.Ordinal) || l.Contains("splice(", StringComparison.Ordinal)
        || (l.Contains("mmap(", StringComparison.Ordinal) && l.Contains("PROT_WRITE", StringComparison.Ordinal) && l.Contains("MAP_SHARED", StringComparison.Ordinal) && !l.Contains("MAP_ANONYMOUS", StringComparison.Ordinal)));
}
