using Lantai.Access.Certificates;
using Lantai.Access.Packages;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Access.Proofs;

/// <summary>Writes what stands under <c>proof/</c>.</summary>
/// <remarks>spec/formats/proof.md. Nothing of an entry that is not chosen is written but hashes over its salted bytes.</remarks>
internal sealed class ProofWriter(AipVersion version, Survey survey, ProofFile proof, IPackageTarget target)
{
    private static readonly byte[] NewLine = "\n"u8.ToArray();

    /// <summary>Writes it.</summary>
    /// <param name="page">The page for people.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>SHA-256 of the list of disclosed entries.</returns>
    public async Task<Digest> WriteAsync(ProofPage page, CancellationToken cancellation)
    {
        var disclosed = default(Digest);
        await AddAsync(ProofFile.EntriesPath, async stream =>
        {
            var hashed = new DigestStream(stream);
            await using (hashed.ConfigureAwait(false))
            {
                await WriteEntriesAsync(hashed, cancellation).ConfigureAwait(false);
                disclosed = hashed.End();
            }
        }).ConfigureAwait(false);
        var fit = new NameFit(target);
        var names = Chosen().Where(item => !fit.Place(item.Index, item.Entry).IsOwn);
        using (var odd = names.GetEnumerator())
        {
            if (odd.MoveNext())
            {
                await AddAsync(ProofFile.NamesPath, stream => WriteNamesAsync(stream, odd, cancellation)).ConfigureAwait(false);
            }
        }

        await AddAsync(ProofFile.Path, stream => stream.WriteAsync(proof.ToBytes(), cancellation).AsTask()).ConfigureAwait(false);
        await AddAsync(ProofFile.PagePath, stream => stream.WriteAsync(page.ToBytes(), cancellation).AsTask()).ConfigureAwait(false);
        return disclosed;
    }

    private Task AddAsync(string path, Func<Stream, Task> write) => target.AddFileAsync(EntryName.OfText(path), null, null, write);

    private IEnumerable<(long Index, ManifestEntry Entry, ReadOnlyMemory<byte> Bytes)> Chosen() =>
        version.Entries().Where(item => survey.IsChosen(item.Index));

    private async Task WriteEntriesAsync(Stream stream, CancellationToken cancellation)
    {
        foreach (var (index, _, bytes) in Chosen())
        {
            var line = survey.Scope == ProofScope.Complete ? bytes : new ProofEntry(bytes.ToArray(), index, survey.PathOf(index)).ToBytes();
            await stream.WriteAsync(line, cancellation).ConfigureAwait(false);
            await stream.WriteAsync(NewLine, cancellation).ConfigureAwait(false);
        }
    }

    private static async Task WriteNamesAsync(
        Stream stream, IEnumerator<(long Index, ManifestEntry Entry, ReadOnlyMemory<byte> Bytes)> odd, CancellationToken cancellation)
    {
        do
        {
            var (index, entry, _) = odd.Current;
            await stream.WriteAsync(new StoredName(StoredName.For(index), entry.Name).ToBytes(), cancellation).ConfigureAwait(false);
            await stream.WriteAsync(NewLine, cancellation).ConfigureAwait(false);
        }
        while (odd.MoveNext());
    }
}
