using System.Collections.Frozen;
using Lantai.ArchivalStorage;
using Lantai.DataManagement;
using Lantai.StoreFormat;

namespace Lantai.RecordsManagement;

/// <summary>The view of cases: one document for each in <c>cases</c>, their relations and holds, and the counts of <see cref="CaseSums"/>.</summary>
internal sealed class CasesView : IProjection
{
    public string Name => "cases";

    public int Version => 2;

    public IReadOnlySet<string> EventTypes { get; } = FrozenSet.Create(
        StringComparer.Ordinal, RecordsEvents.CasesCompleted, RecordsEvents.CasesMoved, RecordsEvents.CaseCorrected, RecordsEvents.ContentAdded, RecordsEvents.CaseRelated, RecordsEvents.PartWithdrawn,
        RecordsEvents.HoldPlaced, RecordsEvents.HoldLifted);

    public IReadOnlyList<LookupField> Lookups { get; } = [.. CaseEntry.Lookups, .. CaseSums.Lookups, .. CaseLinks.Lookups, .. HoldEntries.Lookups];

    public IProjectionPass Begin(IDocumentWriter writer) => new Pass(writer);

    private sealed class Pass(IDocumentWriter writer) : IProjectionPass
    {
        private readonly OpenCases _cases = new(writer);

        public void Apply(StoredEvent e)
        {
            if (RecordsBody.Of(e) is not { } body)
            {
                return;
            }

            switch (e.Leaf.Type)
            {
                case RecordsEvents.CasesCompleted:
                    Complete(e.Leaf.Sequence, e.Leaf.Time, body);
                    break;
                case RecordsEvents.CasesMoved:
                    Move(e.Leaf.Time, body);
                    break;
                case RecordsEvents.CaseCorrected:
                    if (CaseCorrection.Read(body) is { } correction && _cases.Find(correction.Place) is { } wrong)
                    {
                        _cases.Put(correction.ApplyTo(wrong));
                    }

                    break;
                case RecordsEvents.ContentAdded:
                    if (ContentBodies.ReadAdded(body) is { } added && _cases.Find(added.Place) is { } kept && kept.Digest == added.Before)
                    {
                        _cases.Put(With(kept, new CaseVersion(added.After, added.Held, e.Leaf.Time, added.Act, added.Reason)) with { Digest = added.After, Report = added.Held.Report });
                    }

                    break;
                case RecordsEvents.CaseRelated:
                    CaseLinks.Apply(writer, body);
                    break;
                case RecordsEvents.PartWithdrawn:
                    if (body.Number("place") is { } place && _cases.Find(place) is { Number: null } part)
                    {
                        _cases.Remove(part);
                    }

                    break;
                case RecordsEvents.HoldPlaced or RecordsEvents.HoldLifted:
                    var change = HoldEntries.Apply(writer, e.Leaf.Type == RecordsEvents.HoldPlaced, e.Leaf.Time, body);
                    if (change is { } held && _cases.Find(held.Place) is { } c)
                    {
                        _cases.Put(c with { Holds = Math.Max(0, c.Holds + held.Step) });
                    }

                    break;
                default:
                    break;
            }
        }

        public void End() => _cases.Write();

        private void Complete(long sequence, DateTimeOffset time, JsonMap body)
        {
            if (CaseBodies.ReadCompleted(body) is not { } told)
            {
                return;
            }

            foreach (var (index, one) in told.Cases)
            {
                if (one.Takes is { } place && _cases.Find(place) is { Number: null } part)
                {
                    _cases.Remove(part);
                }

                var notice = one.Notice;
                _cases.Put(new ServiceCase(
                    CaseBodies.PlaceOf(sequence, index), one.Case, told.Source, notice.Number, notice.Agency, notice.Item, notice.Completed, CaseState.Awaiting, time)
                {
                    Fonds = notice.Fonds,
                    Channel = notice.Channel ?? SourceChannel.Online,
                    Joint = notice.Joint?.Id,
                    Role = notice.Joint?.Role,
                });
            }

            foreach (var (index, part) in told.Parts)
            {
                var lead = told.Cases.FirstOrDefault(c => c.Index == part.Lead).Case?.Notice;
                if (lead?.Joint is { } joint)
                {
                    _cases.Put(new ServiceCase(
                        CaseBodies.PlaceOfPart(sequence, index), part.Case, told.Source, null, part.Agency, part.Item, lead.Completed, CaseState.Awaiting, time)
                    {
                        Joint = joint.Id,
                        Role = JointRole.Participant,
                    });
                }
            }
        }

        private void Move(DateTimeOffset time, JsonMap body)
        {
            if (CaseBodies.ReadMoved(body) is not { } moved)
            {
                return;
            }

            foreach (var move in moved.Moves)
            {
                // Where it stood is said again, so that an event that was not decided from this state changes nothing.
                if (_cases.Find(move.Place) is { } c && c.State == move.From)
                {
                    var now = Moved(c, moved.To, time) with { Digest = move.After ?? c.Digest, As = move.As ?? c.As, Report = move.Report ?? c.Report };
                    _cases.Put(move.Held is { } held && now.Digest is { } package ? With(now, new CaseVersion(package, held, time, ContentAct.Archiving, null)) : now);
                }
            }
        }

        private static ServiceCase With(ServiceCase c, CaseVersion version) =>
            c.Versions.Count < CaseVersions.Most ? c with { Versions = [.. c.Versions, version] } : c;

        private static ServiceCase Moved(ServiceCase c, CaseState to, DateTimeOffset time)
        {
            var day = LegalTime.DayOf(time);
            var returns = c.Returns;
            if (c.State == CaseState.Returned && returns is [.., { Until: null } last])
            {
                returns = [.. returns.SkipLast(1), last with { Until = day }];
            }
            else if (to == CaseState.Returned && returns.Count < CaseEntry.MostReturns)
            {
                returns = [.. returns, new ReturnSpan(day, null)];
            }

            return c with
            {
                State = to,
                Since = time,
                Returns = returns,
                Archived = to == CaseState.Registered ? c.Archived ?? time : c.Archived,
                RefusedOn = to == CaseState.RefusedAsSecret ? day : c.RefusedOn,
                Custody = to switch { CaseState.Registered => "agency", CaseState.InHall => "hall", _ => c.Custody },
            };
        }
    }
}
