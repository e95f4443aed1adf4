using Lantai.DataManagement;
using Lantai.Evidence;
using Lantai.RecordsManagement;
using Lantai.Words;

namespace Lantai.Inspection;

/// <summary>
/// What an archive gives to those who build or run a source system, so that they learn of a package, before they send it, what the
/// archive would say: the registers that concern the source, the scheme, policies.
/// </summary>
/// <param name="Header">What it says of itself.</param>
/// <param name="Terms">The registers, asked as those of the store are.</param>
/// <param name="Registers">The registers themselves, as views that hold what concerns the source alone.</param>
/// <param name="Documents">How many documents of registers it holds.</param>
/// <remarks>Immutable, safe for concurrent use. R5-4; spec/formats/inspection-kit.md.</remarks>
public sealed record InspectionKit(KitHeader Header, IArchivingTerms Terms, IDocumentReader Registers, long Documents)
{
    /// <summary>Reads a kit, and tells what its reader must know of it: too old (INS-612), for other rules (INS-613), no key from elsewhere (INS-614).</summary>
    /// <param name="file">The file, from its beginning; not trusted.</param>
    /// <param name="displayName">How findings call it.</param>
    /// <param name="key">The verifier key of the archive's store, when it came from elsewhere than the kit.</param>
    /// <param name="now">The time.</param>
    /// <param name="days">For how many days a kit may be used.</param>
    /// <param name="findings">Receives what is wrong with it or worth knowing.</param>
    /// <returns>Null when it is no kit or was changed (INS-610, INS-611).</returns>
    /// <exception cref="IOException">The disk failed.</exception>
    public static InspectionKit? TryRead(Stream file, string displayName, VerifierKey? key, DateTimeOffset now, int days, ICollection<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(findings);
        if (new KitReading(displayName, findings).Read(file, key) is not { } kit)
        {
            return null;
        }

        var (made, last) = (LegalTime.DayOf(kit.Header.Made), LegalTime.DayOf(kit.Header.Made).AddDays(days));
        if (LegalTime.DayOf(now) > last)
        {
            findings.Add(Finding.Warning("INS-612", displayName, ("made", LegalTime.Write(made)), ("last", LegalTime.Write(last))));
        }

        if (kit.Header.Rules != RuleCatalogue.Version)
        {
            findings.Add(Finding.Warning("INS-613", displayName, ("expected", kit.Header.Rules), ("found", RuleCatalogue.Version), ("software", kit.Header.Software)));
        }

        if (key is null)
        {
            findings.Add(Finding.Information("INS-614", displayName, ("origin", kit.Header.Origin)));
        }

        return kit;
    }
}
