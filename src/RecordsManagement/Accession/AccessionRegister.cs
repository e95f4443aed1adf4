using System.Globalization;
using System.Text;
using Lantai.ArchivalStorage;
using Lantai.DataManagement;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.RecordsManagement;

/// <summary>The accession requirements that archive halls published. A version never changes: another one takes its place.</summary>
/// <remarks>Safe for concurrent use. spec/formats/records-accession.md.</remarks>
public sealed class AccessionRegister
{
    internal const string Collection = "accession";

    private const int MostFormats = 2000;
    private const int MostKeys = 16;

    private static readonly string[] Members =
        ["hall", "version", "from", "until", "formats", "formatPolicy", "metadataProfile", "packageProfile", "packageVersion", "maxPackageBytes", "channels", "hallKeys"];

    private readonly RecordsJournal _journal;

    internal AccessionRegister(RecordsJournal journal) => _journal = journal;

    internal static PublicationView View { get; } = new(Collection, 1, RecordsEvents.AccessionPublished, Members, ["hall"], Flatten);

    /// <summary>Publishes requirements.</summary>
    /// <param name="requirements">The requirements; a version that the hall published before is refused (ACC-001).</param>
    /// <param name="actor">Who publishes them.</param>
    public DecisionOutcome Publish(AccessionRequirements requirements, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(requirements);
        return _journal.Decide(
            views =>
            {
                List<Finding> findings = [.. Check(views, requirements)];
                if (_journal.FirstWith("accession", requirements.Hall, requirements.Version) is { } first)
                {
                    findings.Add(Finding.Error("ACC-001", Entry.Shown(requirements.Version), ("event", first)));
                }

                var body = requirements.Write().Set(RecordsBody.Keys, [RecordsBody.Key("accession", requirements.Hall, requirements.Version)]);
                return new Decision(findings, [new EventDraft(RecordsEvents.AccessionPublished, Guid.NewGuid().ToString("D", CultureInfo.InvariantCulture)) { Body = body }]);
            },
            actor);
    }

    /// <summary>All that a hall published, in order.</summary>
    public IReadOnlyList<AccessionRequirements> Of(string hall) => Of(_journal.Views, hall);

    /// <summary>What a hall asks on a day: of those that hold the one whose first day came last, and of one day the one published last. Null when none holds.</summary>
    public AccessionRequirements? InForce(string hall, DateOnly day) => InForce(_journal.Views, hall, day);

    /// <summary>
    /// Judges what a package says of itself: built to another version (ACC-006, an error where the hall's policy blocks it), no
    /// requirements in force (ACC-007), another profile (ACC-008), too large (ACC-009), another channel (ACC-010).
    /// </summary>
    /// <param name="hall">Credit code of the hall.</param>
    /// <param name="package">The package.</param>
    /// <param name="day">The day on which it came, at UTC+08:00.</param>
    public IReadOnlyList<Finding> Judge(string hall, AccessionPackage package, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(package);
        return Judge(_journal.Views, hall, package, day);
    }

    internal static IReadOnlyList<Finding> Judge(IDocumentReader views, string hall, AccessionPackage package, DateOnly day)
    {
        if (InForce(views, hall, day) is not { } asked)
        {
            return [Finding.Warning("ACC-007", Entry.Shown(hall), ("day", Entry.Day(day)!))];
        }

        var findings = new List<Finding>();
        if (package.Requirements != asked.Version)
        {
            var policy = PolicyRegister.For(views, OrganisationRegister.Find(views, hall)?.Region.ToString(), hall, day);
            var mismatch = Finding.Warning("ACC-006", Entry.Shown(hall), ("expected", asked.Version), ("found", Entry.Shown(package.Requirements)));
            findings.Add(policy.Text(PolicyKeys.AccessionMismatch) == "block" ? mismatch with { Severity = Severity.Error } : mismatch);
        }

        if (package.PackageProfile != asked.PackageProfile)
        {
            findings.Add(Finding.Error("ACC-008", Entry.Shown(hall), ("expected", asked.PackageProfile), ("found", Entry.Shown(package.PackageProfile))));
        }

        if (package.Bytes > asked.MaxPackageBytes)
        {
            findings.Add(Finding.Error("ACC-009", Entry.Shown(hall), ("most", asked.MaxPackageBytes), ("found", package.Bytes)));
        }

        var channel = package.Channel == SourceChannel.Online ? "online" : "offline";
        if (!asked.Channels.Contains(channel))
        {
            findings.Add(Finding.Error("ACC-010", Entry.Shown(hall), ("expected", string.Join(' ', asked.Channels)), ("found", channel)));
        }

        return findings;
    }

