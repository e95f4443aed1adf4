using System.Globalization;
using Lantai.DataManagement;
using Lantai.InformationPackages;
using Lantai.RecordsManagement;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>
/// Asks the registers of an archive everything that concerns one package. Whose terms hold follows from who sends it: the agency
/// of its source, whatever the package says of itself.
/// </summary>
/// <remarks>
/// Safe for concurrent use; every answer is found by a key. The same questions are asked of a store's views and of a kit's
/// (spec/formats/inspection-kit.md), so both give the same answers.
/// </remarks>
public sealed class ArchivingTerms : IArchivingTerms
{
    private readonly RegisterQuestions _registers = new();
    private readonly Func<IDocumentReader> _views;
    private readonly IHeldCodes _held;

    /// <summary>Takes the views of a store.</summary>
    /// <param name="views">Gives the views of <see cref="RecordsViews"/>, brought up to the ledger; called once for each question.</param>
    public ArchivingTerms(Func<IDocumentReader> views)
        : this(views, new HeldInStore())
    {
    }

    internal ArchivingTerms(Func<IDocumentReader> views, IHeldCodes held) => (_views, _held) = (views, held);

    /// <inheritdoc/>
    public TermsFacts Ask(InspectedPackage package, ChannelFacts channel, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(package);
        ArgumentNullException.ThrowIfNull(channel);
        var (views, day) = (_views(), LegalTime.DayOf(now));
        return package.Case is { } c ? OfCase(views, package, c, channel, day)
            : package.Transfer is { } transfer ? OfTransfer(views, package, transfer, channel, day)
            : new TermsFacts { Day = day, Source = RegisterQuestions.MaySubmit(views, channel.Source, null, null, channel.Channel, channel.OfflineReason) };
    }

    private TermsFacts OfCase(IDocumentReader views, InspectedPackage package, CasePackage c, ChannelFacts channel, DateOnly day)
    {
        var source = RegisterQuestions.Source(views, channel.Source);
        var (said, code, fonds) = (Filled(c.Configuration["social_code"]), Filled(c.Basic["task_code"]), Filled(c.Configuration["fonds_identifier"]));
        var agency = source?.Agency ?? said;
        var item = code is null ? null : RegisterQuestions.Item(views, source, code, Filled(c.Basic["task_version"]));
        var notice = c.CaseNumber.Length == 0 ? null : RegisterQuestions.Case(views, channel.Source, c.CaseNumber);
        var joint = Filled(c.Basic["joint_case_id"]) ?? notice?.Joint;
        var isRetentionSaid = RetentionPeriod.TryParse(c.Configuration.Code("retention_period"), out var retention);
        return new TermsFacts
        {
            Day = day,
            Source = RegisterQuestions.MaySubmit(views, channel.Source, said, code, channel.Channel, channel.OfflineReason),
            Item = item,
            Notice = notice,
            Schedule = agency is not null && code is not null && isRetentionSaid
                ? RegisterQuestions.Retention(views, (agency, fonds), day, code, item, retention, channel.Approval)
                : null,
            Scope = agency is not null && code is not null ? RegisterQuestions.Scope(views, (agency, fonds), day, code, item) : [],
            Deadline = agency is not null && c.Completed is { } completed ? RegisterQuestions.Deadline(views, agency, LegalTime.DayOf(completed)) : null,
            RegulationSince = agency is not null && c.Completed is { } ended ? RegisterQuestions.RegulationSince(views, agency, LegalTime.DayOf(ended)) : TermsFacts.RegulationIssued,
            ReferenceCode = c.RecordCode.Length == 0 ? null : CodesOf(views, CodeRule.RecordCode, c.RecordCode, agency, Said(c, fonds)),
            Collisions = [.. Collisions(views, package, c, channel, notice)],
            Joint = joint is not null && agency is not null ? RegisterQuestions.Parts(views, joint, agency) : [],
        };
    }

