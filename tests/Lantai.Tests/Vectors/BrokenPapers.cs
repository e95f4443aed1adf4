using System.Text;
using Lantai.Evidence;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Tests.Vectors;

/// <summary>How each code of receipts and proofs is provoked.</summary>
internal static class BrokenPapers
{
    private static readonly Digest Wrong = Digest.Parse(new string('7', 64));

    public static IEnumerable<(string Name, string Note, byte[] Receipt)> Receipts(ValidStore store, byte[] good)
    {
        var receipt = Read(good);
        byte[] Sign(Receipt bent) => bent.Sign(store.Current);
        yield return ("RCP-001-title", "The first line is another.", Bent(store.Current, receipt.ToText().Replace("receipt v1", "receipt v2", StringComparison.Ordinal)));
        yield return ("RCP-001-member", "A member is absent.", Bent(store.Current, receipt.ToText().Replace("\"submission\"", "\"submissiom\"", StringComparison.Ordinal)));
        using var stranger = NoteSigner.Generate(receipt.Origin);
        yield return ("RCP-002-stranger", "Another key of the same name signed.", receipt.Sign(stranger));
        yield return ("RCP-002-text", "The name was changed after signing.", Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(good).Replace("\"submission\":\"case-1\"", "\"submission\":\"case-9\"", StringComparison.Ordinal)));
        yield return ("RCP-003-version", "The receipt claims another version than the record.", Sign(receipt with { Version = receipt.Version + 1 }));
        yield return ("RCP-003-counts", "The receipt counts other files than the record.", Sign(receipt with { Counts = receipt.Counts.ToDictionary(c => c.Key, c => c.Value + 1) }));
        yield return ("RCP-003-salt", "The salt is not the record's.", Sign(receipt with { Evidence = receipt.Evidence with { Salt = Wrong.ToArray() } }));
        yield return ("RCP-004-path", "The audit path leads elsewhere.", Sign(receipt with { Evidence = receipt.Evidence with { Inclusion = [Wrong, .. receipt.Evidence.Inclusion.Skip(1)] } }));
        yield return ("RCP-005-stranger", "Another key signed the checkpoint.", Sign(receipt with { Evidence = receipt.Evidence with { Checkpoint = Resigned(receipt.Evidence.Checkpoint, stranger) } }));
    }

    public static IEnumerable<(string Name, string Note, string Base, Action<StoreImage> Break)> Proofs(ValidStore store)
    {
        const string Whole = "valid/proof-complete";
        const string Part = "valid/proof-partial";
        yield return ("PRF-001-member", "`issued` is absent.", Whole, i => Text(i, "\"issued\"", "\"issuez\""));
        yield return ("PRF-001-absent", "There is no list of entries.", Whole, i => i.Files.Remove(ProofFile.EntriesPath));
        yield return ("PRF-001-count", "An entry is missing from a complete list.", Whole, i => i[ProofFile.EntriesPath] = i[ProofFile.EntriesPath][(Array.IndexOf(i[ProofFile.EntriesPath], (byte)'\n') + 1)..]);
        yield return ("PRF-001-order", "Disclosed entries that fall.", Part, i =>
        {
            var lines = Encoding.UTF8.GetString(i[ProofFile.EntriesPath]).TrimEnd('\n').Split('\n').Reverse();
            i[ProofFile.EntriesPath] = Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
        });
        yield return ("PRF-002-byte", "A byte of a file differs.", Whole, i => i["data/readme.txt"][3] ^= 1);
        yield return ("PRF-002-longer", "A file is one byte longer.", Part, i => i["data/readme.txt"] = [.. i["data/readme.txt"], 0]);
        yield return ("PRF-003-absent", "A disclosed file is absent.", Whole, i => i.Files.Remove("data/readme.txt"));
        yield return ("PRF-004-extra", "A file that no entry discloses.", Part, i => i["data/extra.txt"] = "more\n"u8.ToArray());
        yield return ("PRF-005-complete", "The mtime of an entry was changed.", Whole, i => Entries(i, "2025-12-31", "2025-12-30"));
        yield return ("PRF-005-partial", "The mtime of an entry was changed.", Part, i => Entries(i, "2025-12-31", "2025-12-30"));
        yield return ("PRF-006-root", "A manifest root that is not the record's.", Whole, i => Change(i, p => p with { Manifest = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(p.Manifest).Replace("\"version\":2", "\"version\":3", StringComparison.Ordinal)) }));
        yield return ("PRF-007-salt", "The salt is not the record's.", Whole, i => Change(i, p => p with { Evidence = p.Evidence with { Salt = Wrong.ToArray() } }));
        yield return ("PRF-008-path", "The audit path leads elsewhere.", Whole, i => Change(i, p => p with { Evidence = p.Evidence with { Inclusion = [Wrong, .. p.Evidence.Inclusion.Skip(1)] } }));
        yield return ("PRF-008-size", "`treeSize` is not the checkpoint's.", Whole, i => Change(i, p => p with { Evidence = p.Evidence with { TreeSize = p.Evidence.TreeSize + 1 } }));
        yield return ("PRF-009-stranger", "Another key signed the checkpoint.", Whole, i =>
        {
            using var stranger = NoteSigner.Generate(store.Descriptor.Origin);
            Change(i, p => p with { Evidence = p.Evidence with { Checkpoint = Resigned(p.Evidence.Checkpoint, stranger) } });
        });
        yield return ("PRF-009-rotation", "The rotation that leads to the signing key is absent.", Whole, i => Change(i, p => p with { Evidence = p.Evidence with { Rotations = [] } }));
        yield return ("PRF-009-one-signature", "The rotation statement is not signed by the new key.", Whole, i => Change(i, p =>
        {
            Assert.True(SignedNote.TryParse(Encoding.UTF8.GetBytes(p.Evidence.Rotations[0]), out var note));
            return p with { Evidence = p.Evidence with { Rotations = [Encoding.UTF8.GetString(new SignedNote(note.Text, [note.Signatures[0]]).ToBytes())] } };
        }));
    }

    /// <summary>A package of all entries, or of the chosen ones.</summary>
    public static StoreImage Package(ValidStore store, Func<ManifestEntry, bool>? chosen)
    {
        var image = new StoreImage();
        var (lines, names, count) = (new MemoryStream(), new MemoryStream(), 0);
        var (size, _, nodes) = StoreFormat.SampleLog.Tree([.. store.Entries.Select(e => MerkleTree.LeafHash(e.ToBytes()))]);
        for (var i = 0; i < store.Entries.Count; i++)
        {
            var entry = store.Entries[i];
            if (chosen?.Invoke(entry) == false)
            {
                continue;
            }

            count++;
            lines.Write(chosen is null ? entry.ToBytes() : new ProofEntry(entry.ToBytes(), i, MerkleProof.Inclusion((ulong)i, size, nodes)).ToBytes());
            lines.WriteByte((byte)'\n');
            if (!entry.Name.IsUtf8)
            {
                names.Write(new StoredName(StoredName.For(i), entry.Name).ToBytes());
                names.WriteByte((byte)'\n');
            }

            if (entry.Content is { } digest)
            {
                image[ProofFile.DataFolder + (entry.Name.IsUtf8 ? entry.Name.Display : StoredName.For(i))] = store.Content[digest];
            }
        }

        image[ProofFile.EntriesPath] = lines.ToArray();
        if (names.Length > 0)
        {
            image[ProofFile.NamesPath] = names.ToArray();
        }

        image[ProofFile.Path] = new ProofFile(
            chosen is null ? ProofScope.Complete : ProofScope.Partial, store.Descriptor.Origin, store.ManifestRoot, store.Evidence!,
            new DateTimeOffset(2026, 2, 1, 8, 0, 0, TimeSpan.Zero), count).ToBytes();
        return image;
    }

    private static Receipt Read(byte[] note) =>
        SignedNote.TryParse(note, out var parsed) && Receipt.TryRead(parsed.Text, out var receipt) ? receipt : throw new InvalidOperationException();

    private static byte[] Bent(NoteSigner signer, string text) => new SignedNote(text, [signer.Sign(text)]).ToBytes();

    private static string Resigned(string checkpoint, NoteSigner signer)
    {
        Assert.True(SignedNote.TryParse(Encoding.UTF8.GetBytes(checkpoint), out var note));
        return Encoding.UTF8.GetString(Bent(signer, note.Text));
    }

    private static void Change(StoreImage image, Func<ProofFile, ProofFile> change)
    {
        Assert.True(ProofFile.TryRead(image[ProofFile.Path], out var proof));
        image[ProofFile.Path] = change(proof).ToBytes();
    }

    private static void Text(StoreImage image, string old, string now) =>
        image[ProofFile.Path] = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(image[ProofFile.Path]).Replace(old, now, StringComparison.Ordinal));

    private static void Entries(StoreImage image, string old, string now) =>
        image[ProofFile.EntriesPath] = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(image[ProofFile.EntriesPath]).Replace(old, now, StringComparison.Ordinal));
}
