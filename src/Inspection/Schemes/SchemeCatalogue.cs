using Lantai.RecordsManagement;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>The schemes that come with the program: one for each run point, with every rule that the catalogue has for its stage.</summary>
/// <remarks>Immutable, safe for concurrent use. Source: schemes.json.</remarks>
public static class SchemeCatalogue
{
    /// <summary>The name of a scheme without an antivirus engine.</summary>
    public const string WithoutAntivirusName = "without-av";

    private static readonly Lazy<(IReadOnlyList<SchemeParameter> Parameters, IReadOnlyList<InspectionScheme> Schemes)> Loaded = new(Load);

    /// <summary>The built-in schemes.</summary>
    public static IReadOnlyList<InspectionScheme> All => Loaded.Value.Schemes;

    /// <summary>The parameters that schemes may set.</summary>
    public static IReadOnlyList<SchemeParameter> Parameters => Loaded.Value.Parameters;

    /// <summary>What a check works with: what a scheme says, or what holds where it says nothing that it may say.</summary>
    /// <param name="name">The name of the parameter.</param>
    /// <param name="said">What the scheme says; null when it says nothing.</param>
    /// <exception cref="ArgumentException">There is no parameter with this name.</exception>
    public static string Value(string name, string? said)
    {
        var parameter = Parameters.FirstOrDefault(p => p.Name == name) ?? throw new ArgumentException("No parameter: " + name, nameof(name));
        return said is not null && parameter.Accepts(said) ? said : parameter.Default;
    }

    /// <summary>The built-in scheme of a run point.</summary>
    public static InspectionScheme Of(RunPoint point) => All.Single(s => s.Point == point);

    /// <summary>The built-in scheme with a name; null when there is none.</summary>
    public static InspectionScheme? Find(string name) => All.FirstOrDefault(s => s.Name == name);

    /// <summary>
    /// A scheme without the rules that need an antivirus engine. It is no scheme that comes with the program: it holds only where a
    /// named person adopted it and said why.
    /// </summary>
    public static InspectionScheme WithoutAntivirus(InspectionScheme whole)
    {
        ArgumentNullException.ThrowIfNull(whole);
        return whole with
        {
            Name = WithoutAntivirusName,
            Version = $"{whole.Name}/{whole.Version}",
            Rules = [.. whole.Rules.Where(r => RuleCatalogue.Find(r.Rule)?.Asks.Contains("engine") != true)],
            Parameters = whole.Parameters.Where(p => !p.Key.StartsWith("antivirus.", StringComparison.Ordinal)).ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal),
            Decision = null,
        };
    }

    private static (IReadOnlyList<SchemeParameter> Parameters, IReadOnlyList<InspectionScheme> Schemes) Load()
    {
        using var stream = typeof(SchemeCatalogue).Assembly.GetManifestResourceStream("Schemes.schemes.json")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var findings = new List<Finding>();
        var whole = new FileMembers(StrictFile.TryRead(bytes, "schemes.json", findings)!, "schemes.json", "", findings, "parameters", "schemes");
        List<SchemeParameter> parameters = [.. whole.Maps("parameters").Select(p => new SchemeParameter(
            p.Map.Text("name")!, p.Map.Text("value")!, Enum.Parse<ParameterOrder>(p.Map.Text("stricter")!, ignoreCase: true)))];
        List<InspectionScheme> schemes = [.. whole.Maps("schemes").Select(s => SchemeFile.Read(s.Map, "schemes.json", findings)!)];
        return findings.Count == 0 ? (parameters, schemes) : throw new InvalidOperationException("schemes.json: " + findings[0].Code);
    }
}
