using Lantai.Characterization;
using Lantai.Characterization.Identification;
using Lantai.StoreFormat;

namespace Lantai.Ingest;

/// <summary>What was found at a file, in the form in which the manifest keeps it.</summary>
/// <remarks>spec/formats/characterization.md.</remarks>
internal static class CharacterMap
{
    public static JsonMap Of(FileCharacter character)
    {
        var identification = character.Identification;
        var map = new JsonMap()
            .Set("basis", identification.Best is { } best ? NameOf(best.Basis) : null)
            .Set("candidates", identification.Candidates.Count > 1 ? identification.Candidates.Take(16).Select(c => (object)c.Format.Id) : null)
            .Set("mismatch", identification.IsMismatch ? 1 : null)
            .Set("verdict", NameOf(character.Verdict.Verdict));
        return character.Examination is { } examination ? Add(map, examination) : map;
    }

    public static string NameOf<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string NameOf(IdentificationBasis basis) => basis switch
    {
        IdentificationBasis.Container => "container",
        IdentificationBasis.Signature => "signature",
        IdentificationBasis.Text => "text",
        _ => "extension",
    };

    private static JsonMap Add(JsonMap map, FileExamination examination)
    {
        var technical = new JsonMap();
        foreach (var (name, value) in examination.Technical)
        {
            _ = value switch
            {
                long number => technical.Set(name, Math.Clamp(number, -CanonicalJson.MaxInteger, CanonicalJson.MaxInteger)),
                bool isSo => technical.Set(name, isSo ? "yes" : "no"),
                IEnumerable<string> texts => technical.Set(name, texts.Select(t => (object)t)),
                _ => technical.Set(name, value.ToString()),
            };
        }

        return map
            .Set("active", Marks(examination.Active.Select(a => (a.Kind, a.Place))))
            .Set("encryption", Marks(examination.Encryption.Select(e => (e.Kind, e.Place))))
            .Set("findings", examination.Findings.Count > 0 ? EventDetail.Write(examination.Findings.Select(f => f with { Subject = "" }).ToList()) : null)
            .Set("readability", NameOf(examination.Readability))
            .Set("technical", technical.Members.Count > 0 ? technical : null);
    }

    private static IEnumerable<object>? Marks(IEnumerable<(string Kind, string Place)> marks)
    {
        var list = marks.Select(m => (object)new JsonMap().Set("kind", m.Kind).Set("place", m.Place)).ToList();
        return list.Count > 0 ? list : null;
    }
}
