using System.Reflection;
using Lantai.Words;

namespace Lantai.Cli.Output;

/// <summary>The texts of all rooms in one language.</summary>
internal sealed class Speech(Language language)
{
    private static readonly string[] Rooms =
    [
        "Lantai.Characterization", "Lantai.Containers", "Lantai.Evidence", "Lantai.Forms", "Lantai.StoreFormat", "Lantai.InformationPackages", "Lantai.ArchivalStorage", "Lantai.DataManagement",
        "Lantai.RecordsManagement", "Lantai.Inspection", "Lantai.Ingest", "Lantai.Access", "Lantai.Adapters", "Lantai.Administration", "lantai",
    ];

    private static readonly string[] Variables = ["LC_ALL", "LC_MESSAGES", "LANG"];

    private static readonly Lazy<Phrases> All = new(() => new Phrases([.. Rooms.Select(r => Assembly.Load(new AssemblyName(r)))]));

    /// <summary>All texts, for what writes pages of its own.</summary>
    public static Phrases Phrases => All.Value;

    public Language Language => language;

    /// <summary>All keys, for the test that looks for missing ones.</summary>
    public static IReadOnlyCollection<string> Keys(Language language) => All.Value.Keys(language);

    public string Say(string key, params (string Name, object? Value)[] arguments) => All.Value.Say(language, key, arguments);

    public string Say(Finding finding) => All.Value.Say(language, finding);

    /// <summary>The language that a user's environment asks for: the first of LC_ALL, LC_MESSAGES and LANG that says something.</summary>
    public static Language Ask(Func<string, string?> variables)
    {
        var said = Variables.Select(variables).FirstOrDefault(v => !string.IsNullOrEmpty(v));
        return said?.StartsWith("zh", StringComparison.OrdinalIgnoreCase) == true ? Language.Chinese : Language.English;
    }
}
