using System.Collections.Concurrent;
using Lantai.Evidence;
using Lantai.Evidence.National;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>
/// The store: keeps bytes in packs and large objects under a signed ledger, and gives back nothing but what was kept.
/// </summary>
/// <remarks>
/// Safe for concurrent use: many deposits and readers side by side; commits run one after the other. A failing write
/// or fsync stops all further appends of this vault with the first cause; what was acknowledged before reads back.
/// </remarks>
public sealed partial class Vault : IDisposable
{
    /// <summary>The group of records and of the details of the store's own events.</summary>
    public const string PermanentGroup = "permanent";

    /// <summary>The group of content whose retention is not decided.</summary>
    public const string UnscheduledGroup = "unscheduled";

    private const int MaxOpenPacks = 16;
    private const int MaxOpenHandles = 64;

    private readonly Lock _commit = new();
    private readonly ConcurrentDictionary<string, OpenPack> _lanes = new(StringComparer.Ordinal);
    private readonly List<VouchedPack> _suspects = [];
    private readonly PackTable _packs = new();
    private readonly RecentEvents _recent = new();
    private readonly IDisposable? _owner;
    private readonly Actor _actor;
    private NoteSigner? _signer;
    private readonly PackHandles _handles;
    private volatile DigestIndex _index;
    private bool _epochWritten;
    private StorageException? _stop;

    private Vault(IDisk disk, StoreDescriptor descriptor, Ledger ledger, VaultSettings settings, NoteSigner? signer, IDisposable? owner)
    {
        (Disk, Descriptor, Ledger, Time, _actor, _signer, _owner) = (disk, descriptor, ledger, settings.Time, settings.Actor, signer, owner);
        _index = DigestIndex.Create(disk, writes: false);
        _handles = new PackHandles(disk, MaxOpenHandles);
        AccountIds = _ => null;
    }

    /// <summary>What <c>lantai.json</c> says.</summary>
    public StoreDescriptor Descriptor { get; }

    /// <summary>The disk below the root.</summary>
    public IDisk Disk { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>The ledger.</summary>
    public Ledger Ledger { get; }

    /// <summary>Known account ids by name; a name that is not known gets a new random id.</summary>
    public Func<string, Guid?> AccountIds { get; set; }

    /// <summary>What recovery found when the store was opened: damage that it left alone, and remarks.</summary>
    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>Whether events can be appended: this process owns the store and has its key.</summary>
    public bool CanAppend => _owner is not null && _signer is not null && _stop is null;

    private readonly List<Finding> _findings = [];

    /// <summary>Begins a deposit for one submission.</summary>
    /// <param name="group">Its retention group.</param>
    /// <param name="withSm3">Whether the SM3 of each content is computed too; a store whose descriptor asks for it computes it always.</param>
    /// <exception cref="ArgumentException">The text names no group.</exception>
    /// <exception cref="StorageException">The key is missing, or an earlier failure stopped this vault.</exception>
    public Deposit Begin(string group, bool withSm3 = false)
    {
        if (!PackHeader.IsGroup(group) || group == PermanentGroup)
        {
            throw new ArgumentException($"'{group}' is no retention group.", nameof(group));
        }

        ThrowIfStopped();
        return new Deposit(this, group, withSm3 || Descriptor.KeepsSm3);
    }

    /// <summary>Seals all open packs that hold something. Gives their number.</summary>
    public async Task<int> SealAsync(CancellationToken cancellation)
    {
        var sealedPacks = 0;
        foreach (var group in _lanes.Keys.OrderBy(g => g == PermanentGroup ? 0 : 1).ThenBy(g => g, StringComparer.Ordinal))
        {
            sealedPacks += await SealIfAsync(group, lane => lane.HoldsSomething && HoldsMoreThanBookkeeping(lane), cancellation).ConfigureAwait(false) ? 1 : 0;
        }

        Publish();
        return sealedPacks;
    }

    /// <summary>The end of a command's batch: seals by size of the batch and by age, then publishes.</summary>
    /// <param name="bytesTaken">Bytes that the batch brought in.</param>
    /// <param name="cancellation">Stops between packs.</param>
    public async Task EndBatchAsync(long bytesTaken, CancellationToken cancellation)
    {
        if (bytesTaken > 16 << 20)
        {
            _ = await SealAsync(cancellation).ConfigureAwait(false);
        }
        else
        {
            SealOld();
        }

        Publish();
    }

    /// <summary>Writes tiles and a signed checkpoint over all that was appended.</summary>
    public void Publish()
    {
        if (_signer is null || _owner is null)
        {
            return;
        }

        lock (_commit)
        {
            ThrowIfStopped();
            Guarded(() => Ledger.Publish(Signers));
        }
    }

    /// <summary>Counts what is there.</summary>
    public VaultStatistics Measure()
    {
        var packs = _packs.All.Where(p => p.Sealed is not null).ToList();
        var large = Disk.List(StoreLayout.LargeObjects);
        return new VaultStatistics(
            Ledger.Size, packs.Count, packs.Sum(p => LengthOf(p.Path)), _lanes.Count, _lanes.Values.Sum(l => l.End), large.Count, large.Sum(LengthOf),
            _index.Count, _suspects.Count, Disk.FreeBytes);
    }

    /// <summary>Saves the digest index and gives the store back. A commit that is under way ends first; later ones are refused.</summary>
    public void Dispose()
    {
        lock (_commit)
        {
            SaveIndex();
            _index.Dispose();
            _handles.Dispose();
            _stop ??= new StorageException(StorageProblem.Stopped, Disk.Root);
            foreach (var lane in _lanes.Values)
            {
                lane.Dispose();
            }

            Ledger.Dispose();
            _owner?.Dispose();
        }
    }

    private long LengthOf(string path)
    {
        using var file = Disk.Open(path, DiskAccess.Read);
        return file.Length;
    }

    private void ThrowIfStopped()
    {
        if (_stop is { } cause)
        {
            throw new StorageException(cause.Problem, cause.Path, cause, cause.Finding); // the first cause, also for whoever comes later
        }

        if (_signer is null || _owner is null)
        {
            throw new StorageException(StorageProblem.KeyMissing, Disk.Root);
        }
    }

    /// <summary>Runs a step whose failure leaves memory and disk apart: after it nothing more is appended.</summary>
    private void Guarded(Action step)
    {
        try
        {
            step();
        }
        catch (StorageException problem)
        {
            _stop ??= problem;
            throw;
        }
        catch (Exception problem)
        {
            // A bug or a misuse between memory and disk: what is half done in buffers must never be committed with the next event.
            _stop ??= new StorageException(StorageProblem.Stopped, Disk.Root, problem);
            throw;
        }
    }
}

/// <summary>What a vault needs to know of its process.</summary>
/// <param name="Time">The clock.</param>
/// <param name="Actor">Who acts when the vault itself appends (epoch, sealing).</param>
public sealed record VaultSettings(TimeProvider Time, Actor Actor)
{
    /// <summary>The keys of SM2 at hand: the one that the ledger names signs checkpoints too.</summary>
    public IReadOnlyList<Sm2NoteSigner> Sm2Keys { get; init; } = [];
}
