using Lantai.Adapters.OutsideTools;
using Lantai.Characterization;
using Lantai.Cli.Arguments;

namespace Lantai.Cli.Commands;

/// <summary>Which outside programs look into files beside our own readers, as the user said.</summary>
internal static class OutsideTools
{
    /// <summary>The plan with the programs of this machine: each file of their kind, unless the user said otherwise.</summary>
    /// <exception cref="WrongUseException">The word is none that is known.</exception>
    public static CharacterizationPlan For(CharacterizationPlan plan, string? said)
    {
        var use = said switch
        {
            null or "always" => OutsideUse.Always,
            "doubt" => OutsideUse.InDoubt,
            "never" => OutsideUse.Never,
            _ => throw new WrongUseException("usage.choice", ("option", "--outside-tools"), ("text", said), ("choices", "always, doubt, never")),
        };
        return use == OutsideUse.Never ? plan : plan with { OutsideUse = use, Outside = FencedTools.OnThisMachine(ToolLimits.Default) };
    }
}
