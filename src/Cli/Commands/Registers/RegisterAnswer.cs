using System.Text.Json.Nodes;
using Lantai.Cli.Arguments;
using Lantai.RecordsManagement;

namespace Lantai.Cli.Commands.Registers;

/// <summary>How commands on registers answer.</summary>
internal static class RegisterAnswer
{
    /// <summary>Says what became of a wish, and all that was found.</summary>
    /// <param name="context">The command's context.</param>
    /// <param name="outcome">What became of it.</param>
    /// <param name="what">What it was about: the argument <c>what</c> of each sentence.</param>
    /// <param name="done">Key of the sentence when it was carried out.</param>
    /// <param name="arguments">Further arguments of that sentence.</param>
    public static Task<int> Conclude(
        CommandContext context, DecisionOutcome outcome, string what, string done = "register.entered", params (string Name, object? Value)[] arguments)
    {
        var report = context.Report;
        report.Tell(outcome.Findings);
        report.Say(outcome.IsRefused ? "register.refused" : outcome.Events.Count == 0 ? "register.unchanged" : done, [("what", what), .. arguments]);
        report.Set("events", new JsonArray([.. outcome.Events.Select(e => (JsonNode)e.Event.Leaf.Sequence)]));
        return Task.FromResult(context.Verdict);
    }

    /// <summary>Lists what is registered: a table for people, the same as a list of objects.</summary>
    /// <param name="context">The command's context.</param>
    /// <param name="name">The member of the answer.</param>
    /// <param name="columns">Keys of the columns' heads without <c>column.</c>.</param>
    /// <param name="entries">A row and an object for each.</param>
    public static Task<int> List(CommandContext context, string name, string[] columns, IReadOnlyList<(string[] Row, JsonObject Whole)> entries)
    {
        var report = context.Report;
        if (entries.Count > 0)
        {
            report.Rows([[.. columns.Select(c => report.Speech.Say("column." + c))], .. entries.Select(e => e.Row)]);
        }

        report.Say("register.sum", ("count", entries.Count));
        report.Set(name, new JsonArray([.. entries.Select(e => (JsonNode)e.Whole)]));
        return Task.FromResult(context.Verdict);
    }

    /// <summary>Shows one thing: a line for people for each member that says something.</summary>
    /// <param name="context">The command's context.</param>
    /// <param name="name">The member of the answer.</param>
    /// <param name="whole">The thing.</param>
    /// <param name="words">Members whose values are codes, with what stands before the point in the keys of their texts.</param>
    public static Task<int> Show(CommandContext context, string name, JsonObject whole, IReadOnlyDictionary<string, string>? words = null)
    {
        var speech = context.Report.Speech;
        context.Report.Rows([.. whole.Where(m => m.Value is not (null or JsonArray { Count: 0 })).Select(m => new[] { Said(speech, "column." + name, "column", m.Key), Text(m.Value!, Word(m.Key)) })]);
        context.Report.Set(name, whole);
        return Task.FromResult(context.Verdict);

        Func<string, string> Word(string member) => value => words?.GetValueOrDefault(member) is { } keys ? Said(speech, keys, "", value) : value;
    }

    /// <summary>A text of a key, or of the same under another root; the last part of the key when neither is there.</summary>
    private static string Said(Output.Speech speech, string root, string other, string last)
    {
        foreach (var key in new[] { $"{root}.{last}", $"{other}.{last}" })
        {
            if (speech.Say(key) is var said && said != key)
            {
                return said;
            }
        }

        return last;
    }

    /// <summary>A jurisdiction that somebody typed; the whole country when nobody did.</summary>
    /// <exception cref="WrongUseException">It is none.</exception>
    public static RegionCode Region(string? said, string option) =>
        said is null ? RegionCode.Nation
        : RegionCode.TryParse(said, out var region) ? region
        : throw new WrongUseException("usage.region", ("option", option), ("text", said));

    /// <summary>A day that somebody typed; null when nobody did.</summary>
    /// <exception cref="WrongUseException">It is none.</exception>
    public static DateOnly? Day(string? said, string option) =>
        said is null ? null
        : DateOnly.TryParseExact(said, "yyyy-MM-dd", out var day) ? day
        : throw new WrongUseException("usage.day", ("option", option), ("text", said));

    /// <summary>A word that must be one of several.</summary>
    /// <exception cref="WrongUseException">It is none of them.</exception>
    public static T Choice<T>(string said, string option, IReadOnlyDictionary<string, T> choices) =>
        choices.TryGetValue(said, out var chosen)
            ? chosen
            : throw new WrongUseException("usage.choice", ("option", option), ("text", said), ("choices", string.Join(", ", choices.Keys)));

    /// <summary>That something is not registered.</summary>
    public static WrongUseException Unknown(string what) => new("usage.unregistered", ("what", what));

    private static string Text(JsonNode value, Func<string, string> word) => value is JsonArray list ? string.Join(", ", list.Select(i => word(i!.ToString()))) : word(value.ToString());
}
