using System.Security.Cryptography;
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

/// <summary>Passes bytes on and knows their SHA-256 at the end.</summary>
internal sealed class DigestStream(Stream target) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public Digest End() => new(_hash.GetHashAndReset());

    public override void Write(byte[] buffer, int offset, int count)
    {
        _hash.AppendData(buffer, offset, count);
        target.Write(buffer, offset, count);
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _hash.AppendData(buffer.Span);
        await target.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
    }

    public override void Flush() => target.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _hash.Dispose();
        base.Dispose(disposing);
    }
}
