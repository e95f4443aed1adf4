using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Lantai.DataManagement;
using Lantai.Evidence;
using Lantai.RecordsManagement;
using Lantai.StoreFormat;

namespace Lantai.Inspection;

/// <summary>Writes a kit: lines of canonical JSON, and under them a note that the store's log key signs.</summary>
/// <remarks>spec/formats/inspection-kit.md. Memory does not grow with the number of documents. For one thread.</remarks>
public sealed class KitWriter : IDisposable
{
    private const int HashesInLine = 1000;

    private readonly Stream _target;
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<object> _hashes = [];
    private long _lines;

    private KitWriter(Stream target) => _target = target;

    /// <summary>Writes a kit.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="header">What it says of itself; key and salt are filled in here.</param>
    /// <param name="views">The views of the store.</param>
    /// <param name="source">The source system that it is for.</param>
    /// <param name="signer">The store's log key.</param>
    /// <param name="stop">Stops the work; what was written then is no kit.</param>
    /// <returns>How many documents it holds.</returns>
    /// <exception cref="IOException">The disk failed.</exception>
    public static long Write(Stream target, KitHeader header, IDocumentReader views, SourceSystem source, INoteSigner signer, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(signer);
        var salt = RandomNumberGenerator.GetBytes(16);
        using var writer = new KitWriter(target);
        writer.Line(header with { Salt = Convert.ToHexStringLower(salt) });
        var documents = 0L;
        foreach (var (collection, id, document) in new SourceExtract(views, source, LegalTime.DayOf(header.Made)).Documents(code => writer.Held(salt, code)))
        {
            stop.ThrowIfCancellationRequested();
            writer.Line(new JsonMap().Set("collection", collection).Set("id", id).Set("document", document.ToMap()));
            documents++;
        }

        writer.FlushHeld();
        writer.Sign(header, signer);
        return documents;
    }

    /// <summary>Lets go of the digest; what was written stays.</summary>
    public void Dispose() => _sha256.Dispose();

    private void Held(byte[] salt, string code)
    {
        _hashes.Add(HeldInKit.HashOf(salt, code).ToString("x16", CultureInfo.InvariantCulture));
        if (_hashes.Count == HashesInLine)
        {
            FlushHeld();
        }
    }

    private void FlushHeld()
    {
        if (_hashes.Count > 0)
        {
            Line(new JsonMap().Set("held", _hashes));
            _hashes.Clear();
        }
    }

    private void Line(KitHeader header) => Line(header.Write());

    private void Line(JsonMap map)
    {
        ReadOnlySpan<byte> line = [.. CanonicalJson.Write(map), (byte)'\n'];
        _sha256.AppendData(line);
        _target.Write(line);
        _lines++;
    }

    private void Sign(KitHeader header, INoteSigner signer)
    {
        var text = KitSeal.TextOf(header.Origin, new JsonMap()
            .Set("lines", _lines).Set("made", header.Made).Set("sha256", Convert.ToHexStringLower(_sha256.GetHashAndReset())).Set("source", header.Source).Set("store", header.Store));
        _target.Write(new SignedNote(text, [signer.Sign(text)]).ToBytes());
    }
}
