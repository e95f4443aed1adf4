using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>加密 (article 9): what is archived is not encrypted, neither the package nor a file, however deep it lies. Signatures and seals are none.</summary>
internal static class EncryptionCheck
{
    /// <summary>Each encrypted file is told with the kind and the first place.</summary>
    public static RuleAnswer Check(InspectionFacts facts) => FileAnswers.Of(
        facts,
        (file, found) => found.Encryption.Take(1).Select(m => Finding.Error("INS-340", file.Path, ("encryption", m.Kind), ("at", m.Place), ("count", found.Encryption.Count))),
        facts.FindingsOf("encryption"));
}
