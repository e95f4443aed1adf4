using Lantai.InformationPackages;
using Lantai.Inspection;

namespace Lantai.Tests.Inspection.Red;

/// <summary>One change of a clean package that makes one rule red.</summary>
/// <param name="Name">Its name, which the table of red rules has as its sample.</param>
/// <param name="Base">The clean case that is changed, one of <see cref="CleanCases"/>.</param>
/// <param name="Change">The change.</param>
internal sealed record RedMutation(string Name, string Base, Func<RedSample, RedSample> Change)
{
    /// <summary>The changed package.</summary>
    public RedSample Make() => Change(CleanCases.Of(Base));

    /// <summary>A change of the clean case.</summary>
    public static RedMutation Case(string name, Func<RedSample, RedSample> change) => new(name, "gbt42727", change);

    /// <summary>A change of the clean transfer package.</summary>
    public static RedMutation Transfer(string name, Func<RedSample, RedSample> change) => new(name, "dat93", change);

    /// <summary>A case whose draft was other before it was completed; where wanted with other answers of the registers, and changed once more afterwards.</summary>
    public static RedMutation Drafted(
        string name, Action<CaseDraft> change, Func<TermsFacts, TermsFacts>? terms = null, Func<RedSample, RedSample>? after = null) => Case(name, _ =>
    {
        var draft = CleanCases.Draft(CleanCases.Profile("gbt42727"));
        change(draft);
        var made = CleanCases.Case(draft, "gbt42727").Under(terms ?? (t => t));
        return after is null ? made : after(made);
    });
}

/// <summary>A file of mutations; every class of this kind is found by itself.</summary>
internal interface IRedMutations
{
    /// <summary>The mutations.</summary>
    IEnumerable<RedMutation> All { get; }
}

/// <summary>All mutations.</summary>
internal static class RedMutations
{
    private static readonly Lazy<IReadOnlyDictionary<string, RedMutation>> Loaded = new(() => typeof(RedMutations).Assembly.GetTypes()
        .Where(t => t is { IsClass: true, IsAbstract: false } && typeof(IRedMutations).IsAssignableFrom(t))
        .SelectMany(t => ((IRedMutations)Activator.CreateInstance(t)!).All)
        .ToDictionary(m => m.Name, StringComparer.Ordinal));

    public static IReadOnlyDictionary<string, RedMutation> ByName => Loaded.Value;
}