    private TermsFacts OfTransfer(IDocumentReader views, InspectedPackage package, TransferPackage transfer, ChannelFacts channel, DateOnly day)
    {
        // A reference code begins with the number of its fonds, and the fonds says which hall receives it.
        var fonds = transfer.Items.Select(i => FondsIn(i.ReferenceCode)).FirstOrDefault();
        var hall = fonds is null ? null : RegisterQuestions.FindFonds(views, fonds)?.Hall;
        return new TermsFacts
        {
            Day = day,
            Source = RegisterQuestions.MaySubmit(views, channel.Source, null, null, channel.Channel, channel.OfflineReason),
            ReferenceCode = transfer.Items.Count == 0 ? null : CodesOf(transfer, views),
            Accession = hall is null ? null : RegisterQuestions.Accession(views, hall, new AccessionPackage(null, package.Profile, package.Bytes, channel.Channel), day),
        };
    }

    /// <summary>The fonds that a package names was entered, and is its agency's own.</summary>
    private static IEnumerable<Finding> FondsOf(IDocumentReader views, string? fonds, string? agency)
    {
        // That none stands is told by the profile.
        if (fonds is not null && (RegisterQuestions.FindFonds(views, fonds) is not { } known || (agency is not null && known.Creator != agency)))
        {
            yield return Finding.Error("INS-600", fonds, ("fonds", fonds), ("agency", agency ?? "-"));
        }
    }

    private IReadOnlyList<Finding> CodesOf(TransferPackage transfer, IDocumentReader views) =>
        [.. transfer.Items.Where(i => i.ReferenceCode.Length > 0).SelectMany(i =>
            CodesOf(views, CodeRule.ReferenceCode, i.ReferenceCode, null, Values(("fonds", FondsIn(i.ReferenceCode)), ("retention", Filled(i.Retention)))))];

    /// <summary>Holds a code against the rule for it, and against what else the package says.</summary>
    private List<Finding> CodesOf(IDocumentReader views, string kind, string code, string? agency, Dictionary<string, string> said)
    {
        List<Finding> findings = [.. FondsOf(views, said.GetValueOrDefault("fonds"), agency)];
        foreach (var (segment, found) in _registers.Segments(views, kind, code, said.GetValueOrDefault("fonds"), said.GetValueOrDefault("category"), findings))
        {
            if (said.GetValueOrDefault(segment.Source) is { } expected && expected != found)
            {
                findings.Add(Finding.Error("INS-601", code, ("segment", segment.Name), ("expected", expected), ("found", found)));
            }
        }

        return findings;
    }

    private IEnumerable<KeyValuePair<string, string>> Collisions(IDocumentReader views, InspectedPackage package, CasePackage c, ChannelFacts channel, ServiceCase? notice)
    {
        if (c.RecordCode.Length > 0 && _held.HolderOf(views, c.RecordCode, channel.Source, c.CaseNumber) is { } holder)
        {
            yield return KeyValuePair.Create("electronic_record_code", holder);
        }

        // What was returned may come again corrected; what was accepted may not become another thing without being declared.
        if (notice is { Digest: { } held } && package.Digest is { } brought && held != brought && !channel.IsFurtherVersion && Lifecycle.Of(notice.State).Content is ContentRule.Fixed or ContentRule.Gone)
        {
            yield return KeyValuePair.Create("project_id", notice.Name);
        }
    }

    private static Dictionary<string, string> Said(CasePackage c, string? fonds) => Values(
        ("fonds", fonds), ("category", Filled(c.Configuration.Code("category_code"))), ("region", Filled(c.Configuration["region_code"])),
        ("creator", Filled(c.Configuration["social_code"])), ("retention", Filled(c.Configuration.Code("retention_period"))), ("item", Filled(c.Basic["task_code"])),
        ("year", c.Completed is { } completed ? LegalTime.DayOf(completed).Year.ToString(CultureInfo.InvariantCulture) : null));

    private static Dictionary<string, string> Values(params ReadOnlySpan<(string Name, string? Value)> values)
    {
        var said = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            if (value is not null)
            {
                said[name] = value;
            }
        }

        return said;
    }

    private static string? FondsIn(string code) => code.IndexOf('-', StringComparison.Ordinal) is > 0 and var end && FondsRegister.IsCode(code[..end]) ? code[..end] : null;

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
