using System.Buffers.Binary;
using System.Security.Cryptography;
using Lantai.ArchivalStorage;
using Lantai.Containers;
using Lantai.Evidence.National;
using Lantai.InformationPackages;
using Lantai.StoreFormat;
using Lantai.Words;
using EntryKind = Lantai.StoreFormat.EntryKind;

namespace Lantai.Ingest;

/// <summary>Reads every entry of a submission once: the bytes go to the deposit, the facts to the manifest.</summary>
internal sealed class SubmissionReading(
    Deposit deposit, ManifestDraft manifest, ContentDigest content, List<Finding> findings, (long Files, long Bytes) totals, DigestGroup? together,
    SubmissionCharacter? character, PassedCharacters? passed, PassedSm3? passedSm3, Action<IngestProgress>? progress) : IDisposable
{
    /// <summary>Told of every entry that is kept; null when nobody asks.</summary>
    public Action<ManifestEntry>? Met { get; init; }

    /// <summary>What the archive adds, in the order of names; what the submission has under the same name refuses it (ING-023).</summary>
    public IReadOnlyList<AddedFile> Added { get; init; } = [];

    private const int MaxFindings = 1000;
    private const int MostWaiting = 256;
    private const long MostBytesWaiting = 4L << 20;

    private readonly List<(ManifestEntry Entry, ReadContent? Content, CharacterObserver? Character, int? Place)> _waiting = []; // in order

    private readonly List<int> _order = [];
    private int _added;
    private long _files;
    private long _bytes;
    private long _bytesWaiting;

    public async Task ReadAsync(Submission submission, CancellationToken cancellation)
    {
        foreach (var entry in submission.Entries)
        {
            if (findings.Count >= MaxFindings && findings.Any(f => f.Severity == Severity.Error))
            {
                return; // refused already, and the reader has enough to mend
            }

            await AddBeforeAsync(entry.Name, cancellation).ConfigureAwait(false);
            if (await ReadAsync(entry, cancellation).ConfigureAwait(false) is { } read)
            {
                _waiting.Add((read.Entry, read.Content, read.Character, entry.ContainerOrder));
                _bytesWaiting += read.Content?.Length ?? 0;
            }

            if (_waiting.Count >= MostWaiting || _bytesWaiting >= MostBytesWaiting)
            {
                await KeepWaitingAsync(cancellation).ConfigureAwait(false);
            }
        }

        await AddBeforeAsync(null, cancellation).ConfigureAwait(false);
        await KeepWaitingAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Puts what the archive adds in its place among the entries: all that comes before a name, or all that is left.</summary>
    private async Task AddBeforeAsync(EntryName? name, CancellationToken cancellation)
    {
        for (; _added < Added.Count && (name is null || Added[_added].Name <= name); _added++)
        {
            var (path, role, bytes) = Added[_added];
            if (path == name)
            {
                findings.Add(Finding.Error(DoorCodes.NameTaken, path.Display));
                continue;
            }

            await KeepWaitingAsync(cancellation).ConfigureAwait(false);
            var kept = await deposit.KeepAsync(new MemoryStream(bytes, writable: false), bytes.Length, [], cancellation).ConfigureAwait(false);
            var salt = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
            manifest.Add(new ManifestEntry(EntryKind.File, path, salt, bytes.Length, kept.Digest, Digests(kept.Sm3), null, null) { Role = role });
        }
    }

    private static SortedDictionary<string, string> Digests(Sm3Digest? sm3) =>
        sm3 is { } computed ? new(StringComparer.Ordinal) { [Sm3Digest.Algorithm] = computed.ToString() } : new(StringComparer.Ordinal);

    /// <summary>Lets go of what was read and not kept.</summary>
    public void Dispose() => _waiting.ForEach(w => w.Content?.Dispose());

    /// <summary>Keeps the contents that wait, with digests computed side by side, and tells the manifest of all entries in order.</summary>
    private async Task KeepWaitingAsync(CancellationToken cancellation)
    {
        var read = _waiting.Where(w => w.Content is not null).Select(w => w.Content!).ToList();
        var kept = read.Count == 0 ? [] : await deposit.KeepAllAsync(read, together, cancellation).ConfigureAwait(false);
        var next = 0;
        foreach (var (waiting, bytes, observer, place) in _waiting)
        {
            var entry = bytes is null ? waiting : Tell(waiting, kept[next++]);
            entry = observer?.Character is { } found ? character!.Describe(entry, found) : entry;
            content.Add(entry);
            Met?.Invoke(entry);
            manifest.Add(entry);
            if (place is { } order)
            {
                _order.Add(order);
            }
        }

        _waiting.Clear();
        _bytesWaiting = 0;
    }

    /// <summary>Digests the container file and says in what order it held the entries.</summary>
    public async Task<ContainerFacts?> ReadContainerAsync(Submission submission, CancellationToken cancellation)
    {
        if (submission.Container is not { } container)
        {
            return null;
        }

        try
        {
            var stream = submission.OpenContainer();
            await using (stream.ConfigureAwait(false))
            {
                var digest = new Digest(await SHA256.HashDataAsync(stream, cancellation).ConfigureAwait(false));
                return new ContainerFacts(container.Name.Display, container.Length, digest, WriteOrder());
            }
        }
        catch (ContentException problem)
        {
            findings.Add(problem.Finding);
            return null;
        }
    }

    /// <summary>
    /// Keeps the contents of a streamed submission as they pass, before it is known what they are called and belong to;
    /// then lets it judge itself. Its entries are told afterwards, with their digests.
    /// </summary>
    public static async Task PassAsync(
        Deposit deposit, Submission submission, List<Finding> findings, SubmissionCharacter? character, PassedCharacters? passed, PassedSm3? sm3, Action<IngestProgress>? progress, CancellationToken cancellation)
    {
        var (files, bytes) = (0L, 0L);
        foreach (var entry in submission.ReadThrough(findings))
        {
            try
            {
                using var none = new DigestChecks([]);
                var look = character?.Observe(entry.Name);
                var observer = new DigestObserver(none, count => progress?.Invoke(new IngestProgress(files, bytes += count, 0, 0, entry.Name.Display)));
                var stream = entry.OpenRead();
                await using (stream.ConfigureAwait(false))
                {
                    var kept = await deposit.KeepAsync(stream, entry.Length, look is null ? [observer] : [observer, look], cancellation).ConfigureAwait(false);
                    submission.Note(entry, kept.Digest, kept.Length);
                    if (kept.Sm3 is { } digest)
                    {
                        sm3!.Put(entry.ContainerOrder!.Value, digest);
                    }

                    if (look?.Character is { } found)
                    {
                        character!.Tell(found.Findings(entry.Name.Display));
                        passed!.Put(entry.ContainerOrder!.Value, found);
                    }

                    files++;
                }
            }
            catch (ContentException problem)
            {
                findings.Add(problem.Finding); // the container is broken there: nothing more passes
            }
            catch (Exception problem) when (problem is UnauthorizedAccessException or (IOException and not StorageException))
            {
                findings.Add(Finding.Error("ING-002", entry.Name.Display, ("cause", problem.Message)));
                break;
            }
        }

        submission.Conclude(findings);
    }

    /// <summary>Reads an entry: a short content waits for its digest, a longer one is kept at once. Null when something is wrong with it.</summary>
    private async ValueTask<(ManifestEntry Entry, ReadContent? Content, CharacterObserver? Character)?> ReadAsync(SubmissionEntry entry, CancellationToken cancellation)
    {
        var salt = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var modified = entry.Modified is { } time ? StoreTime.Cut(time) : (DateTimeOffset?)null;
        if (entry.Kind == InformationPackages.EntryKind.Folder)
        {
            return (new ManifestEntry(EntryKind.Folder, entry.Name, salt, 0, null, new Dictionary<string, string>(), null, modified), null, null);
        }

        if (entry.Content is { } digest)
        {
            _files++;
            var file = new ManifestEntry(EntryKind.File, entry.Name, salt, entry.Length ?? 0, digest, FurtherDigests(entry, passedSm3?.Take(entry.ContainerOrder!.Value)), null, modified);
            return (passed?.Take(entry.ContainerOrder!.Value) is { } known ? character!.Describe(file, known.Format, known.Map) : file, null, null);
        }

        ReadContent? read = null;
        var isGood = false;
        try
        {
            using var checks = new DigestChecks(entry.Declared);
            var look = character?.Observe(entry.Name);
            var bytes = new DigestObserver(checks, count => Tell(count, entry.Name));
            IByteObserver[] observers = look is null ? [bytes] : [bytes, look];
            KeptContent? kept = null;
            var stream = entry.OpenRead();
            await using (stream.ConfigureAwait(false))
            {
                if (entry.Length <= Deposit.Short)
                {
                    read = deposit.Read(stream, entry.Length.Value, observers, cancellation);
                }
                else
                {
                    await KeepWaitingAsync(cancellation).ConfigureAwait(false); // what lies together is kept in the order of the entries
                    kept = await deposit.KeepAsync(stream, entry.Length, observers, cancellation).ConfigureAwait(false);
                }
            }

            isGood = IsAsDeclared(entry, checks);
            return isGood
                ? (new ManifestEntry(EntryKind.File, entry.Name, salt, read?.Length ?? kept!.Length, kept?.Digest, FurtherDigests(entry, kept?.Sm3), null, modified), read, look)
                : null;
        }
        catch (ContentException problem)
        {
            findings.Add(problem.Finding);
            return null;
        }
        catch (Exception problem) when (problem is UnauthorizedAccessException or (IOException and not StorageException))
        {
            findings.Add(Finding.Error("ING-002", entry.Name.Display, ("cause", problem.Message)));
            return null;
        }
        finally
        {
            if (!isGood)
            {
                read?.Dispose();
            }
        }
    }

    /// <summary>After reading: whether the digests are as declared, and the file as it was at opening. Says what is not.</summary>
    private bool IsAsDeclared(SubmissionEntry entry, DigestChecks checks)
    {
        _files++;
        Tell(0, entry.Name);
        var wrong = checks.Finish(entry.Name.Display);
        findings.AddRange(wrong);
        if (entry.CheckUnchanged() is { } changed)
        {
            findings.Add(changed);
            return false;
        }

        return wrong.Count == 0;
    }

    /// <summary>Digests that were declared and now verified, but for SHA-256, which every entry has; and the SM3, when it is wanted.</summary>
    private static SortedDictionary<string, string> FurtherDigests(SubmissionEntry entry, Sm3Digest? sm3)
    {
        var digests = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var declared in entry.Declared.Where(d => d.Algorithm.Name != "sha256"))
        {
            digests[declared.Algorithm.Name] = Convert.ToHexStringLower(declared.Bytes.Span);
        }

        if (sm3 is { } computed)
        {
            digests[Sm3Digest.Algorithm] = computed.ToString();
        }

        return digests;
    }

    /// <summary>The entry of a content whose digests were computed with those of others.</summary>
    private static ManifestEntry Tell(ManifestEntry entry, KeptContent kept) => kept.Sm3 is { } sm3
        ? entry with { Content = kept.Digest, Digests = new SortedDictionary<string, string>(entry.Digests.ToDictionary(), StringComparer.Ordinal) { [Sm3Digest.Algorithm] = sm3.ToString() } }
        : entry with { Content = kept.Digest };

    private void Tell(int count, EntryName current)
    {
        _bytes += count;
        progress?.Invoke(new IngestProgress(_files, _bytes, totals.Files, totals.Bytes, current.Display));
    }

    private string? WriteOrder()
    {
        if (_order.Zip(_order.Skip(1)).All(pair => pair.First < pair.Second))
        {
            return null;
        }

        // Places are counted among the entries that are kept: folders known by their content have none.
        var (places, at) = (_order.ToArray(), new int[_order.Count]);
        for (var i = 0; i < at.Length; i++)
        {
            at[i] = i;
        }

        Array.Sort(places, at);
        var bytes = new byte[_order.Count * 4];
        for (var place = 0; place < at.Length; place++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at[place] * 4), place);
        }

        return Convert.ToBase64String(bytes);
    }
}
