using System.Buffers;
using System.Security.Cryptography;
using Lantai.Access.Certificates;
using Lantai.Access.Interop;
using Lantai.Access.Packages;
using Lantai.Access.Proofs;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Access;

/// <summary>
/// Makes dissemination packages: every byte is verified while it leaves, and the proof goes with it. A package lies under
/// its name only when it is whole.
/// </summary>
/// <param name="holdings">Where content comes from.</param>
/// <param name="time">Gives the time of issue.</param>
/// <param name="freeBytes">Free bytes of the file system that holds a folder; null asks the system.</param>
/// <remarks>spec/formats/proof.md. Packages may be made one after the other; a process that is killed leaves a name that ends in <see cref="PartSuffix"/>.</remarks>
public sealed class Dissemination(IHoldings holdings, TimeProvider time, Func<string, long>? freeBytes = null)
{
    /// <summary>How names of packages end that are not finished.</summary>
    public const string PartSuffix = ".lantai-part";

    private const int BlockSize = 1 << 17;
    private const long BytesPerEntry = 4096;

    /// <summary>Makes a package.</summary>
    /// <param name="request">What and where.</param>
    /// <param name="progress">Told of files and bytes written so far, after each file; may be null.</param>
    /// <param name="cancellation">Ends the work; nothing is left behind.</param>
    /// <exception cref="ArgumentException">The evidence is not that of the manifest.</exception>
    /// <exception cref="IOException">The target cannot be written or the store not be read; nothing is left behind.</exception>
    public async Task<DisseminationOutcome> MakeAsync(DisseminationRequest request, Action<long, long>? progress, CancellationToken cancellation)
    {
        if (!EventRecord.TryRead(request.Evidence.RecordJson, out var record) || record.Manifest != request.Manifest)
        {
            throw new ArgumentException("The evidence is about another manifest.", nameof(request));
        }

        var findings = new List<Finding>();
        try
        {
            return await MakeCheckedAsync(request, findings, progress, cancellation).ConfigureAwait(false);
        }
        catch (MalformedManifestException problem)
        {
            findings.Add(problem.Finding);
        }
        catch (ContentDiffersException problem)
        {
            findings.Add(problem.Finding);
        }
        catch (IOException problem) when (holdings.Judge(problem) is { } finding)
        {
            findings.Add(finding);
        }

        return Refused(findings, null, null);
    }

    private async Task<DisseminationOutcome> MakeCheckedAsync(
        DisseminationRequest request, List<Finding> findings, Action<long, long>? progress, CancellationToken cancellation)
    {
        var target = Path.GetFullPath(request.OutPath);
        if (!CanLieThere(target, findings) || AipVersion.Open(holdings, request.Manifest, findings) is not { } version)
        {
            return Refused(findings, null, null);
        }

        var selection = new Selection(request.Patterns);
        if (Survey.Make(version, selection, findings, cancellation) is not { } survey || !IsWorthWriting(version, survey, selection, target, findings))
        {
            return Refused(findings, version, null);
        }

        var part = FormattableString.Invariant($"{target}.{Guid.NewGuid():N}{PartSuffix}");
        var isWhole = false;
        try
        {
            var code = await WriteAsync(request, version, survey, part, findings, progress, cancellation).ConfigureAwait(false);
            Rename(part, target);
            isWhole = true;
            return new DisseminationOutcome(
                target, survey.Scope, version.Manifest.Aip, version.Manifest.Version, survey.Files, survey.Folders, survey.Bytes, findings) { CertificateCode = code };
        }
        finally
        {
            if (!isWhole)
            {
                UnfinishedPackage.Remove(part);
            }
        }
    }

    private static bool CanLieThere(string path, List<Finding> findings)
    {
        if (Path.Exists(path))
        {
            findings.Add(Finding.Error(AccessCodes.TargetExists, path));
        }
        else if (!Directory.Exists(Path.GetDirectoryName(path)))
        {
            findings.Add(Finding.Error(AccessCodes.NoParent, path, ("folder", Path.GetDirectoryName(path) ?? "")));
        }

        return findings.Count == 0;
    }

    private bool IsWorthWriting(AipVersion version, Survey survey, Selection selection, string path, List<Finding> findings)
    {
        if (survey.Entries == 0 && !selection.IsAll)
        {
            findings.Add(Finding.Error(AccessCodes.NothingChosen, version.Subject));
            return false;
        }

        findings.AddRange(selection.Unmatched.Select(pattern => Finding.Warning(AccessCodes.PatternUnmatched, version.Subject, ("pattern", pattern))));
        var needed = survey.Bytes + (survey.Entries * BytesPerEntry) + (version.Root.Length * 4L) + (1 << 20);
        var free = (freeBytes ?? Free)(Path.GetDirectoryName(path) ?? path);
        if (free < needed)
        {
            findings.Add(Finding.Error(AccessCodes.NoSpace, path, ("needed", needed), ("free", free)));
        }

        return free >= needed;
    }

