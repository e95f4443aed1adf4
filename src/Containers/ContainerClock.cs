using Lantai.Words;

namespace Lantai.Containers;

/// <summary>Says when a container took longer than allowed, counted from its making.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class ContainerClock(ContainerLimits limits)
{
    private readonly long _start = limits.Clock.GetTimestamp();

    internal Finding? FindOverrun(string subject) =>
        limits.Clock.GetElapsedTime(_start) > limits.MaxTime
            ? Finding.Error("CON-007", subject, ("limit", (long)limits.MaxTime.TotalSeconds))
            : null;
}
