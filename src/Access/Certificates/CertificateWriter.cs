using Lantai.Access.Packages;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Access.Certificates;

/// <summary>Writes the certificate of a package: the statement, its pages in both languages, and the note that signs the three.</summary>
/// <remarks>spec/formats/certificate.md.</remarks>
internal sealed class CertificateWriter(CertificateOrder order, AipVersion version, Survey survey, ProofFile proof, IPackageTarget target)
{
    /// <summary>Writes it.</summary>
    /// <param name="entries">SHA-256 of the package's list of disclosed entries.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>The verification code.</returns>
    public async Task<string> WriteAsync(Digest entries, CancellationToken cancellation)
    {
        var certificate = new UseCertificate(
            order.Facts, proof.Origin, version.Manifest.Aip, version.Manifest.Version, Digest.Of(proof.Manifest), entries, survey.Files, survey.Bytes, proof.Issued);
        var bytes = certificate.ToBytes();
        var code = UseCertificate.CodeOf(bytes);
        List<byte[]> files =
        [
            bytes, CertificatePage.Write(certificate, code, survey, Language.English, cancellation), CertificatePage.Write(certificate, code, survey, Language.Chinese, cancellation),
        ];
        foreach (var (path, content) in CertificateNote.Paths.Zip(files))
        {
            await AddAsync(path, content, cancellation).ConfigureAwait(false);
        }

        var note = order.Sign(CertificateNote.Of(proof.Origin, [.. files.Select(f => Digest.Of(f))]));
        await AddAsync(UseCertificate.NotePath, note.ToBytes(), cancellation).ConfigureAwait(false);
        return code;
    }

    private Task AddAsync(string path, byte[] content, CancellationToken cancellation) =>
        target.AddFileAsync(EntryName.OfText(path), null, null, stream => stream.WriteAsync(content, cancellation).AsTask());
}
