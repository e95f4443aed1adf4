using System.Text;
using Lantai.Evidence;
using Lantai.Evidence.National;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <content>The key of SM2 whose line stands in checkpoints behind the log key's, where the store has one.</content>
public sealed partial class Vault
{
    private Sm2NoteSigner? _sm2;

    /// <summary>Who signs a checkpoint, in the order of the lines.</summary>
    private IReadOnlyList<INoteSigner> Signers => _sm2 is null ? [_signer!] : [_signer!, _sm2];

    /// <summary>Signs a statement of this store by its log key, and by its key of SM2 where it has one at hand.</summary>
    /// <param name="text">Ends in a newline and has no other control character; says in its first line what it is, so that it is taken for nothing else.</param>
    /// <exception cref="StorageException">The log key is not at hand.</exception>
    public SignedNote Sign(string text)
    {
        lock (_commit)
        {
            ThrowIfStopped();
            return new SignedNote(text, [.. Signers.Select(s => s.Sign(text))]);
        }
    }

    /// <summary>The verifier key of SM2 that the store itself names: for information, never as proof. Empty when there is none.</summary>
    public string StatedSm2Key => Disk.Exists(StoreLayout.Sm2VerifierKey)
        ? Encoding.UTF8.GetString(LedgerFiles.Small(Disk, StoreLayout.Sm2VerifierKey)).Trim()
        : "";

    /// <summary>The key of SM2 that a checkpoint over so many leaves must bear a line by: that of the last good statement under it.</summary>
    /// <param name="size">Size of the tree.</param>
    /// <returns>Null when no key was added before.</returns>
    public Sm2VerifierKey? AddedKey(long size) => Additions().LastOrDefault(a => a.Sequence < size && a.Added is not null).Added;

    /// <summary>The sequences of events that add a key by a statement that is malformed, or not signed by the log key of its time and the key itself.</summary>
    internal IEnumerable<long> BadAdditions() => Additions().Where(a => a.Added is null).Select(a => a.Sequence);

    // Leaves behind a checkpoint are not signed yet: whoever can write to the disk can put a statement there, but not the log key's.
    private List<(long Sequence, Sm2VerifierKey? Added)> Additions()
    {
        var (additions, rotations) = (new List<(long, Sm2VerifierKey?)>(), new List<string>());
        var (current, followed) = ((VerifierKey?)null, -1);
        foreach (var (sequence, type, statement) in Statements())
        {
            if (type == EventTypes.KeyRotated)
            {
                rotations.Add(statement);
                continue;
            }

            if (followed != rotations.Count)
            {
                followed = rotations.Count;
                current = FirstKey() is { } first ? KeyHistory.Leads(first, Descriptor.Origin, KeyHistory.Read(rotations))[^1] : null;
            }

            _ = KeyAddition.TryRead(statement, Descriptor.Origin, current, out var added);
            additions.Add((sequence, added));
        }

        return additions;
    }

    private VerifierKey? FirstKey() => VerifierKey.TryParse(ReadEvents(0).FirstOrDefault()?.Detail?.Body.Text("vkey"), out var key) ? key : null;

    /// <summary>
    /// Adds a key of SM2, or puts it in the place of the one before: a statement signed by it and the log key becomes an event,
    /// and every checkpoint over that event bears its line. The caller keeps the key before.
    /// </summary>
    /// <exception cref="ArgumentException">The key's name is not that of this store's key of SM2.</exception>
    /// <exception cref="StorageException">The log key is missing, or the disk failed.</exception>
    public void AddKey(Sm2NoteSigner added, Actor actor)
    {
        if (added.Verifier.Name != Descriptor.Sm2KeyName)
        {
            throw new ArgumentException($"The key must be called {Descriptor.Sm2KeyName}.", nameof(added));
        }

        lock (_commit)
        {
            ThrowIfStopped();
            var text = KeyAddition.Write(Descriptor.Origin, _signer!.Verifier, added.Verifier);
            var note = new SignedNote(text, [_signer.Sign(text), added.Sign(text)]);
            _ = Commit(new EventDraft(EventTypes.KeyAdded, Descriptor.Store.ToString("D"))
            {
                Body = new JsonMap().Set("statement", Encoding.UTF8.GetString(note.ToBytes())),
            }, actor);
            _sm2 = added;
            Guarded(() =>
            {
                Ledger.Publish(Signers);
                WriteSm2Key(added.Verifier);
            });
        }
    }

    /// <summary>Lets that key of SM2 sign that the ledger names now; finishes an addition whose last step, the root's verifier key, was cut off.</summary>
    private void JudgeAddedKey(IReadOnlyList<Sm2NoteSigner> atHand)
    {
        if (_signer is null || !MayHaveAddedKey())
        {
            return;
        }

        _sm2 = SignerOfCheckpoint(atHand);
        if (_sm2 is not null || AddedKey(Ledger.Size) is not { } current)
        {
            return;
        }

        _sm2 = atHand.FirstOrDefault(k => k.Verifier.Equals(current));
        if (_sm2 is null)
        {
            _findings.Add(Finding.Warning(StorageCodes.FurtherKeyAbsent, StoreLayout.Sm2VerifierKey, ("key", current)));
        }

        if (StatedSm2Key != current.ToString())
        {
            WriteSm2Key(current);
        }
    }

    // A store without such a key is opened without reading its ledger: the root, the checkpoint and the leaves behind it tell.
    private bool MayHaveAddedKey() =>
        Disk.Exists(StoreLayout.Sm2VerifierKey)
        || Ledger.Checkpoint is not { } last
        || (SignedNote.TryParse(LedgerFiles.Small(Disk, StoreLayout.Checkpoint), out var note) && note.Signatures.Any(s => s.Name == Descriptor.Sm2KeyName))
        || IsKeyAddedSince(last.Size);

    // Most openings: the key that the root states signed the checkpoint, and no leaf behind it names another.
    private Sm2NoteSigner? SignerOfCheckpoint(IReadOnlyList<Sm2NoteSigner> atHand) =>
        Ledger.Checkpoint is { } last && !IsKeyAddedSince(last.Size) && SignedNote.TryParse(LedgerFiles.Small(Disk, StoreLayout.Checkpoint), out var note)
            ? atHand.FirstOrDefault(k => k.Verifier.ToString() == StatedSm2Key && k.Verifier.Verifies(note))
            : null;

    private bool IsKeyAddedSince(long size) => Ledger.ReadLeaves(size).Any(l => LedgerEntry.TryRead(l.Bytes, out var leaf) && leaf.Type == EventTypes.KeyAdded);

    private void WriteSm2Key(Sm2VerifierKey key) => Disk.Replace(StoreLayout.Sm2VerifierKey, Encoding.UTF8.GetBytes(key + "\n"));
}
