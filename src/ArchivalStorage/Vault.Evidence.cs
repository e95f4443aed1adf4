using System.Text;
using Lantai.Evidence;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.ArchivalStorage;

/// <content>Evidence that leaves the store: inclusion proofs, checkpoints, key statements.</content>
public sealed partial class Vault
{
    /// <summary>The first event of a store: it needs no epoch before it.</summary>
    internal void AppendFirst(EventDraft draft, Actor actor)
    {
        lock (_commit)
        {
            _epochWritten = true;
            _ = Commit(draft, actor);
        }
    }

    /// <summary>The text of the published checkpoint that covers a sequence. Publishes when none does and this process owns the store.</summary>
    /// <exception cref="StorageException">KeyMissing when a checkpoint is needed and cannot be signed.</exception>
    public string CheckpointOver(long sequence)
    {
        if (Ledger.Checkpoint is not { } last || last.Size <= sequence)
        {
            if (!CanAppend)
            {
                throw new StorageException(StorageProblem.KeyMissing, Disk.Root);
            }

            Publish();
        }

        return Encoding.UTF8.GetString(LedgerFiles.Small(Disk, StoreLayout.Checkpoint));
    }

    /// <summary>Audit path of a leaf in a tree size that a checkpoint has.</summary>
    public IReadOnlyList<Digest> Inclusion(long sequence, long treeSize) => Ledger.Inclusion(sequence, treeSize);

    /// <summary>The verifier key that the store itself names: for information, never as proof.</summary>
    public string StatedVerifierKey => Disk.Exists(StoreLayout.VerifierKey)
        ? Encoding.UTF8.GetString(LedgerFiles.Small(Disk, StoreLayout.VerifierKey)).Trim()
        : "";

    /// <summary>All rotation statements, oldest first, as signed notes.</summary>
    public IReadOnlyList<string> Rotations() => [.. Statements().Where(s => s.Type == EventTypes.KeyRotated).Select(s => s.Statement)];

    /// <summary>All statements about keys, oldest first.</summary>
    private List<(long Sequence, string Type, string Statement)> Statements()
    {
        lock (_statements)
        {
            // Each leaf is looked at once: receipts and packages ask again and again, mostly when there is nothing new.
            foreach (var leaf in _statementsKnownTo < Ledger.Size ? Ledger.ReadLeaves(_statementsKnownTo) : [])
            {
                if ((leaf.Bytes.AsSpan().IndexOf("\"key rotated\""u8) >= 0 || leaf.Bytes.AsSpan().IndexOf("\"key added\""u8) >= 0)
                    && ReadEvent(leaf.Sequence) is { Leaf.Type: EventTypes.KeyRotated or EventTypes.KeyAdded, Detail: { } detail } stored
                    && detail.Body.Text("statement") is { } statement)
                {
                    _statements.Add((leaf.Sequence, stored.Leaf.Type, statement));
                }

                _statementsKnownTo = leaf.Sequence + 1;
            }

            return [.. _statements];
        }
    }

    private readonly List<(long Sequence, string Type, string Statement)> _statements = [];
    private long _statementsKnownTo;

    /// <summary>
    /// Lets only the key sign that the ledger names now: a stale or foreign one leaves the store readable, with a finding.
    /// Finishes a rotation whose last step, the root's verifier key, was cut off.
    /// </summary>
    private void JudgeKey()
    {
        if (_signer is null || Ledger.Size == 0 || (SignedTheCheckpoint(_signer) && !IsRotatedSince(Ledger.Checkpoint!.Size)))
        {
            return;
        }

        if (CurrentKey() is not { } current)
        {
            return; // the event that names it is damaged: its finding is the verification's
        }

        if (current != _signer.Verifier)
        {
            _findings.Add(Finding.Warning(StorageCodes.KeyNotCurrent, StoreLayout.VerifierKey, ("key", current)));
            _signer = null;
        }
        else if (StatedVerifierKey != current.ToString())
        {
            Disk.Replace(StoreLayout.VerifierKey, Encoding.UTF8.GetBytes(current + "\n"));
        }
    }

    // A checkpoint with two of our signatures is that of a rotation: either key could be the old one.
    private bool SignedTheCheckpoint(NoteSigner signer) =>
        Ledger.Checkpoint is not null && SignedNote.TryParse(LedgerFiles.Small(Disk, StoreLayout.Checkpoint), out var note)
        && note.Signatures.Count(s => s.Name == signer.Verifier.Name) == 1 && signer.Verifier.Verifies(note);

    private bool IsRotatedSince(long size) => Ledger.ReadLeaves(size).Any(l => LedgerEntry.TryRead(l.Bytes, out var leaf) && leaf.Type == EventTypes.KeyRotated);

    /// <summary>The key that the ledger names now: the first event's, or the last rotation's. Null when that event cannot be read.</summary>
    public VerifierKey? CurrentKey()
    {
        var text = Rotations() is { Count: > 0 } statements
            ? SignedNote.TryParse(Encoding.UTF8.GetBytes(statements[^1]), out var note) && RotationStatement.TryRead(note.Text, out _, out _, out var latest) ? latest : null
            : ReadEvents(0).FirstOrDefault()?.Detail?.Body.Text("vkey");
        return VerifierKey.TryParse(text, out var key) ? key : null;
    }

    /// <summary>
    /// Replaces the log key: a statement signed by both keys becomes an event, and a checkpoint over it is signed by both.
    /// After that only the new key signs. The caller keeps the new key before and drops the old one after.
    /// </summary>
    /// <exception cref="StorageException">The present key is missing.</exception>
    public void RotateKey(NoteSigner successor, Actor actor)
    {
        lock (_commit)
        {
            ThrowIfStopped();
            var text = RotationStatement.Write(Descriptor.Origin, _signer!.Verifier.ToString(), successor.Verifier.ToString());
            var note = new SignedNote(text, [_signer.Sign(text), successor.Sign(text)]);
            _ = Commit(new EventDraft(EventTypes.KeyRotated, Descriptor.Store.ToString("D"))
            {
                Body = new JsonMap().Set("statement", Encoding.UTF8.GetString(note.ToBytes())),
            }, actor);
            Guarded(() =>
            {
                Ledger.Publish(Signers);
                Ledger.Sign([_signer, successor, .. Signers.Skip(1)]);
                Disk.Replace(StoreLayout.VerifierKey, Encoding.UTF8.GetBytes(successor.Verifier + "\n"));
            });
            _stop ??= new StorageException(StorageProblem.Stopped, StoreLayout.VerifierKey); // this process holds the old key: open again
        }
    }
}
