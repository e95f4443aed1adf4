using System.Text;
using Lantai.Characterization;
using Lantai.Characterization.Examination;
using Lantai.Tests.Containers;

namespace Lantai.Tests.Characterization;

/// <summary>Short ways to make packages and to look into files.</summary>
internal static class Looking
{
    public static FileExamination Into(byte[] file, ExaminationLimits? limits = null) =>
        FileExaminers.Examine(FileContent.Of(file), "f", limits ?? ExaminationLimits.Default, CancellationToken.None);

    public static byte[] Zip(params (string Name, string Content)[] parts) => HandMadeZip.Make([.. parts.Select(p => Part(p.Name, p.Content))]);

    public static byte[] ZipOf(params (string Name, byte[] Content)[] parts) => HandMadeZip.Make([.. parts.Select(p => Part(p.Name, p.Content))]);

    public static HandMadeEntry Part(string name, string content) => Part(name, Encoding.UTF8.GetBytes(content));

    public static HandMadeEntry Part(string name, byte[] content) => new(Encoding.UTF8.GetBytes(name), content) { Deflate = content.Length > 0, Flags = 0x800 };

    /// <summary>The start of a Windows program, long enough to be taken for one.</summary>
    public static byte[] Program()
    {
        var bytes = new byte[256];
        "MZ"u8.CopyTo(bytes);
        bytes[60] = 128;
        "PE\0\0"u8.CopyTo(bytes.AsSpan(128));
        return bytes;
    }

    public static bool Has(this FileExamination found, string kind, string? place = null) =>
        found.Active.Any(a => a.Kind == kind && (place is null || a.Place == place));

    public static bool IsBroken(this FileExamination found, string part, string fault) =>
        found.Readability == Readability.Broken
        && found.Findings.Any(f => f.Code == "FMT-040" && f.Arguments[0].Value == part && f.Arguments[1].Value == fault);
}
