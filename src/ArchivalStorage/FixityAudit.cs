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
    /// <param name="progress">Told of every few MiB and after each object, by one reader at a time; or null.</param>
    /// <param name="cancellation">Stops before the next object or block: the rest is deferred, and the report is written.</param>
    public FixityReport Run(FixityRequest request, Actor actor, Action<FixityProgress>? progress, CancellationToken cancellation)
    {
        var started = vault.Time.GetUtcNow();
        var clock = vault.Time.GetTimestamp();
        var objects = Inventory();
        var chosen = Choose(objects, request, started);
        var results = objects.Except(chosen).Select(item => new FixityResult(item.Path, item.Kind, FixityState.NotChecked, 0, [])).ToList();
        results.AddRange(new FixityRun(vault, request, chosen, clock, progress, cancellation).Execute());
        var report = new FixityReport(started, vault.Time.GetUtcNow(), results, null);
        return vault.CanAppend ? report with { Sequence = FixityResults.Keep(vault, report, request, actor) } : report;
    }

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

        foreach (var name in vault.SealedPackNames())
        {
            Add(StoreLayout.Pack(name), FixityKind.Pack, null);
        }

        var objects = vault.ReferredObjects();
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
