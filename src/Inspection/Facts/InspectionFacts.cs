using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>Everything that was observed before the first rule is asked. Rules read it and nothing else: no disk, no clock, no answer of another rule.</summary>
/// <remarks>Immutable. Where something was not asked for or could not be had it is null, and a rule that needs it could not run.</remarks>
public sealed record InspectionFacts
{
    /// <summary>Where the inspection is run.</summary>
    public required RunPoint Point { get; init; }

    /// <summary>When it began; rules about today mean the day of this time at UTC+08:00.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The package.</summary>
    public required InspectedPackage Package { get; init; }

    /// <summary>How it came.</summary>
    public required ChannelFacts Channel { get; init; }

    /// <summary>What the registers of the archive say that concerns it; null when no archive was asked.</summary>
    public TermsFacts? Terms { get; init; }

    /// <summary>What the antivirus engine said; null when none was asked.</summary>
    public AntivirusFacts? Antivirus { get; init; }

    /// <summary>The medium that it came on; null when it came through a network.</summary>
    public MediumFacts? Medium { get; init; }

    /// <summary>Marks of state secrets that were found, and files that could not be searched; null when nobody searched.</summary>
    public SecretFacts? Secrets { get; init; }

    /// <summary>What the store knows of the package that is inspected where it lies; null before it is stored.</summary>
    public StorageFacts? Storage { get; init; }

    /// <summary>Parameters of the scheme, by <c>check.name</c>.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The stage.</summary>
    public InspectionStage Stage => InspectionCodes.StageOf(Point);

    /// <summary>The findings of the reading that a check owns in this stage.</summary>
    /// <param name="check">The name of the check.</param>
    public IEnumerable<Finding> FindingsOf(string check) => Package.Findings.Where(f => ReadingCodes.CheckOf(f, Stage) == check);

    /// <summary>What the scheme sets, else what holds where it says nothing, or something that no scheme may say.</summary>
    /// <param name="name">Its name, <c>check.name</c>.</param>
    /// <exception cref="ArgumentException">There is no parameter with this name.</exception>
    public string Parameter(string name) => SchemeCatalogue.Value(name, Parameters.GetValueOrDefault(name));

    /// <summary>A whole number that the scheme sets, else the one that holds where it says nothing.</summary>
    /// <param name="name">Its name, <c>check.name</c>.</param>
    /// <exception cref="ArgumentException">There is no parameter with this name.</exception>
    public long Number(string name) => long.Parse(Parameter(name), System.Globalization.CultureInfo.InvariantCulture);
}