    /// <returns>The verification code of the certificate; null when none was asked for.</returns>
    private async Task<string?> WriteAsync(
        DisseminationRequest request, AipVersion version, Survey survey, string part, List<Finding> findings, Action<long, long>? progress, CancellationToken cancellation)
    {
        var issued = time.GetUtcNow();
        var proof = new ProofFile(survey.Scope, request.Origin, version.Root.ToArray(), request.Evidence, issued, survey.Entries);
        using IPackageTarget package = request.Form switch
        {
            DisseminationForm.Folder => new FolderTarget(part),
            DisseminationForm.Zip => new ZipTarget(part),
            DisseminationForm.Bag => new BagTarget(part, version.Subject, issued),
            var other => throw new ArgumentOutOfRangeException(nameof(request), other, "Not a form."),
        };
        var replaced = await WriteDataAsync(version, survey, package, progress, cancellation).ConfigureAwait(false);
        if (replaced > 0)
        {
            findings.Add(Finding.Information(AccessCodes.NamesReplaced, version.Subject, ("count", replaced)));
        }

        var page = new ProofPage(version, survey, proof, request.Evidence.Sequence, Path.GetFileName(request.OutPath.TrimEnd(Path.DirectorySeparatorChar)));
        var entries = await new ProofWriter(version, survey, proof, package).WriteAsync(page, cancellation).ConfigureAwait(false);
        var code = request.Certificate is { } order ? await new CertificateWriter(order, version, survey, proof, package).WriteAsync(entries, cancellation).ConfigureAwait(false) : null;
        package.Finish();
        return code;
    }

    private async Task<long> WriteDataAsync(
        AipVersion version, Survey survey, IPackageTarget target, Action<long, long>? progress, CancellationToken cancellation)
    {
        var fit = new NameFit(target);
        var (files, bytes, replaced) = (0L, 0L, 0L);
        foreach (var (index, entry, _) in version.Entries().Where(item => survey.IsChosen(item.Index)))
        {
            cancellation.ThrowIfCancellationRequested();
            var (path, isOwn) = fit.Place(index, entry);
            replaced += isOwn ? 0 : 1;
            if (entry.Kind == EntryKind.Folder)
            {
                target.AddFolder(path);
                continue;
            }

            await target.AddFileAsync(path, entry.Modified, entry.Content, stream => CopyAsync(entry, stream, cancellation)).ConfigureAwait(false);
            (files, bytes) = (files + 1, bytes + entry.Length);
            progress?.Invoke(files, bytes);
        }

        return replaced;
    }

    /// <summary>Copies a content and compares what was really written with the entry that the proof will disclose.</summary>
    private async Task CopyAsync(ManifestEntry entry, Stream target, CancellationToken cancellation)
    {
        var block = ArrayPool<byte>.Shared.Rent(BlockSize);
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var content = holdings.OpenContent(entry.Content!.Value);
            await using (content.ConfigureAwait(false))
            {
                var length = 0L;
                int read;
                while ((read = await content.ReadAsync(block.AsMemory(0, BlockSize), cancellation).ConfigureAwait(false)) > 0)
                {
                    hash.AppendData(block, 0, read);
                    length += read;
                    await target.WriteAsync(block.AsMemory(0, read), cancellation).ConfigureAwait(false);
                }

                if (length != entry.Length || new Digest(hash.GetHashAndReset()) != entry.Content)
                {
                    throw new ContentDiffersException(entry);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    private static DisseminationOutcome Refused(List<Finding> findings, AipVersion? version, Survey? survey) => new(
        null, survey?.Scope ?? ProofScope.Partial, version?.Manifest.Aip, version?.Manifest.Version ?? 0, 0, 0, 0, findings);

    private static void Rename(string part, string path)
    {
        if (Directory.Exists(part))
        {
            Directory.Move(part, path);
        }
        else
        {
            File.Move(part, path, overwrite: false);
        }
    }

    private static long Free(string folder) => new DriveInfo(folder).AvailableFreeSpace;
}

/// <summary>The store gave out bytes that are not what the manifest says; caught where the dissemination ends.</summary>
internal sealed class ContentDiffersException(ManifestEntry entry) : IOException("The content of '" + entry.Name.Display + "' differs.")
{
    public Finding Finding { get; } = Finding.Error(AccessCodes.ContentDiffers, entry.Name.Display);
}