    private static IReadOnlyList<AccessionRequirements> Of(IDocumentReader views, string hall) =>
        [.. views.Find(Collection, "hall", hall).Select(d => Read(d.Document)).OfType<AccessionRequirements>()];

    private static AccessionRequirements? InForce(IDocumentReader views, string hall, DateOnly day) =>
        Of(views, hall).Where(r => r.From <= day && (r.Until is null || r.Until >= day)).OrderBy(r => r.From).LastOrDefault();

    private static IEnumerable<Finding> Check(IDocumentReader views, AccessionRequirements asked)
    {
        var subject = Entry.Shown(asked.Version);
        var findings = new List<Finding>();
        findings.AddRange(OrganisationRegister.Check(views, subject, asked.Hall, OrganisationType.Hall));
        findings.AddRange(Entry.Check(subject, "version", asked.Version, Entry.NameLength));
        findings.AddRange(Entry.Check(subject, "metadata-profile", asked.MetadataProfile, Entry.NameLength));
        findings.AddRange(Entry.Check(subject, "package-profile", asked.PackageProfile, Entry.NameLength));
        findings.AddRange(Entry.Check(subject, "version", asked.PackageVersion, Entry.NameLength, isRequired: false));
        findings.AddRange(Entry.Check(subject, "format-policy", asked.FormatPolicy, Entry.NameLength, isRequired: false));
        Add(asked.Until < asked.From, "ACC-002", ("from", Entry.Day(asked.From)!), ("until", Entry.Day(asked.Until) ?? ""));
        Add(asked.Formats.Count > 0 == asked.FormatPolicy is not null, "ACC-003");
        Add(asked.Channels.Count == 0 || asked.Channels.Distinct().Count() < asked.Channels.Count || asked.Channels.Any(c => c is not ("online" or "offline")), "ACC-005", ("value", Entry.Shown(string.Join(' ', asked.Channels))));
        Add(asked.Formats.Count > MostFormats || asked.Keys.Count > MostKeys, "REC-003", ("field", "formats"), ("length", asked.Formats.Count), ("most", MostFormats));
        foreach (var format in asked.Formats.Take(MostFormats).Where((f, i) => f.Verdict is not ("accept" or "convert" or "refuse") || f.Format.Length is 0 or > Entry.NameLength || asked.Formats.Take(i).Any(o => o.Format == f.Format)))
        {
            Add(true, "ACC-004", ("format", Entry.Shown(format.Format)), ("value", Entry.Shown(format.Verdict)));
        }

        foreach (var pem in asked.Keys.Take(MostKeys))
        {
            _ = SourceKeyText.Read(subject, pem, findings);
        }

        return findings;

        void Add(bool isWrong, string code, params (string, object)[] arguments)
        {
            if (isWrong)
            {
                findings.Add(Finding.Error(code, subject, arguments));
            }
        }
    }

    private static JsonMap Flatten(JsonMap body)
    {
        var flat = new JsonMap();
        foreach (var name in Members.Where(m => m != "formats"))
        {
            RegisterView.Copy(flat, name, body.Members.GetValueOrDefault(name));
        }

        return flat.Set("formats", body.List("formats")?.OfType<JsonMap>().Select(f => (object)Encoding.UTF8.GetString(CanonicalJson.Write(f))));
    }

    private static AccessionRequirements? Read(Document document)
    {
        var map = new JsonMap();
        foreach (var name in Members.Where(m => m != "formats"))
        {
            RegisterView.Copy(map, name, document.Members.GetValueOrDefault(name));
        }

        var formats = document.List("formats").Select(f => CanonicalJson.TryRead(Encoding.UTF8.GetBytes(f), out var format) ? format : null).OfType<object>().ToList();
        return AccessionRequirements.Read(map.Set("formats", formats.Count == 0 ? null : formats), "", new List<Finding>());
    }
}
