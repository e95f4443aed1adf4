namespace Lantai.Tests.Inspection.Red;

/// <summary>One change of a clean package that makes one rule red.</summary>
/// <param name="Name">Its name, which the table of red rules has as its sample.</param>
/// <param name="Base">The clean case that is changed, one of <see cref="CleanCases"/>.</param>
/// <param name="Change">The change.</param>
internal sealed record RedMutation(string Name, string Base, Func<RedSample, RedSample> Change)
{
    /// <summary>The changed package.</summary>
    public RedSample Make() => Change(CleanCases.Of(Base));
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
