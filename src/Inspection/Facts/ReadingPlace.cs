using System.Text.RegularExpressions;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>Decides which check owns a finding whose code covers what several rules ask: by the file that it is about, the element and what was expected.</summary>
/// <remarks>Pure. The files' names are those of spec/formats/gbt42727-package.md, dat93-package.md and eep-package.md.</remarks>
internal static partial class ReadingPlace
{
    private static readonly string[] Descriptions = ["说明文件.xml", "说明文件.TXT", "目录文件.XML"];
    private static readonly string[] DigestLists = ["校验信息.xml", "校验清单.xml"];

    /// <summary>The check; null when the code alone decides.</summary>
    public static string? CheckOf(Finding finding)
    {
        var at = Argument(finding, "at");
        return finding.Code switch
        {
            "PKG-005" or "PKG-130" => OfPart(finding, at) ?? "structure",
            "PKG-006" or "PKG-110" or "PKG-118" => OfPart(finding, at) ?? "metadata-readable",
            "PKG-101" or "PKG-102" or "PKG-103" or "PKG-104" or "PKG-105" or "PKG-106" or "PKG-107" => OfPart(finding, at) ?? "metadata-readable",
            "PKG-007" or "PKG-111" => OfPart(finding, at) ?? OfElement(at) ?? (Argument(finding, "found").Length > 0 ? "elements-filled" : "elements-present"),
            "PKG-008" or "PKG-112" => OfPart(finding, at) ?? OfElement(at) ?? "elements-filled",
            "PKG-010" or "PKG-013" or "PKG-113" or "PKG-114" or "PKG-115" or "PKG-116" or "PKG-117" => OfPart(finding, at) ?? OfElement(at, "elements-present"),
            "PKG-014" => IsOfLength(Argument(finding, "expected"), Argument(finding, "found")) ? "length" : "type",
            "PKG-035" or "PKG-039" => OfPart(finding, at) ?? "linkage",
            "PKG-043" or "PKG-163" => OfCount(finding, at),
            "PKG-172" => OfElement(at) is "fixity" ? "fixity" : "content",
            _ => null,
        };
    }

    /// <summary>Whether a finding is about the form of an encapsulated record.</summary>
    public static bool IsOfEncapsulation(Finding finding) =>
        finding.Code.StartsWith("PKG-17", StringComparison.Ordinal) || finding.Code.StartsWith("PKG-18", StringComparison.Ordinal)
        || Argument(finding, "at").StartsWith("/电子文件封装包", StringComparison.Ordinal);

    /// <summary>A list of digests is worth what it can be compared by, a description what can be read of it.</summary>
    private static string? OfPart(Finding finding, string at)
    {
        var file = at.IndexOf('#', StringComparison.Ordinal) is > 0 and var hash ? at[..hash] : finding.Subject; // of a file that is missing, the list that names it
        var name = file[(file.LastIndexOf('/') + 1)..];
        return DigestLists.Contains(name) ? "fixity"
            : Descriptions.Contains(name) ? "description"
            : name == "开放利用意见.xml" ? "opinions"
            : null;
    }

    /// <summary>Elements of a signature, or of the wrapper of an encapsulated record.</summary>
    private static string? OfElement(string at, string? otherwise = null) =>
        !at.StartsWith("/电子文件封装包", StringComparison.Ordinal) ? otherwise
        : at.Contains("签名", StringComparison.Ordinal) && !at.Contains("/被签名对象", StringComparison.Ordinal) ? "fixity"
        : at.Contains("/文件实体块", StringComparison.Ordinal) ? otherwise
        : "package-metadata";

    private static string OfCount(Finding finding, string at) =>
        Argument(finding, "clause") == "group-2-4" ? "package-content"
        : at.EndsWith("/总字节数", StringComparison.Ordinal) || at.EndsWith("size", StringComparison.Ordinal) ? "byte-count"
        : at.EndsWith("/File_Number", StringComparison.Ordinal) ? "package-content"
        : "item-count";

    /// <summary>Whether a value would have the expected form if only it were longer or shorter.</summary>
    private static bool IsOfLength(string expected, string found) => expected switch
    {
        "integer" => found.Length > 0 && found.All(char.IsAsciiDigit) && (found[0] != '0' || found.Length == 1),
        _ => expected.Contains('[', StringComparison.Ordinal)
            && new Regex($@"^(?:{Counts().Replace(expected, "*")})\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking).IsMatch(found),
    };

    private static string Argument(Finding finding, string name)
    {
        foreach (var (key, value) in finding.Arguments)
        {
            if (key == name)
            {
                return value;
            }
        }

        return "";
    }

    /// <summary>How often a character may stand: what a question of length leaves out.</summary>
    [GeneratedRegex(@"\{[0-9]+(?:,[0-9]*)?\}", RegexOptions.CultureInvariant)]
    private static partial Regex Counts();
}
