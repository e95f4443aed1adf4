using Lantai.Evidence;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <content>Opening a store, as its owner or beside it.</content>
public sealed partial class Vault
{
    private const int Attempts = 3;

    /// <summary>Opens a store as its owner and finishes what a crash left.</summary>
    /// <param name="disk">The disk below the root.</param>
    /// <param name="settings">Clock and actor.</param>
    /// <param name="signer">The log key; null to read only: nothing can be appended then.</param>
    /// <exception cref="StorageException">
    /// NotAStore, Locked (another process owns it), or Damaged: the ledger is corrupt and was not touched.
    /// </exception>
    public static Vault Open(IDisk disk, VaultSettings settings, NoteSigner? signer)
    {
        var descriptor = ReadDescriptor(disk);
        var owner = disk.TryLock(StoreLayout.Run + "/lock") ?? throw new StorageException(StorageProblem.Locked, disk.Root);
        Vault? vault = null;
        try
        {
            var ledger = Ledger.Load(disk, descriptor);
            vault = new Vault(disk, descriptor, ledger, settings, signer, owner);
            ledger.Recover();
            vault.LoadPacks();
            vault.RecoverLargeObjects();
            vault.RecoverOpenPacks();
            vault.JudgeKey();
            vault.JudgeAddedKey(settings.Sm2Keys);
            vault.RecoverSealing();
            WaitingRoom.Sweep(disk);
            vault.KeepReserve();
            vault.SealOldAtOpening();
            return vault;
        }
        catch
        {
            vault?._index.Dispose(); // its background work must end before another owner begins
            owner.Dispose();
            throw;
        }
    }

    /// <summary>Opens a store to read what is acknowledged: no lock is taken, nothing is recovered or written.</summary>
    public static Vault OpenReadOnly(IDisk disk, TimeProvider time)
    {
        for (var attempt = 1; ; attempt++)
        {
            // An owner beside us may seal a pack between our look at the ledger and our look at the folder: look again.
            try
            {
                var descriptor = ReadDescriptor(disk);
                var vault = new Vault(disk, descriptor, Ledger.Load(disk, descriptor), new VaultSettings(time, new Actor("", "")), null, null);
                vault.LoadPacks();
                vault.RecoverOpenPacks();
                vault.RecoverSealing();
                if (attempt == Attempts || vault._findings.Count == 0)
                {
                    return vault;
                }

                vault.Dispose();
            }
            catch (StorageException problem) when (problem.Problem == StorageProblem.NotFound && attempt < Attempts)
            {
                // Sealed or published meanwhile: the next attempt sees the new names.
            }
        }
    }

    /// <summary>Reads the descriptor of a store.</summary>
    /// <exception cref="StorageException">NotAStore: absent or not readable by this version.</exception>
    public static StoreDescriptor ReadDescriptor(IDisk disk)
    {
        if (!disk.Exists(StoreLayout.Descriptor))
        {
            throw new StorageException(StorageProblem.NotAStore, disk.Root);
        }

        return StoreDescriptor.TryRead(LedgerFiles.Small(disk, StoreLayout.Descriptor), out var descriptor)
            ? descriptor
            : throw new StorageException(StorageProblem.Damaged, StoreLayout.Descriptor, null, Finding.Error(Codes.DescriptorBad, StoreLayout.Descriptor));
    }

    /// <summary>The hour rule at opening is upkeep: when the disk refuses it, the store still opens and says so.</summary>
    private void SealOldAtOpening()
    {
        if (!CanAppend)
        {
            return;
        }

        try
        {
            SealOld();
        }
        catch (StorageException problem)
        {
            _findings.Add(Finding.Warning(StorageCodes.SealingFailed, problem.Path, ("cause", problem.Problem)));
        }
    }

    private void KeepReserve()
    {
        var size = (int)Math.Min(8 << 20, Descriptor.PackSize / 4);
        if (!Disk.Exists(StoreLayout.Reserve) && Disk.FreeBytes > size * 16L)
        {
            Disk.Replace(StoreLayout.Reserve, new byte[size]);
        }
    }
}
