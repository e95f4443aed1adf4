using Lantai.Access;
using Lantai.Cli.Arguments;
using Lantai.DataManagement;
using Lantai.Inspection.Storage;
using Lantai.RecordsManagement;

namespace Lantai.Cli.Commands;

/// <summary>What is known of an archived case whose version leaves the archive: what its certificate says, and whether a reason is asked for.</summary>
/// <param name="Case">The case.</param>
/// <param name="Description">What the metadata of its package say; null when they cannot be read.</param>
/// <param name="IsControlled">Whether it leaves for a stated reason alone.</param>
internal sealed record EvidenceCopy(ServiceCase Case, StoredDescription? Description, bool IsControlled)
{
    /// <summary>Looks it up; null when the version belongs to no archived case.</summary>
    public static EvidenceCopy? Find(CommandContext context, AipVersion version)
    {
        var records = context.Repository.Records;
        var run = context.Repository.Inspections.RunsOfAip(version.Aip).FirstOrDefault(r => r.Case is not null);
        if (run is null || records.Cases.Find(run.Source, run.Case!) is not { As: not null } c)
        {
            return null;
        }

        // What cannot be read may be anything: it does not leave more easily than what is known.
        var description = StoredDescription.Read(context.Repository.Vault, version, context.Stop);
        var controlled = records.Policy.ForAgency(c.Agency, LegalTime.DayOf(context.World.Time.GetUtcNow())).Find(PolicyKeys.AccessControlled)?.Values ?? [];
        return new EvidenceCopy(c, description, description is null || controlled.Contains(description.Classification ?? ""));
    }

    /// <summary>The order of its certificate.</summary>
    public CertificateOrder Certificate(CommandContext context, string? reason)
    {
        var (holders, archived) = (HolderNames.Of(context.Repository.Records.Organisations, Case.Agency), Case.As!);
        var facts = new CertificateFacts
        {
            ReferenceCode = archived.ReferenceCode,
            Archive = (Case.Custody == "hall" ? holders.Hall : holders.Agency) ?? Case.Agency,
            IssuedBy = context.Account,
            Agency = holders.Agency ?? Case.Agency,
            Fonds = Case.Fonds,
            RecordCode = archived.RecordCode,
            Case = Case.Name,
            Title = Description?.Title,
            Classification = Description?.Classification,
            Retention = archived.Retention.Code,
            ArchivedOn = Case.ArchivedOn is { } day ? LegalTime.Write(day) : null,
            Reason = reason,
        };
        return new CertificateOrder(facts, context.Repository.Vault.Sign);
    }
}
