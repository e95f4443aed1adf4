using Lantai.Inspection;

namespace Lantai.Ingest;

/// <summary>What an archive would do with a package, foreseen by its kit.</summary>
/// <param name="Report">The report of the inspection.</param>
/// <param name="Outcome">What would become of it at the door: never archived, and no more than <see cref="DoorOutcome.WouldArchive"/>.</param>
/// <remarks>Immutable.</remarks>
public sealed record ForeseenOutcome(InspectionReport Report, DoorOutcome Outcome);

/// <summary>
/// The door of an archive where the archive is not: inspects a package and judges it by the registers of a kit as the door judges it by
/// those of the store. It keeps nothing and writes nothing.
/// </summary>
/// <param name="kit">The kit.</param>
/// <param name="inspection">Inspects packages, by the kit's scheme and terms.</param>
/// <param name="time">The clock.</param>
/// <remarks>
/// Safe for concurrent use. It does not know what happened in the archive since the kit was taken, what persons decided there of open
/// items, and what lies in the store: so no supplement and no change can be foreseen. spec/check-before-sending.md.
/// </remarks>
public sealed class OfflineDoor(InspectionKit kit, CaseInspection inspection, TimeProvider time)
{
    private readonly DoorRegisters _registers = new(() => kit.Registers, time);

    /// <summary>Says what would become of a package.</summary>
    /// <param name="request">The package, as it would be brought to the door.</param>
    /// <param name="who">Who asks.</param>
    /// <param name="stop">Stops the work.</param>
    /// <exception cref="ArgumentException">It is declared a further version of an archived case, which only the store can judge.</exception>
    /// <exception cref="IOException">The disk failed, which says nothing of the package.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public ForeseenOutcome Foresee(DoorRequest request, string who, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Declaration is not null)
        {
            throw new ArgumentException("What is archived lies in the store and not in a kit.", nameof(request));
        }

        var declared = request.Declared;
        var foreseen = declared with { Channel = declared.Channel with { IsForeseen = true } }; // so that no rule calls passed what only the sending shows
        var at = new CaseAtDoor(request, inspection.Inspect(foreseen, who, stop));
        var judgement = new DoorJudgement(_registers, version => throw new ArgumentException($"{version.Held.Aip} lies in no kit.", nameof(request)));
        judgement.Recognise(at);
        judgement.JudgeDry(at);
        return new ForeseenOutcome(at.Report, at.Outcome!);
    }
}
