using System.Text;
using Lantai.InformationPackages;
using Lantai.Inspection;
using Lantai.RecordsManagement;
using Lantai.Tests.InformationPackages;
using Lantai.Words;

namespace Lantai.Tests.Inspection;

/// <summary>Facts made by hand for single rules: a good sample of a case, changed in memory and read as it is then, with registers as a test wants them.</summary>
internal static class RuleFacts
{
    public const string Agency = "11990100009900611P";
    public const string Item = "0109900100";
    public const string Number = "YZ20230510000021";
    public const string MetadataName = "元数据.xml";

    /// <summary>Nine in the morning, some days after the case of the sample was completed.</summary>
    public static DateTimeOffset Now { get; } = new(2023, 6, 2, 9, 0, 0, TimeSpan.FromHours(8));

    /// <summary>Facts of a sample, its metadata changed; registers that have nothing against it.</summary>
    /// <param name="sample">A good sample of the profile gbt42727.</param>
    /// <param name="changes">What is replaced in its metadata by what.</param>
    public static InspectionFacts Of(string sample = "plain", params (string Good, string Bad)[] changes) =>
        OfFiles([.. Files(sample).Select(f => f.Path != MetadataName || changes.Length == 0 ? f : PackageFile.OfBytes(f.Path, Encoding.UTF8.GetBytes(Replace(Encoding.UTF8.GetString(Bytes(f)), changes))))]);

    /// <summary>Facts of a package of some files.</summary>
    public static InspectionFacts OfFiles(IReadOnlyList<PackageFile> files)
    {
        var (read, verdict) = CasePackageSampleTests.Profile("gbt42727").Read(PackageTree.Of("990100-0061-0109900100-2023-D30-000021", files), CancellationToken.None);
        return new InspectionFacts
        {
            Point = RunPoint.AgencyArchiving,
            Now = Now,
            Package = new InspectedPackage
            {
                Name = "990100-0061-0109900100-2023-D30-000021",
                Profile = "gbt42727",
                Confidence = verdict.Confidence,
                Findings = verdict.Findings,
                Files = [.. files.Select(f => new InspectedFile(f.Path, f.Length, Digest.Of(Bytes(f)), null))],
                Case = read,
                DigestsCompared = verdict.Counts.Digests,
            },
            Channel = new ChannelFacts("yz-cases", SourceChannel.Online) { IsAuthenticated = true, Sent = Now.AddMinutes(-2), Received = Now.AddMinutes(-1) },
            Terms = Terms(),
        };
    }

    /// <summary>The files of a good sample.</summary>
    public static List<PackageFile> Files(string sample)
    {
        using var package = CasePackageSampleTests.Open("gbt42727", "good", sample);
        return [.. package.Files.Select(f => PackageFile.OfBytes(f.Path, Bytes(f)))];
    }

    /// <summary>What registers say that know the case, its item and its schedule, and have nothing against it.</summary>
    public static TermsFacts Terms() => new()
    {
        Day = LegalTime.DayOf(Now),
        Source = [],
        Item = new ServiceItem(Item, "3", "食品经营许可证核发", "行政许可", Agency) { Steps = ["1", "2", "3", "4"] },
        Schedule = new ScheduleAnswer(null, null, []),
        Scope = [Row("evidential", "食品经营许可申请书"), Row("evidential", "营业执照", origin: "called"), Row("procedural", "受理通知书"), Row("result", "食品经营许可证")],
        Deadline = new DateOnly(2024, 6, 30),
        RegulationSince = new DateOnly(2023, 1, 1),
    };

    /// <summary>A row of a schedule.</summary>
    public static ScheduleRow Row(string nature, string material, string archive = "yes", int floor = 20, string origin = "formed") =>
        new([Item, "食品经营许可证核发", "/行政许可", nature, origin, "", material, archive, archive == "yes" ? "D30" : "", "2", floor.ToString(), "3"]);

    /// <summary>The case as its source system told of it.</summary>
    public static ServiceCase Notice() => new(1, Guid.Parse("00000000-0000-4000-8000-000000000021"), "yz-cases", Number, Agency, Item, Completed("2023-05-19 16:20:00"), CaseState.Awaiting, Now);

    /// <summary>A time of completion as a source wrote it.</summary>
    public static CompletionTime Completed(string text) => CompletionTime.TryParse(text, out var time) ? time : throw new ArgumentException(text, nameof(text));

    /// <summary>Asks a check.</summary>
    public static RuleAnswer Ask(string check, InspectionFacts facts) => RuleChecks.Find(check)!(facts);

    /// <summary>The only finding of an answer, by code, and what it expects and found.</summary>
    public static (RuleVerdict Verdict, string Code, string Expected, string Found) Told(RuleAnswer answer)
    {
        var finding = Assert.Single(answer.Findings);
        return (answer.Verdict, finding.Code, Argument(finding, "expected"), Argument(finding, "found"));
    }

    public static string Argument(Finding finding, string name) => finding.Arguments.FirstOrDefault(a => a.Key == name).Value ?? "";

    public static byte[] Bytes(PackageFile file)
    {
        using var content = file.OpenRead();
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static string Replace(string text, IEnumerable<(string Good, string Bad)> changes)
    {
        foreach (var (good, bad) in changes)
        {
            Assert.Contains(good, text, StringComparison.Ordinal);
            text = text.Replace(good, bad, StringComparison.Ordinal);
        }

        return text;
    }
}
