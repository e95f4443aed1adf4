using Lantai.DataManagement;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>Sorts the notices of one event: new cases, known ones, and contradictions; and finds the parts that leads declare.</summary>
internal sealed class NoticeSorting(IDocumentReader views, string source, Func<string, long?> firstWith)
{
    private readonly List<Finding> _findings = [];
    private readonly List<ToldCase> _cases = [];
    private readonly Dictionary<string, CaseNotice> _batch = new(StringComparer.Ordinal);
    private readonly HashSet<long> _taken = [];
    private readonly SourceSystem? _registered = SourceRegister.Find(views, source);
    private int _parts;

    public IReadOnlyList<ToldCase> Cases => _cases;

    /// <summary>Cases that had been told before in the same words.</summary>
    public long Known { get; private set; }

    public IReadOnlyList<Finding> Findings => _findings;

    public void Add(string place, CaseNotice notice)
    {
        if (!MaySubmit(notice))
        {
            return;
        }

        if (_batch.TryGetValue(notice.Number, out var twin))
        {
            Compare(place, notice, twin, "list");
            return;
        }

        if (firstWith(notice.Number) is { } sequence)
        {
            // The key is exact; the view may lack the case when its event cannot be read any more.
            var known = CaseRegister.Find(views, source, notice.Number);
            Compare(place, notice, known is null ? notice : NoticeOf(known), "ledger/" + sequence.ToString(System.Globalization.CultureInfo.InvariantCulture));
            return;
        }

        if (_parts + (notice.Joint?.Parts.Count ?? 0) > CaseBodies.MostParts)
        {
            _findings.Add(Finding.Error(CaseCodes.Field, place, ("casefield", "participant"), ("found", notice.Joint!.Parts.Count), ("wrong", "many"), ("most", CaseBodies.MostParts)));
            return;
        }

        _parts += notice.Joint?.Parts.Count ?? 0;
        var full = notice with { Channel = notice.Channel ?? _registered?.Channel };
        _batch.Add(notice.Number, full);
        _cases.Add(new ToldCase(Guid.NewGuid(), full, PartOf(full)));
    }

    /// <summary>
    /// Whether the source is registered and may submit this item by this channel. A system that several agencies share
    /// (统筹建设, article 2) tells of the cases of all of them, so the agency is not compared with the source's own.
    /// </summary>
    private bool MaySubmit(CaseNotice notice)
    {
        var channel = notice.Channel ?? _registered?.Channel ?? SourceChannel.Online;
        var findings = SourceRegister.May(views, source, _registered?.Agency ?? notice.Agency, notice.Item, channel, notice.OfflineReason);
        _findings.AddRange(findings);
        return !findings.Any(f => f.Severity == Severity.Error);
    }

    /// <summary>The parts that leads among the new cases declare and of which neither this event nor an earlier one tells.</summary>
    public IReadOnlyList<DeclaredPart> Parts()
    {
        var parts = new List<DeclaredPart>();
        var told = _cases.Where(c => c.Notice.Joint is not null).Select(c => (c.Notice.Joint!.Id, c.Notice.Agency)).ToHashSet();
        for (var i = 0; i < _cases.Count; i++)
        {
            var notice = _cases[i].Notice;
            if (notice.Joint is not { Role: JointRole.Lead } joint)
            {
                continue;
            }

            var known = CaseRegister.PartsOf(views, joint.Id);
            foreach (var part in joint.Parts)
            {
                if (!known.Any(k => k.Agency == part.Agency) && told.Add((joint.Id, part.Agency)))
                {
                    parts.Add(new DeclaredPart(Guid.NewGuid(), i, part.Agency, part.Item ?? notice.Item));
                }
            }
        }

        return parts;
    }

    /// <summary>The declared part of a joint case that this notice tells of at last.</summary>
    private long? PartOf(CaseNotice notice)
    {
        if (notice.Joint is not { } joint)
        {
            return null;
        }

        var part = CaseRegister.PartsOf(views, joint.Id).FirstOrDefault(p => p.Number is null && p.Agency == notice.Agency && !_taken.Contains(p.Place));
        return part is not null && _taken.Add(part.Place) ? part.Place : null;
    }

    private void Compare(string place, CaseNotice notice, CaseNotice known, string where)
    {
        var differing = Differences(notice, known).ToList();
        if (differing.Count == 0)
        {
            Known++;
            _findings.Add(Finding.Information(CaseCodes.Known, place, ("case", CaseEntry.Identity(source, notice.Number)), ("where", where)));
            return;
        }

        foreach (var (field, said, held) in differing)
        {
            _findings.Add(Finding.Error(
                CaseCodes.KnownOtherwise, place, ("case", CaseEntry.Identity(source, notice.Number)), ("casefield", field), ("found", said), ("known", held), ("where", where)));
        }
    }

    private static IEnumerable<(string Field, string Said, string Held)> Differences(CaseNotice notice, CaseNotice known)
    {
        if (notice.Completed.Moment != known.Completed.Moment)
        {
            yield return ("completed", notice.Completed.Given, known.Completed.Given);
        }

        if (notice.Agency != known.Agency)
        {
            yield return ("agency", notice.Agency, known.Agency);
        }

        if (notice.Item != known.Item)
        {
            yield return ("item", notice.Item, known.Item);
        }

        if (notice.Fonds is { } fonds && fonds != known.Fonds)
        {
            yield return ("fonds", fonds, known.Fonds ?? "");
        }

        if (notice.Joint?.Id != known.Joint?.Id)
        {
            yield return ("joint", notice.Joint?.Id ?? "", known.Joint?.Id ?? "");
        }
        else if (notice.Joint is { } said && known.Joint is { } held)
        {
            if (said.Role != held.Role)
            {
                yield return ("role", Word(said.Role), Word(held.Role));
            }

            // One that is left out was declared all the same; one that comes later would never be due.
            foreach (var part in said.Parts.Where(p => p.Agency != notice.Agency && held.Parts.All(h => h.Agency != p.Agency)))
            {
                yield return ("participant", part.Agency, string.Join(", ", held.Parts.Select(p => p.Agency)));
            }
        }
    }

    private static string Word(JointRole role) => role == JointRole.Lead ? "lead" : "participant";

    private CaseNotice NoticeOf(ServiceCase c) => new(c.Number!, c.Agency, c.Item, c.Completed)
    {
        Fonds = c.Fonds,
        Joint = c.Joint is null ? null : new JointHandling(
            c.Joint, c.Role ?? JointRole.Participant, c.Role != JointRole.Lead ? [] : [.. CaseRegister.PartsOf(views, c.Joint).Where(p => p.Place != c.Place).Select(p => new JointPart(p.Agency, p.Item))]),
    };
}
