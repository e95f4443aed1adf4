using System.Text;
using Lantai.Evidence;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>Checks the root's own files against the first event.</summary>
/// <remarks>spec/formats/layout.md.</remarks>
internal static class RootVerification
{
    public static bool TryReadDescriptor(IDisk disk, FindingSink found, out StoreDescriptor descriptor)
    {
        descriptor = null!;
        if (!disk.Exists(StoreLayout.Descriptor))
        {
            throw new StorageException(StorageProblem.NotAStore, disk.Root);
        }

        if (StoreDescriptor.TryRead(LedgerFiles.Small(disk, StoreLayout.Descriptor), out descriptor))
        {
            return true;
        }

        found.Add(Finding.Error(Codes.DescriptorBad, StoreLayout.Descriptor));
        return false;
    }

    public static void Run(IDisk disk, Vault? vault, FindingSink found)
    {
        if (vault?.ReadEvents(0).FirstOrDefault() is { Leaf.Type: EventTypes.StoreCreated, Detail: { } detail } && detail.Body.Map("files") is { } files)
        {
            CheckCopies(disk, files, found);
        }

        if (vault is not null)
        {
            CheckPackNames(disk, vault, found);
            CheckResults(disk, vault, found);
        }

        foreach (var path in disk.List("").Where(IsStranger))
        {
            found.Add(Finding.Information(Codes.RootStranger, path));
        }

        if (disk.Exists(StoreLayout.Reserve) && LedgerFiles.Bytes(disk, StoreLayout.Reserve).AsSpan().ContainsAnyExcept((byte)0))
        {
            found.Add(Finding.Error(Codes.ReserveNotZero, StoreLayout.Reserve));
        }
    }

    private static bool IsStranger(string path)
    {
        var parts = path.Split('/');
        var name = Path.GetFileNameWithoutExtension(path);
        return parts[0] switch
        {
            StoreLayout.Packs => !(Digest.TryParse(name, out var pack) && StoreLayout.Pack(pack) == path),
            StoreLayout.LargeObjects => !(Digest.TryParse(name, out var content) && StoreLayout.LargeObject(content) == path),
            StoreLayout.Ledger when parts.Length == 3 && parts[1] == "sealed" => !LedgerSegmentHeader.TryReadName(parts[2], out _, out _),
            _ => !StoreLayout.TopLevel.Contains(parts[0]),
        };
    }

    private static void CheckCopies(IDisk disk, JsonMap files, FindingSink found)
    {
        foreach (var path in files.Members.Keys)
        {
            if (!disk.Exists(path))
            {
                found.Add(Finding.Error(Codes.CopyMissing, path));
            }
            else if (files.Digest(path) != Digest.Of(LedgerFiles.Bytes(disk, path)))
            {
                found.Add(Finding.Error(Codes.CopyDiffers, path));
            }
        }

        foreach (var stranger in disk.List(StoreLayout.Specification).Where(p => files.Text(p) is null))
        {
            found.Add(Finding.Information(Codes.RootStranger, stranger));
        }
    }

    private static void CheckPackNames(IDisk disk, Vault vault, FindingSink found)
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var leaf in vault.Ledger.ReadLeaves(0))
        {
            if (LedgerEntry.TryRead(leaf.Bytes, out var entry) && entry.Type == EventTypes.PackSealed && Digest.TryParse(entry.Subject, out var name))
            {
                _ = named.Add(StoreLayout.Pack(name));
            }
        }

        var present = disk.List(StoreLayout.Packs).Where(p => !IsStranger(p)).ToHashSet(StringComparer.Ordinal);
        foreach (var missing in named.Where(n => !present.Contains(n)))
        {
            found.Add(Finding.Error(Codes.PackMissing, missing));
        }

        foreach (var extra in present.Where(p => !named.Contains(p) && !vault.IsBeingSealed(p)))
        {
            found.Add(Finding.Error(Codes.PackUnlisted, extra));
        }
    }

    private static void CheckResults(IDisk disk, Vault vault, FindingSink found)
    {
        foreach (var stored in vault.ReadEvents(0).Where(e => e.Leaf.Type == EventTypes.FixityCheck))
        {
            if (stored.Detail?.Body is { } body && body.Text("file") is { } file && body.Digest("result") is { } digest)
            {
                if (!disk.Exists(file))
                {
                    found.Add(Finding.Error(Codes.CopyMissing, file));
                }
                else if (Digest.Of(LedgerFiles.Bytes(disk, file)) != digest)
                {
                    found.Add(Finding.Error(Codes.CopyDiffers, file));
                }
            }
        }
    }
}
