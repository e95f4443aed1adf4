using System.Text.Json;
using Lantai.Evidence;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Tests.Vectors;

/// <summary>Makes all vectors anew. Their random parts change, so this is done only when the bytes of a format do.</summary>
public sealed class VectorRenewal
{
    [Fact]
    public async Task Vectors_are_made_anew_when_asked_for()
    {
        if (Environment.GetEnvironmentVariable("LANTAI_RENEW") != "1")
        {
            Assert.Skip("Vectors are made once and kept; LANTAI_RENEW=1 makes them anew.");
        }

        // Made elsewhere first: when that fails, the old vectors are still there.
        var folder = Directory.CreateTempSubdirectory("lantai-renewal-").FullName;
        using var store = new ValidStore(folder);
        await store.Make();
        var image = StoreImage.Load(folder);
        Directory.Delete(folder, recursive: true);
        foreach (var part in (string[])["valid", "invalid"])
        {
            if (Directory.Exists(Path.Combine(Vector.Folder, part)))
            {
                Directory.Delete(Path.Combine(Vector.Folder, part), recursive: true);
            }

            _ = Directory.CreateDirectory(Path.Combine(Vector.Folder, part));
        }

        image.Save(Vector.Valid("store"));
        Write("valid/keys.json", new VectorKeys(store.First.Verifier.ToString(), store.Current.Verifier.ToString(), store.Sm2.Verifier.ToString()));
        var receipt = Receipt.Of(store.Descriptor.Origin, store.Evidence!, store.Detail!).Sign(store.Current);
        _ = Directory.CreateDirectory(Vector.Valid("receipt"));
        File.WriteAllBytes(Vector.Valid("receipt/receipt.txt"), receipt);
        BrokenPapers.Package(store, null).Save(Vector.Valid("proof-complete"));
        BrokenPapers.Package(store, e => e.Name.Display == "readme.txt" || e.Name.Display.EndsWith("photo.raw", StringComparison.Ordinal) || !e.Name.IsUtf8).Save(Vector.Valid("proof-partial"));
        Pieces.Write(image, store);
        WriteInvalid(store, receipt);
    }

    /// <summary>Indexes are caches of the store: their bytes may change without it.</summary>
    [Fact]
    public void Index_pieces_are_made_anew_when_asked_for()
    {
        if (Environment.GetEnvironmentVariable("LANTAI_RENEW") != "index")
        {
            Assert.Skip("Vectors are made once and kept; LANTAI_RENEW=index makes those of the indexes anew.");
        }

        Pieces.WriteIndexes();
        Examples.Renew();
    }

    /// <summary>Evidence of signatures stands beside the store and not in it: its vector changes by itself.</summary>
    [Fact]
    public void Evidence_pieces_are_made_anew_when_asked_for()
    {
        if (Environment.GetEnvironmentVariable("LANTAI_RENEW") != "evidence")
        {
            Assert.Skip("Vectors are made once and kept; LANTAI_RENEW=evidence makes that of signature evidence anew.");
        }

        Pieces.WriteEvidence();
        Examples.Renew();
    }

    /// <summary>A package that waits is no part of the archive: its vector changes by itself.</summary>
    [Fact]
    public void The_waiting_piece_is_made_anew_when_asked_for()
    {
        if (Environment.GetEnvironmentVariable("LANTAI_RENEW") != "waiting")
        {
            Assert.Skip("Vectors are made once and kept; LANTAI_RENEW=waiting makes that of the waiting room anew.");
        }

        Pieces.WriteWaiting();
        Examples.Renew();
    }

    private static void WriteInvalid(ValidStore store, byte[] receipt)
    {
        var good = StoreImage.Load(Vector.Valid("store"));
        foreach (var (name, note, damage) in BrokenStores.All())
        {
            var image = good.Copy();
            damage(new StoreBench(image, store.Current, store.Sm2));
            WriteVector(name, new Vector { Base = "valid/store", Code = Code(name), Note = note, Edits = image.EditsFrom(good), WithoutXxh3 = Code(name) == Codes.FrameStoredHash ? Codes.FrameDigest : null });
        }

        foreach (var (name, note, change) in BrokenStores.Harmless())
        {
            var image = good.Copy();
            change(new StoreBench(image, store.Current, store.Sm2));
            _ = Directory.CreateDirectory(Vector.Valid("variations"));
            Write($"valid/variations/{name}.json", new Vector { Base = "valid/store", Code = "", Note = note, Edits = image.EditsFrom(good) });
        }

        var head = new Checkpoint(store.Descriptor.Origin, 3, Digest.Of("another history"u8)).ToText();
        WriteVector("CHK-005-fork", new Vector
        {
            Base = "valid/store", Code = Codes.CheckpointFork, Note = "An earlier checkpoint that the log signed, over other leaves.",
            Checkpoint = System.Text.Encoding.UTF8.GetString(new SignedNote(head, [store.First.Sign(head)]).ToBytes()),
        });
        WriteVector("CHK-006-no-key", new Vector { Base = "valid/store", Code = Codes.KeySelfAsserted, Note = "No key is given from outside.", WithoutKey = true });

        foreach (var (name, note, bytes) in BrokenPapers.Receipts(store, receipt))
        {
            var (old, image) = (new StoreImage(), new StoreImage());
            (old["receipt.txt"], image["receipt.txt"]) = (receipt, bytes);
            WriteVector(name, new Vector { Base = "valid/receipt", Code = Code(name), Note = note, Edits = image.EditsFrom(old) });
        }

        foreach (var (name, note, from, damage) in BrokenPapers.Proofs(store))
        {
            var old = StoreImage.Load(Path.Combine(Vector.Folder, from));
            var image = old.Copy();
            damage(image);
            WriteVector(name, new Vector { Base = from, Code = Code(name), Note = note, Edits = image.EditsFrom(old) });
        }
    }

    private static string Code(string name) => name[..(name.IndexOf('-', StringComparison.Ordinal) + 4)];

    private static void WriteVector(string name, Vector vector)
    {
        Assert.True(vector.Edits.Count > 0 || vector.Checkpoint is not null || vector.WithoutKey, name + " changes nothing");
        Write($"invalid/{name}.json", vector);
    }

    private static void Write<T>(string path, T value) =>
        File.WriteAllText(Path.Combine(Vector.Folder, path), JsonSerializer.Serialize(value, Vector.Form) + "\n");
}
