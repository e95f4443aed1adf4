using System.Globalization;

namespace Lantai.InformationPackages;

/// <summary>Puts a case that was read by one profile into the ways of another: folders, letters of file codes, the form of times, the package's description of itself.</summary>
internal sealed class CaseAdoption(CaseProfile profile)
{
    private static readonly MaterialKind[] Order = [MaterialKind.Application, MaterialKind.Called, MaterialKind.Process, MaterialKind.Outcome];

    private readonly HashSet<string> _codes = new(StringComparer.Ordinal);

    internal CasePackage Adopt(CasePackage package)
    {
        var files = package.Folders.SelectMany(f => f.Files.Select(m => (Kind: m.Licence is null ? f.Kind : MaterialKind.Called, File: m))).ToList();
        _codes.UnionWith(files.Select(f => f.File.Fields["file_code"] ?? ""));
        var known = Order.Where(k => files.Any(f => f.Kind == k)).GroupBy(profile.TitleOf)
            .Select(g => new CaseFolder(g.Key, g.First(), [.. g.SelectMany(k => files.Where(f => f.Kind == k)).Select(f => Adopt(f.File, f.Kind))]));
        return profile.Describe(package with
        {
            Configuration = Adopt(package.Configuration),
            Basic = Adopt(package.Basic),
            Relations = [.. package.Relations.Select(r => Adopt(r))],
            Steps = [.. package.Steps.Select(s => Adopt(s))],
            Folders = [.. known, .. package.Folders.Where(f => f.Kind == MaterialKind.Unknown)],
            Parts = [.. package.Parts.Select(p => KeyValuePair.Create(p.Key, new CaseAdoption(profile).Adopt(p.Value)))],
            Description = null,
            CheckList = null,
        });
    }

    private CaseFile Adopt(CaseFile file, MaterialKind kind)
    {
        var letter = profile.LetterOf(kind);
        var code = file.Fields["file_code"] is { Length: > 0 } said && said[0] != letter ? NextCode(letter) : null;
        return new CaseFile("", Adopt(file.Fields, code), file.Licence is null ? null : Adopt(file.Licence), file.Content);
    }

    private string NextCode(char letter)
    {
        for (var number = 1; ; number++)
        {
            var code = string.Create(CultureInfo.InvariantCulture, $"{letter}{number}");
            if (_codes.Add(code))
            {
                return code;
            }
        }
    }

    private CaseFields Adopt(CaseFields fields, string? code = null) => new(fields.Block, [.. fields.All.Select(f =>
        f.Raw is not null ? f
        : f.Element!.English == "file_code" && code is not null ? new CaseField(f.Element, f.Name, code)
        : f.Element.Type == ElementType.Time && CaseTime.Parse(f.Value) is { } time ? new CaseField(f.Element, f.Name, profile.Write(time))
        : f)]);
}
