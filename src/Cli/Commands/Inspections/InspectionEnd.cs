using Lantai.Inspection;

namespace Lantai.Cli.Commands.Inspections;

/// <summary>By which code a command ends that inspected packages: 0 only when every one of them passed.</summary>
/// <remarks>Counts what it is told. Not safe for concurrent use.</remarks>
internal sealed class InspectionEnd
{
    private bool _hasFailed;
    private bool _hasGap;
    private bool _isWaiting;

    /// <summary>1 when a package failed; else 2 when a check that hinders could not run; else 1 when one waits for a person; else 0.</summary>
    public int Code => _hasFailed ? 1 : _hasGap ? 2 : _isWaiting ? 1 : 0;

    /// <summary>Counts a report.</summary>
    public void Add(InspectionReport report)
    {
        _hasFailed |= report.Outcome == InspectionOutcome.Failed;
        _hasGap |= report.HasGap;
        _isWaiting |= report.Outcome == InspectionOutcome.Waiting;
    }

    /// <summary>The code of a run in storage.</summary>
    public static int Of(StorageRunReport done) => new InspectionEnd
    {
        _hasFailed = done.Outcomes[InspectionOutcome.Failed] > 0,
        _hasGap = done.Gaps > 0,
        _isWaiting = done.Outcomes[InspectionOutcome.Waiting] > 0,
    }.Code;
}
