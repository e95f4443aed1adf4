namespace Lantai.RecordsManagement;

/// <summary>The keys of policy values.</summary>
public static class PolicyKeys
{
    /// <summary>Years after the completion year in which the archiving deadline falls; 1 unless an overlay says 0.</summary>
    public const string DeadlineYears = "archiving.deadline.years";

    /// <summary>Month of the deadline, 1 to 12.</summary>
    public const string DeadlineMonth = "archiving.deadline.month";

    /// <summary>Day of the deadline in its month.</summary>
    public const string DeadlineDay = "archiving.deadline.day";

    /// <summary>Days before the deadline at which a warning level begins, the farthest first.</summary>
    public const string DeadlineWarnings = "archiving.deadline.warnings";

    /// <summary>How cases are archived unless a source cannot: <c>online</c>.</summary>
    public const string ArchivingChannel = "archiving.channel";

    /// <summary>The day from which the regulation holds, <c>yyyy-MM-dd</c>.</summary>
    public const string RegulationEffective = "regulation.effective";

    /// <summary>The offset from UTC in which legal days are counted: fixed, no table of time zones.</summary>
    public const string LegalOffset = "legal.offset";

    /// <summary>Years after the completion year whose 1 January begins the retention period; 1.</summary>
    public const string RetentionStartYears = "retention.start.years";

    /// <summary>The retention codes of the general schedule, the shortest first.</summary>
    public const string RetentionCodes = "retention.codes";

    /// <summary>How many cases one package holds: <c>one</c>, or <c>volume</c> where an overlay allows it.</summary>
    public const string PackageUnit = "package.unit";

    /// <summary>Whether items whose type follows the regulation by reference may be entered: <c>off</c> or <c>on</c>.</summary>
    public const string ItemsByReference = "items.by-reference";

    /// <summary>Codes of the steps of a case.</summary>
    public const string ProcessSteps = "process.steps";

    /// <summary>Codes of archival categories (档案门类).</summary>
    public const string ArchivalCategories = "archival.categories";

    /// <summary>Codes of the classifications that a package may bear.</summary>
    public const string SecrecyAccepted = "secrecy.accepted";

    /// <summary>Codes of the classifications that refuse a package.</summary>
    public const string SecrecyRefused = "secrecy.refused";

    /// <summary>What state secrets the system may hold: <c>non-secret</c>, none.</summary>
    public const string SystemClassification = "system.classification";

    /// <summary>Codes of the classifications, internal matters and work secrets among them, whose records leave only for a stated reason.</summary>
    public const string AccessControlled = "access.controlled";

    /// <summary>The sharing types of a file.</summary>
    public const string SharingTypes = "sharing.types";

    /// <summary>The sharing types that need a reason.</summary>
    public const string SharingReason = "sharing.reason";

    /// <summary>Whether a transfer needs an opening opinion for every archive: <c>required</c>.</summary>
    public const string OpeningOpinion = "opening.opinion";

    /// <summary>The opening opinions.</summary>
    public const string OpeningOpinions = "opening.opinions";

    /// <summary>The reasons for keeping an archive closed; a list of our own.</summary>
    public const string OpeningReasons = "opening.reasons";

    /// <summary>Years after creation after which archives are opened unless a reason holds.</summary>
    public const string OpeningYears = "opening.years";

    /// <summary>How archives are transferred unless there is a reason: <c>online</c>.</summary>
    public const string TransferChannel = "transfer.channel";

    /// <summary>Years after which archives go to a central, provincial or prefectural hall: the term of paper.</summary>
    public const string TransferCityYears = "transfer.city.years";

    /// <summary>Years after which archives go to a county's hall: the term of paper.</summary>
    public const string TransferCountyYears = "transfer.county.years";

    /// <summary>Years after creation within which electronic archives are transferred.</summary>
    public const string TransferElectronicYears = "transfer.electronic.years";

    /// <summary>Days before a transfer is due at which a warning level begins, the farthest first.</summary>
    public const string TransferWarnings = "transfer.warnings";

    /// <summary>Retention codes of the archives that a hall receives.</summary>
    public const string HallScopeRetention = "hall.scope.retention";

    /// <summary>What a package built to another version of the accession requirements meets: <c>warning</c> or <c>block</c>.</summary>
    public const string AccessionMismatch = "accession.mismatch";

    /// <summary>How many people supervise a destruction.</summary>
    public const string DestructionSupervisors = "destruction.supervisors";

    /// <summary>How many copies are kept: sealed, for use, off-site.</summary>
    public const string BackupSets = "backup.sets";

    /// <summary>Years between checks of magnetic media.</summary>
    public const string MediaCheckMagneticYears = "media.check.magnetic.years";

    /// <summary>Years between checks of optical media.</summary>
    public const string MediaCheckOpticalYears = "media.check.optical.years";

    /// <summary>Percent of the media that a check samples at least.</summary>
    public const string MediaCheckSamplePercent = "media.check.sample.percent";

    /// <summary>Months for which access logs are kept at hand; events are kept for ever.</summary>
    public const string AuditLogMonths = "audit.log.months";
}
