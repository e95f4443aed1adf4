using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Lantai.Evidence;
using Lantai.Words;

namespace Lantai.StoreFormat;

/// <summary>Checks the disclosed entries against the files under <c>data/</c> and against <c>entriesRoot</c>.</summary>
/// <remarks>spec/formats/proof.md, steps 1 and 2. One entry in memory at a time.</remarks>
internal sealed class ProofEntries(
    IProofPackage package, string subject, ProofFile proof, Manifest manifest, Action<Finding> report, Action<long, long>? progress)
{
    private const int BlockSize = 1 << 17;

    private readonly CompactRange _tree = new();
    private EntryName? _last;
    private long _lastIndex = -1;
    private long _entries;
    private long _found;
    private bool _isWhole = true;

    /// <summary>Number of files that are as disclosed.</summary>
    public long Files { get; private set; }

    /// <summary>Their length.</summary>
    public long Bytes { get; private set; }

    public void Check(CancellationToken cancellation)
    {
        Walk(report, (path, entry) => CheckFile(path, entry, cancellation));
        if (!_isWhole || _entries != proof.Entries)
        {
            report(Finding.Error(Codes.ProofForm, ProofFile.EntriesPath));
        }
        else if (proof.Scope == ProofScope.Complete && _tree.Root() != manifest.EntriesRoot)
        {
            report(Finding.Error(Codes.ProofEntries, ProofFile.EntriesPath));
        }

        if (_isWhole)
        {
            CheckNothingElse(cancellation);
        }
    }

    /// <summary>Goes through the disclosed files in order; stops at the first line that has not the form.</summary>
    private void Walk(Action<Finding> onFinding, Action<ReadOnlyMemory<byte>, ManifestEntry> onFile)
    {
        (_last, _lastIndex, _entries) = (null, -1, 0);
        using var stream = package.OpenProof(ProofFile.EntriesPath);
        using var names = new ProofNames(package.OpenProof(ProofFile.NamesPath));
        if (stream is null)
        {
            _isWhole = false;
            return;
        }

        using var lines = new ProofLines(stream);
        while (lines.TryNext(out var line))
        {
            if (_entries >= proof.Entries || Disclose(line, onFinding) is not { } entry || names.PathOf(entry.Name, _lastIndex) is not { } path || names.IsBroken)
            {
                _isWhole = false;
                return;
            }

            _entries++;
            if (entry.Kind == EntryKind.File)
            {
                onFile(path, entry);
            }
        }

        _isWhole = !lines.IsBroken && !names.IsBroken && !names.HasLeft;
    }

    /// <summary>Reads the next line and takes it into the tree; null when it has not the form or is out of order.</summary>
    private ManifestEntry? Disclose(ReadOnlyMemory<byte> line, Action<Finding> onFinding)
    {
        var index = _lastIndex + 1;
        if (proof.Scope == ProofScope.Partial)
        {
            if (!ProofEntry.TryRead(line.Span, out var disclosed) || disclosed.Index < index)
            {
                return null;
            }

            index = disclosed.Index;
            line = disclosed.Entry;
            if (!MerkleProof.VerifyInclusion(
                (ulong)index, (ulong)(manifest.Files + manifest.Folders), MerkleTree.LeafHash(line.Span), disclosed.Path, manifest.EntriesRoot))
            {
                onFinding(Finding.Error(Codes.ProofEntries, ProofFile.EntriesPath + "#" + index.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            }
        }
        else
        {
            _tree.Append(MerkleTree.LeafHash(line.Span));
        }

        if (!ManifestEntry.TryRead(line.Span, out var entry) || (_last is not null && entry.Name <= _last))
        {
            return null;
        }

        (_last, _lastIndex) = (entry.Name, index);
        return entry;
    }

    private void CheckFile(ReadOnlyMemory<byte> path, ManifestEntry entry, CancellationToken cancellation)
    {
        var file = ProofFile.DataFolder + entry.Name.Display;
        try
        {
            using var stream = package.OpenData(path);
            if (stream is null)
            {
                report(Finding.Error(Codes.ProofFileMissing, file));
                return;
            }

            _found++;
            if (HasContent(stream, entry, cancellation))
            {
                Files++;
                Bytes += entry.Length;
            }
            else
            {
                report(Finding.Error(Codes.ProofFileDiffers, file));
            }
        }
        catch (IOException problem) when (package.Judge(problem) is { } finding)
        {
            report(finding);
            report(Finding.Error(Codes.ProofFileDiffers, file));
        }

        progress?.Invoke(Files, Bytes);
    }

    private static bool HasContent(Stream stream, ManifestEntry entry, CancellationToken cancellation)
    {
        var block = ArrayPool<byte>.Shared.Rent(BlockSize);
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var rest = entry.Length;
            int read;
            while ((read = stream.Read(block, 0, BlockSize)) > 0)
            {
                cancellation.ThrowIfCancellationRequested();
                rest -= read;
                if (rest < 0)
                {
                    return false; // longer than disclosed; how much longer does not matter
                }

                hash.AppendData(block, 0, read);
            }

            return rest == 0 && new Digest(hash.GetHashAndReset()) == entry.Content;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    /// <summary>
    /// All disclosed paths differ and were opened, so equal numbers mean that nothing else is there. Only otherwise
    /// is it worth memory to say what.
    /// </summary>
    private void CheckNothingElse(CancellationToken cancellation)
    {
        var there = package.DataFiles().LongCount();
        if (there == _found)
        {
            return;
        }

        var disclosed = new HashSet<Digest>();
        Walk(_ => { }, (path, _) => disclosed.Add(Digest.Of(path.Span)));
        var named = false;
        foreach (var path in package.DataFiles())
        {
            cancellation.ThrowIfCancellationRequested();
            if (!disclosed.Remove(Digest.Of(path.Span)))
            {
                named = true;
                report(Finding.Error(Codes.ProofFileExtra, ProofFile.DataFolder + EntryName.OfBytes(path.Span).Display));
            }
        }

        if (!named && there > _found)
        {
            report(Finding.Error(Codes.ProofFileExtra, subject));
        }
    }
}
