using Lantai.Access.Interop;
using Lantai.Access.Packages;
using Lantai.Access.Proofs;
using Lantai.ArchivalStorage;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Access.Restoration;

/// <summary>One version on its way out: into a folder under a name that nobody takes for the finished one, then under its own.</summary>
/// <remarks>spec/formats/proof.md, for the folder with proofs. Begun once, then ended when none of its files waits any more.</remarks>
internal sealed class RestoredVersion(
    Vault vault, ContentReader reader, RestorationRequest request, TimeProvider time, Action<long>? progress, RestorationItem item) : IDisposable
{
    private readonly string _path = Path.Combine(request.Folder, RestorationName.Of(item.Submission, item.Aip, item.Version));
    private readonly VaultHoldings _judge = new(vault);
    private readonly List<Finding> _findings = [];
    private readonly List<StoredName> _names = [];
    private FolderTarget? _target;
    private AipVersion? _version;
    private bool _isBegun;
    private long _files;
    private long _folders;
    private long _bytes;

    /// <summary>How many of its files wait to be verified and written.</summary>
    public int Waiting { get; set; }

    private string Subject => FormattableString.Invariant($"{item.Aip:D}@{item.Version}");

    private string Part => _path + Dissemination.PartSuffix;

    /// <summary>Makes its folder and gives its files out; those that wait for others are told by <see cref="Waiting"/>.</summary>
    /// <exception cref="IOException">The target cannot be written, or the store's disk failed as a whole.</exception>
    public void Begin(RestoredFiles files, CancellationToken cancellation)
    {
        if (Path.Exists(_path))
        {
            return;
        }

        UnfinishedPackage.Remove(Part); // of a run that was killed
        UnfinishedPackage.Remove(_path + RestorationOutcome.IncompleteSuffix);
        _isBegun = true;
        _target = new FolderTarget(Part);
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

            WriteData(version, _target, files, cancellation);
            _version = version;
        }
        catch (IOException problem) when (FindingOf(problem) is { } finding)
        {
            _findings.Add(finding); // the manifest
        }
    }

    /// <summary>Ends it: the proof, then its name.</summary>
    /// <exception cref="IOException">The target cannot be written, or the store's disk failed as a whole.</exception>
    public async Task<RestorationOutcome> EndAsync(CancellationToken cancellation)
    {
        if (!_isBegun)
        {
            return new RestorationOutcome(item, _path, RestorationState.Present, 0, 0, 0, []);
        }

        if (_version is not null)
        {
            await EndDataAsync(_version, _target!, cancellation).ConfigureAwait(false);
        }

        var isWhole = !_findings.Any(f => f.Severity == Severity.Error);
        var path = _path + (isWhole ? "" : RestorationOutcome.IncompleteSuffix);
        _target!.Dispose();
        Directory.Move(Part, path);
        _isBegun = false;
        return new RestorationOutcome(item, path, isWhole ? RestorationState.Whole : RestorationState.Incomplete, _files, _folders, _bytes, _findings);
    }

    /// <summary>Writes a file whose bytes were verified.</summary>
    /// <exception cref="IOException">The target cannot be written.</exception>
    public void WriteFile(ManifestEntry entry, EntryName place, ReadOnlyMemory<byte> verified)
    {
        using var file = new RestoredFile(_target!, place, entry);
        file.Write(verified);
        End(file, entry);
    }

    /// <summary>Reads a file's content, verifying it, and writes it.</summary>
    /// <param name="entry">Its entry.</param>
    /// <param name="place">Its path in the package.</param>
    /// <param name="cancellation">Stops between the pieces of a large object.</param>
    /// <exception cref="IOException">The target cannot be written, or the store's disk failed as a whole.</exception>
    public void ReadFile(ManifestEntry entry, EntryName place, CancellationToken cancellation)
    {
        using var file = new RestoredFile(_target!, place, entry);
        try
        {
            reader.Read(entry.Content!.Value, file.Write, cancellation);
            End(file, entry);
        }
        catch (StorageException problem) when (FindingOf(problem) is { } cause)
        {
            _findings.Add(cause);
            _findings.Add(Finding.Error(AccessCodes.NotRestored, Subject, ("path", entry.Name.Display), ("cause", cause.Code)));
        }
    }

    /// <summary>Removes what did not become whole.</summary>
    public void Dispose()
    {
        if (_isBegun)
        {
            _isBegun = false;
            _target?.Dispose();
            UnfinishedPackage.Remove(Part);
        }
    }

    private void WriteData(AipVersion version, FolderTarget target, RestoredFiles files, CancellationToken cancellation)
    {
        var fit = new NameFit(target);
        foreach (var (index, entry, _) in version.Entries().Where(e => e.Entry.Role is null)) // what is given back is what was submitted
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
                files.Add(this, entry, place, cancellation);
            }
        }
    }

    private void End(RestoredFile file, ManifestEntry entry)
    {
        try
        {
            file.End();
            (_files, _bytes) = (_files + 1, _bytes + entry.Length);
            progress?.Invoke(entry.Length);
        }
        catch (ContentDiffersException problem)
        {
            _findings.Add(problem.Finding);
        }
    }

    private async Task EndDataAsync(AipVersion version, FolderTarget target, CancellationToken cancellation)
    {
        if (_files + _folders < version.Manifest.Entries && _findings.Count == 0)
        {
            _findings.Add(Finding.Error(Codes.ManifestCounts, version.Subject));
        }

        try
        {
            await WriteProofAsync(version, target, cancellation).ConfigureAwait(false);
        }
        catch (IOException problem) when (FindingOf(problem) is { } finding)
        {
            _findings.Add(finding); // the event that the proof is about
        }
    }

    private async Task WriteProofAsync(AipVersion version, FolderTarget target, CancellationToken cancellation)
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
                var page = new ProofPage(version, survey, proof, item.Sequence, Path.GetFileName(_path));
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
    private Finding? FindingOf(IOException problem) => problem switch
    {
        MalformedManifestException manifest => manifest.Finding,
        StorageException { Problem: StorageProblem.ReadFailed, Finding: null } failed =>
            Finding.Error(AccessCodes.Unreadable, failed.Path, ("cause", failed.InnerException?.Message ?? failed.Message)),
        StorageException stored => _judge.Judge(stored),
        _ => null,
    };

    private sealed class ReaderHoldings(ContentReader reader, Vault vault) : IHoldings
    {
        public byte[] ReadManifest(Digest digest) => reader.ReadManifest(digest);

        public Stream OpenContent(Digest content) => vault.OpenContent(content);

        public Finding? Judge(IOException problem) => null;
    }
}
