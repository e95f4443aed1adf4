using System.Globalization;
using Lantai.Forms;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Access.Certificates;

/// <summary>A certificate as it is printed and sealed (档案利用证明).</summary>
/// <remarks>Pure. Form F-17 has no national shape; the fields are those of R4-3.</remarks>
internal static class CertificatePage
{
    private static readonly Phrases Texts = new(typeof(CertificatePage).Assembly, typeof(Report).Assembly);

    /// <summary>The page as bytes of a file.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="code">Its verification code.</param>
    /// <param name="survey">What is in the package.</param>
    /// <param name="language">The language.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static byte[] Write(UseCertificate certificate, string code, Survey survey, Language language, CancellationToken cancellation)
    {
        using var page = new MemoryStream();
        ReportWriter.Write(Make(certificate, code, survey), ReportFormat.Html, new ReportTexts(Texts, language), page, cancellation);
        return page.ToArray();
    }

    private static Report Make(UseCertificate certificate, string code, Survey survey)
    {
        var facts = certificate.Facts;
        (string Name, string? Value)[] told =
        [
            ("referenceCode", facts.ReferenceCode), ("titled", facts.Title), ("archive", facts.Archive), ("agency", facts.Agency), ("fonds", facts.Fonds), ("case", facts.Case),
            ("recordCode", facts.RecordCode), ("classification", facts.Classification), ("retention", facts.Retention), ("archivedOn", facts.ArchivedOn),
            ("aip", FormattableString.Invariant($"{certificate.Aip:D}@{certificate.Version}")), ("manifest", certificate.Manifest.ToString()), ("origin", certificate.Origin),
            ("reason", facts.Reason), ("issuedBy", facts.IssuedBy), ("issued", StoreTime.Write(certificate.Issued)), ("code", code),
        ];
        return new Report(
            "useCertificate",
            "certificate.title",
            [.. told.Where(t => !string.IsNullOrEmpty(t.Value)).Select(t => new ReportFact(t.Name, "certificate." + t.Name, t.Value!, t.Name == "classification" ? "certificate.classification" : null))],
            [
                new ReportColumn("path", "certificate.path", Width: 50),
                new ReportColumn("bytes", "certificate.bytes", ColumnKind.Number, Width: 12),
                new ReportColumn("sha256", "certificate.sha256", Width: 64),
            ],
            survey.First.Where(e => e.Kind == EntryKind.File).Select(e => (IReadOnlyList<string?>)[e.Name.Display, e.Length.ToString(CultureInfo.InvariantCulture), e.Content?.ToString()]))
        {
            NoteKeys = survey.Entries > survey.First.Count ? ["certificate.note", "certificate.verify", "certificate.more"] : ["certificate.note", "certificate.verify"],
            SignatureKeys = ["certificate.sign.clerk", "certificate.sign.seal"],
        };
    }
}
