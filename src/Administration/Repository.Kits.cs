using Lantai.ArchivalStorage;
using Lantai.Inspection;
using Lantai.RecordsManagement;

namespace Lantai.Administration;

/// <content>Kits for those who build or run source systems.</content>
public sealed partial class Repository
{
    /// <summary>Writes the kit of a source system: what it needs to learn of a package, before it is sent, what this archive would say.</summary>
    /// <param name="source">Its id.</param>
    /// <param name="policies">Files of format policies that are laid over the built-in one, in order, as texts.</param>
    /// <param name="target">Where to.</param>
    /// <param name="stop">Stops the work; what was written then is no kit.</param>
    /// <returns>How many documents of registers it holds; null when the source was not entered, and nothing was written.</returns>
    /// <exception cref="StorageException">The log key is not at hand.</exception>
    /// <exception cref="IOException">The target failed.</exception>
    public long? WriteKit(string source, IReadOnlyList<string> policies, Stream target, CancellationToken stop)
    {
        if (_signer is null)
        {
            throw new StorageException(StorageProblem.KeyMissing, new KeyStore(_settings.KeyFolder).PathOf(Vault.Descriptor.Store));
        }

        var views = Views();
        if (RegisterQuestions.Source(views, source) is not { } known)
        {
            return null;
        }

        var (schemes, point) = (Inspections.Schemes, RunPoint.AgencyArchiving);
        var header = new KitHeader(
            Vault.Descriptor.Store, Vault.Descriptor.Origin, source, StoreFormat.StoreTime.Cut(_settings.Time.GetUtcNow()), Volatile.Read(ref _catalogued), schemes.InForce(point))
        {
            OfCategories = schemes.OfCategories(point),
            Software = _settings.Actor.Software,
            Formats = Formats.Source,
            Policies = policies,
            Key = _signer.Verifier.ToString(),
        };
        return KitWriter.Write(target, header, views, known, _signer, stop);
    }
}
