using Lantai.Administration;
using Lantai.Evidence;
using Lantai.Inspection;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Cli.Commands.Inspections;

/// <summary>What is known of the signature of a report.</summary>
internal enum ReportTrust
{
    /// <summary>Nobody gave a key to check it by.</summary>
    NotChecked,

    /// <summary>It is of these bytes and by the key.</summary>
    Valid,

    /// <summary>It is missing, of other bytes or by another key.</summary>
    Invalid,
}

/// <summary>A report that the user names: as a file of its XML, or by the number under which the store keeps it.</summary>
/// <param name="Report">The report.</param>
/// <param name="Trust">What is known of its signature.</param>
internal sealed record GivenReport(InspectionReport Report, ReportTrust Trust)
{
    /// <summary>The word for programs.</summary>
    public string Word => Trust switch
    {
        ReportTrust.Valid => "valid",
        ReportTrust.Invalid => "invalid",
        _ => "not-checked",
    };

    /// <summary>Reads it, and says what is known of its signature; null when it is none, which was told.</summary>
    /// <param name="context">The command's context.</param>
    /// <param name="said">The file or number.</param>
    /// <param name="key">The verifier key of whoever made a file; null when none was given. A report of the store is checked by the store's own.</param>
    public static GivenReport? Read(CommandContext context, string said, VerifierKey? key)
    {
        var path = context.PathOf(said);
        var given = File.Exists(path) ? OfFile(context, path, said, key) : OfStore(context, said);
        if (given is not null)
        {
            context.Report.Say(given.Trust switch
            {
                ReportTrust.Valid => "inspect.signature.valid",
                ReportTrust.Invalid => "inspect.signature.invalid",
                _ => "inspect.signature.not-checked",
            }, ("number", given.Report.Number));
        }

        return given;
    }

    private static GivenReport? OfFile(CommandContext context, string path, string said, VerifierKey? key)
    {
        if (new FileInfo(path).Length > ReportReader.MaxSize)
        {
            return null;
        }

        var (xml, note, findings) = (File.ReadAllBytes(path), path + ".sig", new List<Finding>());
        if (key is null)
        {
            var read = ReportReader.TryRead(xml, said, findings);
            context.Report.Tell(findings);
            return read is null ? null : new GivenReport(read, ReportTrust.NotChecked);
        }

        var signed = File.Exists(note) && new FileInfo(note).Length <= SignedNote.MaxLength ? File.ReadAllBytes(note) : null;
        findings.AddRange(ReportVerification.Verify(xml, signed, new ReportKeys(key, null, null, []), said, out var report));
        return Judged(context, report, findings);
    }

    private static GivenReport? OfStore(CommandContext context, string said)
    {
        using var repository = Repository.OpenReadOnly(new RepositorySettings(context.Store, context.Keys, null, context.Actor, context.World.Time));
        var desk = repository.Inspections;
        return desk.RunsOf(said) is [.., var newest] ? Judged(context, Verified(desk, newest, out var findings), findings) : null;
    }

    private static InspectionReport? Verified(InspectionDesk desk, RecordedRun run, out IReadOnlyList<Finding> findings)
    {
        findings = desk.Verify(run, desk.KeysOf(null, null), out var report);
        return report;
    }

    private static GivenReport? Judged(CommandContext context, InspectionReport? report, IEnumerable<Finding> findings)
    {
        List<Finding> errors = [.. findings.Where(f => f.Severity == Severity.Error)];
        context.Report.Tell(errors);
        return report is null ? null : new GivenReport(report, errors.Count == 0 ? ReportTrust.Valid : ReportTrust.Invalid);
    }
}
