namespace Lantai.Adapters.Clamav;

/// <summary>How long an engine is waited for.</summary>
/// <remarks>Immutable.</remarks>
public sealed record ClamavLimits
{
    /// <summary>The longest time to connect and be told the version.</summary>
    public TimeSpan Greeting { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest time for one file, from the first byte sent to the answer.</summary>
    public TimeSpan File { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The longest time for all files of a package.</summary>
    public TimeSpan Package { get; init; } = TimeSpan.FromMinutes(30);
}
