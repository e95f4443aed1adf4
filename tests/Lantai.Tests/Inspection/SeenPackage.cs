using System.IO.Compression;
using System.Text;
using Lantai.Characterization;
using Lantai.Characterization.Identification;
using Lantai.Characterization.Policy;
using Lantai.InformationPackages;
using Lantai.Inspection;
using Lantai.RecordsManagement;
using Lantai.Words;

namespace Lantai.Tests.Inspection;

/// <summary>Facts for tests of single rules: files are looked at by the real characterizer, or described where no file is at hand.</summary>
internal static class SeenPackage
{
    internal static readonly DateTimeOffset Now = new(2026, 11, 27, 9, 0, 0, TimeSpan.FromHours(8));

    private static readonly CharacterizationPlan Plan = new(FormatRegistry.BuiltIn, CharacterizationDepth.Full);

    /// <summary>Facts of a package of these files.</summary>
    internal static InspectionFacts Of(params IReadOnlyList<InspectedFile> files) => Of([], files);

    /// <summary>Facts of a package of these files and findings of its reading.</summary>
    internal static InspectionFacts Of(IReadOnlyList<Finding> findings, params IReadOnlyList<InspectedFile> files) => new()
    {
        Point = RunPoint.AgencyArchiving,
        Now = Now,
        Package = new InspectedPackage { Name = "办件包", Profile = "gbt42727", Confidence = ReadingConfidence.Low, Findings = findings, Files = files },
        Channel = new ChannelFacts("yz-cases", SourceChannel.Online),
    };

    /// <summary>A file as the characterizer sees it.</summary>
    internal static InspectedFile File(string path, byte[] content)
    {
        var digest = Digest.Of(content);
        return new InspectedFile(path, content.Length, digest, new FileCharacterizer(Plan).Characterize(FileContent.Of(content), path, digest, CancellationToken.None));
    }

    /// <summary>A file of text.</summary>
    internal static InspectedFile File(string path, string content) => File(path, Encoding.UTF8.GetBytes(content));

    /// <summary>A file that is described.</summary>
    internal static InspectedFile Described(string path, FileExamination examination) => new(
        path, 10, Digest.Of("内容"u8), new FileCharacter(FormatIdentification.Unknown, examination, new PolicyVerdict(FormatVerdict.Archival, ["self-contained"], [], "试用", "1", "ofd")));

    /// <summary>What looking into a file found.</summary>
    internal static FileExamination Found(FileFamily family, params (string Name, object Value)[] technical) =>
        new(family, Readability.Readable, [], [], technical.ToDictionary(t => t.Name, t => t.Value, StringComparer.Ordinal), []);

    /// <summary>A zip of some files.</summary>
    internal static byte[] Zip(params IReadOnlyList<(string Name, byte[] Content)> files)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>The beginning of a program for Linux.</summary>
    internal static byte[] Program() => [0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0, .. new byte[8], 2, 0, 0x3E, 0, 1, 0, 0, 0, .. new byte[100]];

    /// <summary>The codes of an answer.</summary>
    internal static IEnumerable<string> Codes(RuleAnswer answer) => answer.Findings.Select(f => f.Code);
}
