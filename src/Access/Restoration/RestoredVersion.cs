using Lantai.Access.Interop;
using Lantai.Access.Packages;
using Lantai.Access.Proofs;
using Lantai.ArchivalStorage;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Access.Restoration;

/// <summary>One version on its way out: into a folder under a name that nobody takes for the finished one, then under its own.</summary>
/// <remarks>spec/formats/proof.md, for the folder with proofs. For one version at a time.</remarks>
internal sealed class RestoredVersion(Vault vault, ContentReader reader, RestorationRequest request, TimeProvider time, Action<long>? progress)
{
    private readonly VaultHoldings _judge = new(vault);
    private readonly List<Finding> _findings = [];
    private readonly List<StoredName> _names = [];
    private long _files;
    private long _folders;
    private long _bytes;

    public async Task<RestorationOutcome> MakeAsync(RestorationItem item, CancellationToken cancellation)
    {
        var path = Path.Combine(request.Folder, RestorationName.Of(item.Submission, item.Aip, item.Version));
        if (Path.Exists(path))
        {
            return new RestorationOutcome(item, path, RestorationState.Present, 0, 0, 0, []);
        }

        var part = path + Dissemination.PartSuffix;
        UnfinishedPackage.Remove(part); // of a run that was killed
        UnfinishedPackage.Remove(path + RestorationOutcome.IncompleteSuffix);
        var isOver = false;
        try
        {
            await WriteAsync(item, part, path, cancellation).ConfigureAwait(false);
            var isWhole = !_findings.Any(f => f.Severity == Severity.Error);
            path += isWhole ? "" : RestorationOutcome.IncompleteSuffix;
            Directory.Move(part, path);
            isOver = true;
            return new RestorationOutcome(item, path, isWhole ? RestorationState.Whole : RestorationState.Incomplete, _files, _folders, _bytes, _findings);
        }
        finally
        {
            if (!isOver)
            {
                UnfinishedPackage.Remove(part);
            }
        }
    }

    private async Task WriteAsync(RestorationItem item, string part, string path, CancellationToken cancellation)
    {
        using var target = new FolderTarget(part);
        try
        {
            if (AipVersion.Open(new ReaderHoldings(reader, vault), item.Manifest, _findings) is not { } version)
            {
                return;
            }

            if (version.Manifest.Aip != item.Aip || version.Manifest.Version != item.Version)
            {
                _findings.Add(Finding.Error(Codes.ManifestPredecessor, version.Subject));
                return;
            }

            WriteData(version, target, cancellation);
            await WriteProofAsync(item, version, target, path, cancellation).ConfigureAwait(false);
        }
        catch (MalformedManifestException problem)
        {
            _findings.Add(problem.Finding);
        }
        catch (StorageException problem) when (FindingOf(problem) is { } finding)
        {
            _findings.Add(finding); // the manifest, or the event that the proof is about
        }
    }

    private void WriteData(AipVersion version, FolderTarget target, CancellationToken cancellation)
    {
        var fit = new NameFit(target);
        foreach (var (index, entry, _) in version.Entries())
        {
            cancellation.ThrowIfCancellationRequested();
            var (place, isOwn) = fit.Place(index, entry);
            if (!isOwn)
            {
                _names.Add(new StoredName(StoredName.For(index), entry.Name));
            }

            if (entry.Kind == EntryKind.Folder)
            {
                target.AddFolder(place);
                _folders++;
            }
            else
            {
                WriteFile(version, entry, place, target, cancellation);
            }
        }

        if (_files + _folders < version.Manifest.Entries && _findings.Count == 0)
        {
            _findings.Add(Finding.Error(Codes.ManifestCounts, version.Subject));
        }
    }

    private void WriteFile(AipVersion version, ManifestEntry entry, EntryName place, FolderTarget target, CancellationToken cancellation)
    {
        using var file = new RestoredFile(target, place, entry);
        try
        {
            reader.Read(entry.Content!.Value, file.Write, cancellation);
            file.End();
            (_files, _bytes) = (_files + 1, _bytes + entry.Length);
            progress?.Invoke(entry.Length);
        }
        catch (ContentDiffersException problem)
        {
            _findings.Add(problem.Finding);
        }
        catch (StorageException problem) when (FindingOf(problem) is { } cause)
        {
            _findings.Add(cause);
            _findings.Add(Finding.Error(AccessCodes.NotRestored, version.Subject, ("path", entry.Name.Display), ("cause", cause.Code)));
        }
    }

    private async Task WriteProofAsync(RestorationItem item, AipVersion version, FolderTarget target, string path, CancellationToken cancellation)
    {
        var isWhole = _findings.Count == 0;
        if (_names.Count > 0)
        {
            _findings.Add(Finding.Information(AccessCodes.NamesReplaced, version.Subject, ("count", _names.Count)));
        }

        if (request.Evidence is { } evidence && isWhole)
        {
            if (Survey.Make(version, new Selection([]), _findings, cancellation) is { } survey)
            {
                var proof = new ProofFile(survey.Scope, request.Origin, version.Root.ToArray(), evidence(item.Sequence), time.GetUtcNow(), survey.Entries);
                var page = new ProofPage(version, survey, proof, item.Sequence, Path.GetFileName(path));
                await new ProofWriter(version, survey, proof, target).WriteAsync(page, cancellation).ConfigureAwait(false);
            }
        }
        else if (_names.Count > 0)
        {
            await target.AddFileAsync(EntryName.OfText(ProofFile.NamesPath), null, null, async stream =>
            {
                foreach (var name in _names)
                {
                    await stream.WriteAsync((byte[])[.. name.ToBytes(), (byte)'\n'], cancellation).ConfigureAwait(false);
                }
            }).ConfigureAwait(false);
        }
    }

    /// <summary>What a failure says of stored bytes; null when it is the world's and the run must end.</summary>
    private Finding? FindingOf(StorageException problem) => _judge.Judge(problem)
        ?? (problem.Problem == StorageProblem.ReadFailed
            ? Finding.Error(AccessCodes.Unreadable, problem.Path, ("cause", problem.InnerException?.Message ?? problem.Message))
            : null);

    private sealed class ReaderHoldings(ContentReader reader, Vault vault) : IHoldings
    {
        public byte[] ReadManifest(Digest digest) => reader.ReadManifest(digest);

        public Stream OpenContent(Digest content) => vault.OpenContent(content);

        public Finding? Judge(IOException problem) => null;
    }
}
