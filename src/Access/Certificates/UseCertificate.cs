using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Access;

/// <summary>The certificate of an evidence copy: whose record it is, under which code, and of which package it speaks.</summary>
/// <param name="Facts">What the archive says of the record.</param>
/// <param name="Origin">The log's name.</param>
/// <param name="Aip">AIP id.</param>
/// <param name="Version">AIP version.</param>
/// <param name="Manifest">Digest of the version's manifest root.</param>
/// <param name="Entries">SHA-256 of the package's <c>proof/entries.jsonl</c>: which files are in it.</param>
/// <param name="Files">Number of its files.</param>
/// <param name="Bytes">Their length.</param>
/// <param name="Issued">When the package was made.</param>
/// <remarks>Immutable. spec/formats/certificate.md.</remarks>
public sealed record UseCertificate(
    CertificateFacts Facts, string Origin, Guid Aip, long Version, Digest Manifest, Digest Entries, long Files, long Bytes, DateTimeOffset Issued)
{
    /// <summary>Path of the certificate in a package.</summary>
    public const string Path = "proof/certificate.json";

    /// <summary>Path of the signed note beside it.</summary>
    public const string NotePath = "proof/certificate.note";

    /// <summary>The most bytes that a reader takes of a file of the certificate.</summary>
    public const int MaxLength = 4 << 20;

    internal const string Format = "lantai-certificate/1";

    /// <summary>Path of the page for people in a language.</summary>
    public static string PagePath(Language language) => $"proof/certificate.{(language == Language.Chinese ? "zh" : "en")}.html";

    /// <summary>
    /// The code by which paper and package are held together: the first 16 hexadecimal digits of the certificate's SHA-256 in groups of
    /// four. What proves is the signature.
    /// </summary>
    public static string CodeOf(ReadOnlySpan<byte> bytes)
    {
        var hex = Digest.Of(bytes).ToString().ToUpperInvariant();
        return $"{hex[..4]}-{hex[4..8]}-{hex[8..12]}-{hex[12..16]}";
    }

    /// <summary>The canonical bytes and a newline.</summary>
    public byte[] ToBytes()
    {
        var map = new JsonMap()
            .Set("format", Format).Set("origin", Origin).Set("aip", Aip).Set("version", Version).Set("manifest", Manifest).Set("entries", Entries)
            .Set("files", Files).Set("bytes", Bytes).Set("issued", Issued)
            .Set("referenceCode", Facts.ReferenceCode).Set("archive", Facts.Archive).Set("issuedBy", Facts.IssuedBy).Set("agency", Facts.Agency)
            .Set("fonds", Facts.Fonds).Set("recordCode", Facts.RecordCode).Set("case", Facts.Case).Set("title", Facts.Title)
            .Set("classification", Facts.Classification).Set("retention", Facts.Retention).Set("archivedOn", Facts.ArchivedOn).Set("reason", Facts.Reason);
        return [.. CanonicalJson.Write(map), (byte)'\n'];
    }

    /// <summary>Reads a certificate; false when it has not the form.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out UseCertificate certificate)
    {
        certificate = null!;
        if (bytes.Length > MaxLength || bytes.IsEmpty || bytes[^1] != '\n' || !CanonicalJson.TryRead(bytes[..^1], out var map)
            || map.Text("format") != Format || map.Text("origin") is not { } origin || map.Id("aip") is not { } aip || map.Number("version") is not { } version
            || map.Digest("manifest") is not { } manifest || map.Digest("entries") is not { } entries || map.Number("files") is not { } files
            || map.Number("bytes") is not { } length || map.Time("issued") is not { } issued || map.Text("referenceCode") is not { Length: > 0 } code
            || map.Text("archive") is not { Length: > 0 } archive || map.Text("issuedBy") is not { } by)
        {
            return false;
        }

        var facts = new CertificateFacts
        {
            ReferenceCode = code, Archive = archive, IssuedBy = by, Agency = map.Text("agency"), Fonds = map.Text("fonds"), RecordCode = map.Text("recordCode"),
            Case = map.Text("case"), Title = map.Text("title"), Classification = map.Text("classification"), Retention = map.Text("retention"),
            ArchivedOn = map.Text("archivedOn"), Reason = map.Text("reason"),
        };
        certificate = new UseCertificate(facts, origin, aip, version, manifest, entries, files, length, issued);
        return true;
    }
}
