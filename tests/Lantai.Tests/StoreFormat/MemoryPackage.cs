using System.Text;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Tests.StoreFormat;

/// <summary>A package in memory, made as a writer makes it and then spoiled at will.</summary>
internal sealed class MemoryPackage : IProofPackage
{
    public Dictionary<string, byte[]> Data { get; } = [];

    public Dictionary<string, byte[]> Proof { get; } = [];

    /// <summary>A package of some entries of a version, or of all.</summary>
    public static MemoryPackage Of(SampleVersion version, Manifest manifest, LedgerEvidence evidence, string origin, Func<ManifestEntry, bool>? chosen = null)
    {
        var package = new MemoryPackage();
        var (size, _, nodes) = SampleLog.Tree([.. version.Entries.Select(e => Lantai.Evidence.MerkleTree.LeafHash(e.ToBytes()))]);
        var (lines, names, count) = (new MemoryStream(), new MemoryStream(), 0);
        for (var i = 0; i < version.Entries.Count; i++)
        {
            var entry = version.Entries[i];
            if (chosen is not null && !chosen(entry))
            {
                continue;
            }

            count++;
            lines.Write(chosen is null ? entry.ToBytes() : new ProofEntry(entry.ToBytes(), i, Lantai.Evidence.MerkleProof.Inclusion((ulong)i, size, nodes)).ToBytes());
            lines.Write("\n"u8);
            var usable = entry.Name.IsUtf8 && StoredName.IsUsable(entry.Name.Bytes.Span);
            if (!usable)
            {
                names.Write(new StoredName(StoredName.For(i), entry.Name).ToBytes());
                names.Write("\n"u8);
            }

            if (entry.Kind == EntryKind.File)
            {
                package.Data[usable ? entry.Name.Display : StoredName.For(i)] = version.Content[entry.Content!.Value];
            }
        }

        package.Proof[ProofFile.EntriesPath] = lines.ToArray();
        if (names.Length > 0)
        {
            package.Proof[ProofFile.NamesPath] = names.ToArray();
        }

        package.Set(new ProofFile(chosen is null ? ProofScope.Complete : ProofScope.Partial, origin, manifest.ToBytes(), evidence, SampleLog.Time, count));
        return package;
    }

    public ProofFile File => ProofFile.TryRead(Proof[ProofFile.Path], out var file) ? file : throw new InvalidOperationException("no proof");

    public void Set(ProofFile file) => Proof[ProofFile.Path] = file.ToBytes();

    public IEnumerable<ReadOnlyMemory<byte>> DataFiles() => Data.Keys.Select(k => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(k));

    public Stream? OpenData(ReadOnlyMemory<byte> path) => Data.TryGetValue(Encoding.UTF8.GetString(path.Span), out var bytes) ? new MemoryStream(bytes) : null;

    public Stream? OpenProof(string path) => Proof.TryGetValue(path, out var bytes) ? new MemoryStream(bytes) : null;

    public Finding? Judge(IOException problem) => null;
}
