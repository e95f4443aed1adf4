using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>
/// The fixity check: walks everything that the ledger says is there, least recently verified first, and says of each
/// object one of six states. A run that is cut off leaves the times of what it did: the next due run goes on there.
/// </summary>
/// <param name="vault">The store.</param>
/// <remarks>spec/formats/audit.md. May run beside deposits; one run at a time.</remarks>
public sealed class FixityAudit(Vault vault)
{
    /// <summary>Checks, writes the results below <c>audit/</c>, and appends the run as an event.</summary>
    /// <param name="request">What to check.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="progress">Told after each object, or null.</param>
    /// <param name="cancellation">Stops before the next object or block: the rest is deferred, and the report is written.</param>
    public FixityReport Run(FixityRequest request, Actor actor, Action<FixityProgress>? progress, CancellationToken cancellation)
    {
        var started = vault.Time.GetUtcNow();
        var clock = vault.Time.GetTimestamp();
        var objects = Inventory();
        var chosen = Choose(objects, request, started);
        var (results, bytes, total, stopped) = (new List<FixityResult>(), 0L, chosen.Sum(o => o.Length), false);
        foreach (var item in objects.Except(chosen))
        {
            results.Add(new FixityResult(item.Path, item.Kind, FixityState.NotChecked, 0, []));
        }

        foreach (var item in chosen)
        {
            stopped |= cancellation.IsCancellationRequested || (bytes > 0 && bytes + item.Length > request.ByteBudget) || vault.Time.GetElapsedTime(clock) > request.TimeBudget;
            var result = stopped ? Deferred(item) : CheckOrDefer(item, request, cancellation);
            stopped |= result.State == FixityState.Deferred;
            results.Add(result);
            bytes += result.Bytes;
            if (!stopped)
            {
                vault.FixityTimes.Note(item.Path, result.State == FixityState.Verified ? vault.Time.GetUtcNow() : FixityTimes.KnownBad);
                progress?.Invoke(new FixityProgress(results.Count - (objects.Count - chosen.Count), chosen.Count, bytes, total, item.Path));
            }
        }

        var report = new FixityReport(started, vault.Time.GetUtcNow(), results, null);
        return vault.CanAppend ? report with { Sequence = FixityResults.Keep(vault, report, request, actor) } : report;
    }

    private FixityResult CheckOrDefer(FixityItem item, FixityRequest request, CancellationToken cancellation)
    {
        try
        {
            var result = FixityObject.Check(vault.Disk, vault.Descriptor.Store, item.Path, item.Kind, item.Vouched, request, cancellation);
            return result.State == FixityState.Missing && item.Vouched is { } open && vault.SealedPathOf(open.Pack) is { } path
                ? FixityObject.Check(vault.Disk, vault.Descriptor.Store, path, FixityKind.Pack, null, request, cancellation) // sealed while we walked
                : result;
        }
        catch (OperationCanceledException)
        {
            return Deferred(item);
        }
    }

    private static FixityResult Deferred(FixityItem item) => new(item.Path, item.Kind, FixityState.Deferred, 0, []);

    private List<FixityItem> Choose(IReadOnlyList<FixityItem> objects, FixityRequest request, DateTimeOffset now)
    {
        var due = objects.Where(o => request.DueWithin is not { } within || vault.FixityTimes.Of(o.Path) is not { } last || now - last > within);
        if (request.Sample < 1)
        {
            var all = due.ToArray();
            Random.Shared.Shuffle(all); // which objects are drawn must not be foreseeable by whoever damages them, nor need it be repeatable
            due = all.Take((int)Math.Ceiling(all.Length * request.Sample));
        }

        return [.. due.OrderBy(o => vault.FixityTimes.Of(o.Path) ?? DateTimeOffset.MinValue).ThenBy(o => o.Path, StringComparer.Ordinal)];
    }

    /// <summary>What should be there: by the ledger, not by the folder. What is there beyond it is checked too.</summary>
    private List<FixityItem> Inventory()
    {
        var items = new Dictionary<string, FixityItem>(StringComparer.Ordinal);
        foreach (var vouched in vault.Ledger.Vouched)
        {
            Add(StoreLayout.OpenPack(vouched.Pack), FixityKind.OpenPack, vouched);
        }

        var objects = new HashSet<Guid>();
        foreach (var stored in vault.ReadEvents(0))
        {
            if (stored.Leaf.Type == EventTypes.PackSealed && Digest.TryParse(stored.Leaf.Subject, out var name))
            {
                Add(StoreLayout.Pack(name), FixityKind.Pack, null);
            }

            objects.UnionWith(stored.Record?.Objects ?? []);
        }

        foreach (var path in vault.Disk.List(StoreLayout.Packs).Where(p => Digest.TryParse(Path.GetFileNameWithoutExtension(p), out _)))
        {
            Add(path, FixityKind.Pack, null);
        }

        foreach (var path in vault.Disk.List(StoreLayout.LargeObjects).Where(p => Digest.TryParse(Path.GetFileNameWithoutExtension(p), out _)))
        {
            Add(path, FixityKind.LargeObject, null);
            _ = vault.TryReadLargeId(path) is { } id && objects.Remove(id);
        }

        foreach (var missing in objects)
        {
            Add("large object " + missing.ToString("D"), FixityKind.LargeObject, null);
        }

        return [.. items.Values];

        void Add(string path, FixityKind kind, VouchedPack? vouched)
        {
            // A pack that is being sealed has both names for a moment: the ledger's view at the start counts.
            _ = items.TryAdd(path, new FixityItem(path, kind, vouched, vault.TryLength(path)));
        }
    }
}

/// <summary>An object that a fixity check may look at.</summary>
internal sealed record FixityItem(string Path, FixityKind Kind, VouchedPack? Vouched, long Length);
