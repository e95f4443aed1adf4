using Lantai.Characterization;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>加密 (article 9): what is archived is not encrypted, neither the package nor a file, however deep it lies. Signatures and seals are none.</summary>
internal static class EncryptionCheck
{
    // What may be encrypted, or hold files that are. Nothing of pictures, sound and video is.
    private static readonly HashSet<FileFamily> Holders =
    [
        FileFamily.Pdf, FileFamily.OpenXml, FileFamily.OpenDocument, FileFamily.Ofd, FileFamily.Epub, FileFamily.Zip, FileFamily.Compound, FileFamily.Tar,
        FileFamily.Gzip, FileFamily.SevenZip, FileFamily.Rar, FileFamily.OpenPgp, FileFamily.Cms, FileFamily.Xml, FileFamily.Text,
    ];

    // Texts in an encoding that nobody knows were searched all the same.
    private static readonly string[] Harmless = ["encrypted", "unknown-encoding"];

    /// <summary>Each encrypted file is told with the kind and the first place. Where one was not looked through to its end, it could not run.</summary>
    public static RuleAnswer Check(InspectionFacts facts) => FileAnswers.Of(facts, Ask, facts.FindingsOf("encryption"));

    private static IEnumerable<Finding> Ask(InspectedFile file, FileExamination found)
    {
        if (found.Encryption is [var first, ..])
        {
            return [Finding.Error("INS-340", file.Path, ("encryption", first.Kind), ("at", first.Place), ("count", found.Encryption.Count))];
        }

        return Holders.Contains(found.Family) && Unseen(found) is { } why ? [Finding.Error("INS-341", file.Path, ("unchecked", why))] : [];
    }

    private static string? Unseen(FileExamination found) =>
        found.Findings.Where(f => f.Code == "FMT-041").SelectMany(f => f.Arguments).Where(a => a.Key == "why" && !Harmless.Contains(a.Value)).Select(a => a.Value).FirstOrDefault();
}
