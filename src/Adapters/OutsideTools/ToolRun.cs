namespace Lantai.Adapters.OutsideTools;

/// <summary>How a run of an outside program ended.</summary>
internal enum ToolEnding
{
    /// <summary>It could not be started.</summary>
    NotStarted,

    /// <summary>It ended by itself, with an exit code.</summary>
    Ended,

    /// <summary>It crashed, or was ended for using too much memory or processor time.</summary>
    Crashed,

    /// <summary>It was ended, for it took too long.</summary>
    TooSlow,

    /// <summary>It was ended, for it wrote too much.</summary>
    TooMuchOutput,
}

/// <summary>A run of an outside program.</summary>
/// <param name="Ending">How it ended.</param>
/// <param name="Code">Its exit code, when it ended by itself.</param>
/// <param name="Output">What it wrote to its standard output, within the limit.</param>
/// <param name="Errors">What it wrote to its standard error, within the limit.</param>
/// <param name="IsFenced">Whether it was cut off from the network.</param>
internal sealed record ToolRun(ToolEnding Ending, int Code, string Output, string Errors, bool IsFenced)
{
    /// <summary>Why there is no answer, a key of the texts without its prefix <c>why.</c>; null when it ended by itself.</summary>
    public string? Why => Ending switch
    {
        ToolEnding.Ended => null,
        ToolEnding.NotStarted => "not-started",
        ToolEnding.TooSlow => "too-slow",
        ToolEnding.TooMuchOutput => "too-much-output",
        _ => "crashed",
    };
}
