using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lantai.RecordsManagement;

/// <summary>What may be done to the content of a case in a state.</summary>
public enum ContentRule
{
    /// <summary>There is none yet.</summary>
    None,

    /// <summary>An electronic document (电子文件): it may be returned, corrected and sent again.</summary>
    Open,

    /// <summary>An electronic archive (电子档案): accepted, and immutable from then on.</summary>
    Fixed,

    /// <summary>There is none any more, or there may be none.</summary>
    Gone,
}

/// <summary>A state as the drawing has it.</summary>
/// <param name="State">The state.</param>
/// <param name="Code">Its code in events and on the command line.</param>
/// <param name="Name">Its Chinese name, as drawn.</param>
/// <param name="Content">What may be done to the content.</param>
public sealed record StateFacts(CaseState State, string Code, string Name, ContentRule Content)
{
    /// <summary>Code and Chinese name, for messages in any language.</summary>
    public string Label => $"{Code} ({Name})";
}

/// <summary>A declared arrow of the life cycle.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Ground"><c>drawing</c>, or the requirements that demand an arrow which the drawing leaves out.</param>
/// <param name="By">Who decides, by the role's name in section 5 of the requirements.</param>
/// <param name="Custody"><c>agency</c> or <c>hall</c> when it is only for what that one keeps; null for both.</param>
public sealed record LifecycleArrow(CaseState From, CaseState To, string Ground, string By, string? Custody = null);

/// <summary>The life cycle of a case: its states and the only arrows between them.</summary>
/// <remarks>
/// Source: the drawing in the requirements, "Life-cycle states". The exit arrow of a brace belongs to its good outcome. Data
/// in Lifecycle/lifecycle.json; why some arrows stand beside the drawing: spec/decisions/0030-life-cycle.md. Pure; safe for concurrent use.
/// </remarks>
public static class Lifecycle
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    private static readonly Table Drawn = Read();

    private static readonly Dictionary<string, StateFacts> ByCode = Drawn.States.ToDictionary(s => s.Code, StringComparer.Ordinal);

    /// <summary>All states in the order of the drawing.</summary>
    public static IReadOnlyList<StateFacts> States => Drawn.States;

    /// <summary>All arrows.</summary>
    public static IReadOnlyList<LifecycleArrow> Arrows => Drawn.Arrows;

    /// <summary>What the drawing says of a state.</summary>
    public static StateFacts Of(CaseState state) => Drawn.States[(int)state];

    /// <summary>The state with a code; null for an unknown one.</summary>
    public static CaseState? Find(string? code) => code is not null && ByCode.TryGetValue(code, out var facts) ? facts.State : null;

    /// <summary>The arrows that begin at a state.</summary>
    public static IReadOnlyList<LifecycleArrow> From(CaseState state) => [.. Drawn.Arrows.Where(a => a.From == state)];

    /// <summary>The arrow between two states; null when none is declared.</summary>
    public static LifecycleArrow? Arrow(CaseState from, CaseState to) => Drawn.Arrows.FirstOrDefault(a => a.From == from && a.To == to);

    private static Table Read()
    {
        using var stream = typeof(Lifecycle).Assembly.GetManifestResourceStream("Lifecycle.lifecycle.json")!;
        return JsonSerializer.Deserialize<Table>(stream, Options)!;
    }

    private sealed record Table(List<StateFacts> States, List<LifecycleArrow> Arrows);
}
