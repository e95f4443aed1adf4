using System.Diagnostics;
using System.Text;
using Lantai.InformationPackages;

namespace Lantai.Tests.InformationPackages;

public sealed class CaseInventionTests
{
    [Theory]
    [InlineData("dat85")]
    [InlineData("gbt42727")]
    public void Invented_cases_are_right_and_of_many_kinds(string name)
    {
        var profile = CasePackageSampleTests.Profile(name);
        var cases = Enumerable.Range(0, 300).Select(i => Invent(profile, 7).Make(i, CancellationToken.None)).ToList();

        Assert.All(cases, c => Assert.Empty(profile.Judge(PackageTree.Of("x", profile.Write(c, CancellationToken.None)), CancellationToken.None).Findings));
        Assert.Equal(cases.Count, cases.Select(c => c.RecordCode).Distinct().Count());
        Assert.Equal(10, cases.Select(c => c.Basic["task_code"]).Distinct().Count());
        Assert.Equal(["不予", "准予"], cases.Select(c => c.Basic["result"]).Distinct().Order());
        Assert.Equal(["D10", "D30", "Y"], cases.Select(c => c.Configuration["retention_period"]).Distinct().Order());
        Assert.Contains(cases, c => c.Files.Any(f => f.Licence is not null));
        Assert.Contains(cases, c => c.Steps.Any(s => s["step_code"] == "11"));
        Assert.Contains(cases, c => c.Basic["is_project"] == "是");
        Assert.Contains(cases, c => c.Extensions.Count > 0);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_does_not()
    {
        var profile = CasePackageSampleTests.Profile("gbt42727");

        Assert.Equal(Zip(profile, 7, 3), Zip(profile, 7, 3));
        Assert.NotEqual(Zip(profile, 7, 3), Zip(profile, 8, 3));
        Assert.NotEqual(Zip(profile, 7, 3), Zip(profile, 7, 4));
    }

    /// <summary>What is written today is written tomorrow: a case's metadata by its digest.</summary>
    [Fact]
    public void A_case_stays_what_it_was()
    {
        var profile = CasePackageSampleTests.Profile("dat85");
        var metadata = profile.Write(Invent(profile, 1).Make(0, CancellationToken.None), CancellationToken.None).Single(f => f.Path.EndsWith(".xml", StringComparison.Ordinal));
        using var content = metadata.OpenRead();

        Assert.StartsWith("c57df0836a7e4924bb9f713c3b98be9fc6ca683b3c82847e8f", Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_written_package_opens_with_unzip_and_with_another_reader_of_xml()
    {
        Assert.SkipWhen(!File.Exists("/usr/bin/unzip") || !File.Exists("/usr/bin/python3"), "The commands unzip and python3 are not on this machine.");
        using var scratch = new Scratch();
        var profile = CasePackageSampleTests.Profile("gbt42727");
        _ = scratch.Write("p.zip", Zip(profile, 7, 3));

        Assert.Equal("", Run("/usr/bin/unzip", "-q", Path.Combine(scratch.Path, "p.zip"), "-d", scratch.Path));
        var script = "import glob,sys,xml.dom.minidom as m\nfor f in glob.glob(sys.argv[1]+'/**/*.xml',recursive=True): print(m.parse(f).documentElement.tagName)";
        Assert.Equal(["record", "校验信息", "说明文件"], Run("/usr/bin/python3", "-c", script, scratch.Path).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    private static string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LC_ALL"] = "C.UTF-8";
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        return said;
    }

    private static byte[] Zip(CaseProfile profile, ulong seed, int number)
    {
        using var zip = new MemoryStream();
        PackageWriting.ToZip(zip, profile.Write(Invent(profile, seed).Make(number, CancellationToken.None), CancellationToken.None), "包");
        return zip.ToArray();
    }

    private static CaseInvention Invent(CaseProfile profile, ulong seed) =>
        new(profile, (title, lines, isSealed) => Encoding.UTF8.GetBytes($"{title}\n{string.Join('\n', lines)}\n{isSealed}\n"), seed);
}
