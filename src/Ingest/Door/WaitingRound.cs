using Lantai.ArchivalStorage;
using Lantai.Inspection;
using Lantai.RecordsManagement;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Ingest;

/// <summary>One round through the waiting room: what is decided comes to the door again, what waits no more, or too long, is destroyed.</summary>
/// <param name="waiting">The room.</param>
/// <param name="room">Destroys what waits no more.</param>
/// <param name="office">Knows the cases.</param>
/// <param name="desk">Knows their reports and what persons decided.</param>
/// <param name="turns">Whose turn it is at the door.</param>
/// <param name="now">The time of the round.</param>
/// <param name="actor">Who acts.</param>
/// <param name="admit">The door.</param>
/// <remarks>Made for one round. A round that was cut off is made again.</remarks>
internal sealed class WaitingRound(
    WaitingRoom waiting, DoorWaiting room, RecordsOffice office, InspectionDesk desk, IdentityTurns turns, DateTimeOffset now, Actor actor, Func<DoorRequest, Task<DoorOutcome>> admit)
{
    private const int Page = 1000;

    private readonly List<DoorOutcome> _outcomes = [];
    private readonly List<Finding> _findings = [];
    private int _undecided;

    /// <summary>Goes through some of what waits.</summary>
    public async Task<WaitingRun> RunAsync(IReadOnlyList<WaitingStay> stays, CancellationToken stop)
    {
        foreach (var stay in stays)
        {
            stop.ThrowIfCancellationRequested();
            if (stay.IsDestroyed)
            {
                await room.DestroyAsync([new Ended(stay.Name, null, "leftover")]).ConfigureAwait(false);
                _findings.Add(Finding.Information(DoorCodes.Leftover, stay.Name.ToString(), ("waited", "leftover")));
                continue;
            }

            try
            {
                using var package = waiting.Open(stay.Name);
                await GoOnAsync(package, stop).ConfigureAwait(false);
            }
            catch (StorageException problem) when (problem.Problem == StorageProblem.NotFound && !waiting.Holds(stay.Name))
            {
                // Another command let it in meanwhile.
            }
            catch (StorageException problem) when (problem is { Problem: StorageProblem.Damaged, Finding: { } damage } && damage.Subject == StoreLayout.WaitingFile(stay.Name))
            {
                await TellDamageAsync(stay, damage, stop).ConfigureAwait(false);
            }
        }

        return new WaitingRun(_outcomes, _findings, _undecided);
    }

    private async Task GoOnAsync(WaitingPackage package, CancellationToken stop)
    {
        var (stay, known) = (package.Stay, HeldCase.Of(package));
        var request = HeldRequest.Read(package);
        if (known is null || request is null)
        {
            _findings.Add(Finding.Error(DoorCodes.HeldDamaged, stay.Name.ToString(), ("file", StoreLayout.WaitingFile(stay.Name)), ("waiting", "form"), ("chunk", 0)));
            return;
        }

        using (await turns.TakeAsync(known.Source, known.Number, stop).ConfigureAwait(false))
        {
            var c = office.Cases.Find(known.Source, known.Number);
            if (request.Declaration is null ? !DoorWaiting.IsAwaited(c, known.Package) : c is null || c.Versions.Any(v => v.Package == known.Package))
            {
                var cause = DoorWaiting.CauseOf(c, known.Package);
                await room.DestroyAsync([new Ended(stay.Name, known.Package, cause)]).ConfigureAwait(false);
                _findings.Add(Finding.Information(DoorCodes.Leftover, known.Name, ("waited", cause)));
                return;
            }

            if (c!.State != CaseState.Passed && IsUndecided(known))
            {
                await WaitOnAsync(stay, known, request).ConfigureAwait(false);
                return;
            }

            package.Check(stop); // a file that was spoilt must not look like a package that is bad
        }

        var outcome = await admit(request).ConfigureAwait(false);
        if (outcome is DoorOutcome.Waiting && stay.Until < now)
        {
            using var turn = await turns.TakeAsync(known.Source, known.Number, stop).ConfigureAwait(false);
            outcome = await ExpireAsync(stay, known, request).ConfigureAwait(false);
        }

        _outcomes.Add(outcome);
    }

    private async Task WaitOnAsync(WaitingStay stay, HeldCase known, DoorRequest request)
    {
        if (stay.Until < now)
        {
            _outcomes.Add(await ExpireAsync(stay, known, request).ConfigureAwait(false));
        }
        else
        {
            _undecided++;
        }
    }

    /// <summary>Ends a waiting that was too long: the case is sent back, with that as the reason, and the package destroyed.</summary>
    private async Task<DoorOutcome> ExpireAsync(WaitingStay stay, HeldCase known, DoorRequest request)
    {
        var c = office.Cases.Find(known.Source, known.Number)!;
        SendBack(c, known.Package);
        await room.DestroyAsync([new Ended(stay.Name, known.Package, "expired")]).ConfigureAwait(false);
        var why = Finding.Error(DoorCodes.Expired, known.Name, ("since", StoreTime.Write(stay.Since)), ("until", StoreTime.Write(stay.Until)));
        return new DoorOutcome.Returned(request, null, [why], office.Deadlines.RuleFor(c.Agency, c.Completed.Day.Year).For(c.Completed.Day));
    }

    private void SendBack(ServiceCase? c, Digest package)
    {
        if (c!.State != CaseState.Passed && DoorWaiting.IsAwaited(c, package))
        {
            _ = office.Cases.Move([new CaseMove(c.Source, c.Number!) { Report = c.Report }], CaseState.Returned, "waiting expired 等候期满", null, actor);
        }
    }

    /// <summary>A file that cannot be read is told, by its case where the register tells whose it is. At the end of its waiting it goes like any other.</summary>
    private async Task TellDamageAsync(WaitingStay stay, Finding damage, CancellationToken stop)
    {
        var owner = OwnerOf(stay.Name);
        _findings.Add(Finding.Error(DoorCodes.HeldDamaged, owner?.Name ?? stay.Name.ToString(), [("file", (object)damage.Subject), .. damage.Arguments.Select(a => (a.Key, (object)a.Value))]));
        if (stay.Until >= now)
        {
            return;
        }

        using var turn = owner is null ? null : await turns.TakeAsync(owner.Source, owner.Number!, stop).ConfigureAwait(false);
        if (owner is not null)
        {
            SendBack(office.Cases.Find(owner.Source, owner.Number!), owner.Digest!.Value);
        }

        await room.DestroyAsync([new Ended(stay.Name, owner?.Digest, "damaged")]).ConfigureAwait(false);
    }

    private ServiceCase? OwnerOf(Digest name)
    {
        for (var page = office.Cases.Page(0, Page); page.Count > 0; page = office.Cases.Page(page[^1].Place, Page))
        {
            if (page.FirstOrDefault(c => c is { Number: { } number, Digest: { } package } && DoorWaiting.IsAwaited(c, package) && waiting.Find(c.Source, number, package)?.Name == name) is { } owner)
            {
                return owner;
            }
        }

        return null;
    }

    /// <summary>Whether its newest report leaves something to a person that nobody has decided.</summary>
    private bool IsUndecided(HeldCase known)
    {
        var package = "sha256:" + known.Package;
        if (desk.RunsOf(package).LastOrDefault(r => r.Source == known.Source) is not { } run
            || ReportReader.TryRead(desk.Load(run).Xml, run.Number, new List<Finding>()) is not { } report)
        {
            return false;
        }

        var decided = desk.DecisionsFor(package);
        return report.Results.Any(r => r.Verdict == RuleVerdict.Manual && !decided.ContainsKey(r.Rule.Id));
    }

    /// <summary>Whose package waits.</summary>
    private sealed record HeldCase(string Source, string Number, Digest Package)
    {
        public string Name => $"{Source}/{Number}";

        public static HeldCase? Of(WaitingPackage package) =>
            package.About.Text("source") is { } source && package.About.Text("number") is { } number && package.About.Digest("package") is { } digest
                ? new HeldCase(source, number, digest)
                : null;
    }
}
