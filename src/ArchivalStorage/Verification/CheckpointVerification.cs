using System.Text;
using Lantai.Evidence;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <summary>Holds checkpoint, tiles and keys against the leaves.</summary>
/// <remarks>spec/formats/checkpoint.md, "Reader MUST".</remarks>
internal static class CheckpointVerification
{
    /// <summary>Gives the key that signed and was accepted, as text.</summary>
    public static string? Run(IDisk disk, StoreDescriptor descriptor, VerifiedLog log, Vault? vault, VerificationRequest request, FindingSink found)
    {
        var rotations = KeyHistory.Read(vault?.Rotations() ?? []);
        var stated = ReadStatedKey(disk, found);
        var expected = request.Expected;
        if (expected is null)
        {
            expected = FirstKey(vault) ?? stated;
            found.Add(Finding.Information(Codes.KeySelfAsserted, StoreLayout.VerifierKey, ("key", expected?.ToString() ?? "")));
        }

        IReadOnlyList<VerifierKey> accepted = expected is null ? [] : KeyHistory.Leads(expected, descriptor.Origin, rotations);
        if (stated is not null && accepted.Count > 0 && accepted[^1] != stated)
        {
            found.Add(Finding.Error(Codes.VerifierKeyBad, StoreLayout.VerifierKey));
        }

        if (!disk.Exists(StoreLayout.Checkpoint) || !SignedNote.TryParse(LedgerFiles.Small(disk, StoreLayout.Checkpoint), out var note)
            || !Checkpoint.TryRead(note.Text, out var checkpoint) || checkpoint.Origin != descriptor.Origin)
        {
            found.Add(Finding.Error(Codes.CheckpointForm, StoreLayout.Checkpoint));
            return null;
        }

        if (checkpoint.ToText() != note.Text || !note.ToBytes().AsSpan().SequenceEqual(LedgerFiles.Small(disk, StoreLayout.Checkpoint)))
        {
            found.Add(Finding.Error(Codes.CheckpointForm, StoreLayout.Checkpoint));
        }

        // Lines of other names are witnesses' and are ignored. A line under the log's own name must be true: one bad line
        // beside a good one is damage all the same.
        var signer = accepted.LastOrDefault(k => k.Verifies(note));
        if (signer is null || note.Signatures.Any(s => s.Name == descriptor.Origin && !accepted.Any(k => k.Verifies(new SignedNote(note.Text, [s])))))
        {
            found.Add(Finding.Error(Codes.CheckpointSignature, StoreLayout.Checkpoint, ("key", expected?.ToString() ?? "")));
        }

        CheckRoot(disk, log, checkpoint, found);
        CheckOutside(log, checkpoint, request, accepted, found);
        return signer?.ToString();
    }

    private static void CheckRoot(IDisk disk, VerifiedLog log, Checkpoint checkpoint, FindingSink found)
    {
        if (checkpoint.Size > log.Size)
        {
            found.Add(Finding.Error(Codes.CheckpointBeyond, StoreLayout.Checkpoint, ("size", checkpoint.Size), ("ledger", log.Size)));
            return;
        }

        if (RootAt(log, checkpoint.Size) != checkpoint.Root)
        {
            found.Add(Finding.Error(Codes.CheckpointRoot, StoreLayout.Checkpoint, ("size", checkpoint.Size)));
        }

        CheckTiles(disk, log, checkpoint.Size, found);
    }

    private static void CheckTiles(IDisk disk, VerifiedLog log, long size, FindingSink found)
    {
        using var leaves = LedgerFiles.Leaves(disk, 0).Take(checked((int)size)).GetEnumerator();
        var expected = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tile in Tile.ForSize(checked((ulong)size)).OrderBy(t => t.Level).ThenBy(t => t.Index))
        {
            var path = StoreLayout.Ledger + "/" + tile.Path;
            _ = expected.Add(path);
            var bytes = tile.Level < 0 ? Bundle(leaves, tile) : Hashes(log, tile);
            if (!disk.Exists(path))
            {
                found.Add(Finding.Error(Codes.TileMissing, path));
            }
            else if (!LedgerFiles.Bytes(disk, path).AsSpan().SequenceEqual(bytes))
            {
                found.Add(Finding.Error(Codes.TileDiffers, path));
            }
        }

        foreach (var stranger in disk.List(StoreLayout.Tiles).Where(p => !expected.Contains(p)))
        {
            found.Add(Finding.Information(Codes.RootStranger, stranger));
        }
    }

    private static byte[] Hashes(VerifiedLog log, Tile tile)
    {
        var bytes = new byte[tile.Width * Digest.Size];
        for (var i = 0; i < tile.Width; i++)
        {
            log.Nodes[(tile.Level * 8, (tile.Index * 256) + (ulong)i)].CopyTo(bytes.AsSpan(i * Digest.Size));
        }

        return bytes;
    }

    private static byte[] Bundle(IEnumerator<StoredLeaf> leaves, Tile tile)
    {
        var entries = new List<ReadOnlyMemory<byte>>();
        while (entries.Count < tile.Width && leaves.MoveNext())
        {
            entries.Add(leaves.Current.Bytes);
        }

        return EntryBundle.Write(entries);
    }

    /// <summary>An earlier checkpoint from outside: the one thing that shows a rewritten ledger.</summary>
    private static void CheckOutside(
        VerifiedLog log, Checkpoint current, VerificationRequest request, IReadOnlyList<VerifierKey> accepted, FindingSink found)
    {
        if (request.Checkpoint is not { } note)
        {
            return;
        }

        if (!Checkpoint.TryRead(note.Text, out var earlier) || earlier.Origin != current.Origin)
        {
            found.Add(Finding.Error(Codes.CheckpointForm, "checkpoint"));
            return;
        }

        if (!accepted.Any(k => k.Verifies(note)))
        {
            found.Add(Finding.Error(Codes.CheckpointSignature, "checkpoint", ("key", request.Expected?.ToString() ?? "")));
        }

        if (earlier.Size > log.Size || RootAt(log, earlier.Size) != earlier.Root)
        {
            found.Add(Finding.Error(Codes.CheckpointFork, "checkpoint", ("size", earlier.Size), ("ledger", log.Size)));
        }
    }

    private static Digest RootAt(VerifiedLog log, long size)
    {
        var range = new CompactRange();
        for (var i = 0UL; i < (ulong)size; i++)
        {
            range.Append(log.Nodes[(0, i)]);
        }

        return range.Root();
    }

    private static VerifierKey? ReadStatedKey(IDisk disk, FindingSink found)
    {
        var text = disk.Exists(StoreLayout.VerifierKey) ? Encoding.UTF8.GetString(LedgerFiles.Small(disk, StoreLayout.VerifierKey)) : "";
        if (text.EndsWith('\n') && VerifierKey.TryParse(text[..^1], out var key))
        {
            return key;
        }

        found.Add(Finding.Error(Codes.VerifierKeyBad, StoreLayout.VerifierKey));
        return null;
    }

    private static VerifierKey? FirstKey(Vault? vault) =>
        VerifierKey.TryParse(vault?.ReadEvents(0).FirstOrDefault()?.Detail?.Body.Text("vkey"), out var key) ? key : null;
}
