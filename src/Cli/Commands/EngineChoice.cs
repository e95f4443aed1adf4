using System.CommandLine;
using Lantai.Adapters.Clamav;
using Lantai.Cli.Arguments;
using Lantai.Cli.Commands.Registers;
using Lantai.Inspection;

namespace Lantai.Cli.Commands;

/// <summary>The antivirus engine that files are shown to: the one that an option names, else that of LANTAI_CLAMD, else none.</summary>
internal static class EngineChoice
{
    /// <summary>The variable that names it.</summary>
    public const string Variable = "LANTAI_CLAMD";

    /// <summary>The variable by which its operator states the day of its definitions, <c>yyyy-MM-dd</c>, where the engine does not say it.</summary>
    public const string Definitions = "LANTAI_CLAMD_DEFINITIONS";

    /// <summary>The engine; null when none is named, so that what asks it could not run.</summary>
    /// <exception cref="WrongUseException">What is named is no address.</exception>
    public static IAntivirus? Of(CommandContext context, Option<string?> option)
    {
        var said = context.Value(option) ?? context.World.Variables(Variable);
        return string.IsNullOrEmpty(said) ? null
            : ClamdAddress.TryParse(said, out var address) ? new ClamavAntivirus(address, new ClamavLimits(), context.World.Time, Stated(context))
            : throw new WrongUseException("usage.clamd", ("option", option.Name), ("text", said));
    }

    private static DateTimeOffset? Stated(CommandContext context) =>
        RegisterAnswer.Day(context.World.Variables(Definitions), Definitions) is { } day ? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.FromHours(8)) : null;
}
