using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Lantai.Containers;
using Lantai.Words;

namespace Lantai.InformationPackages;

/// <summary>A submission that is a folder. It is walked at opening and again for its entries, so that memory does not grow with it.</summary>
internal sealed class FolderSubmission : Submission
{
    private readonly ByteFolder _folder;
    private readonly Encoding? _declaredNames;
    private (long Files, long Bytes) _totals;
    private Digest _atOpening;
    private Digest? _last;

    private FolderSubmission(ByteFolder folder, EntryName name, Encoding? declaredNames)
        : base(SubmissionForm.Folder, name)
    {
        _folder = folder;
        _declaredNames = declaredNames;
    }

    public override IEnumerable<SubmissionEntry> Entries => Enumerate();

    public override (long Files, long Bytes) Measure() => _totals;

    internal static FolderSubmission? Open(ByteFolder folder, EntryName name, Encoding? declaredNames, BoundedFindings findings)
    {
        var submission = new FolderSubmission(folder, name, declaredNames);
        var rootFiles = submission.FindTagFiles();
        var isBag = rootFiles.ContainsKey(BagReader.DeclarationName);
        submission.Bag = isBag ? SubmissionOpening.ReadBag(rootFiles, findings) : null;
        if ((isBag && submission.Bag is null) || !submission.Examine(findings))
        {
            folder.Dispose();
            return null;
        }

        return submission;
    }

    public override Finding? CheckUnchanged() =>
        _last is { } last && last != _atOpening ? Finding.Error("SIP-013", Name) : null;

    protected override void Dispose(bool disposing) => _folder.Dispose();

    private Dictionary<string, Func<Stream>> FindTagFiles()
    {
        var files = new Dictionary<string, Func<Stream>>(StringComparer.Ordinal);
        foreach (var (bytes, kind) in _folder.List([], int.MaxValue, out _) ?? [])
        {
            var name = EntryName.OfBytes(bytes);
            if (kind != FileKind.Folder && name.IsUtf8 && name.Display.EndsWith(".txt", StringComparison.Ordinal))
            {
                files.Add(name.Display, () => _folder.OpenRead(name));
            }
        }

        return files;
    }

    private bool Examine(BoundedFindings findings)
    {
        var names = new NameChecks(findings);
        using var fingerprint = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (files, bytes) = (0L, 0L);
        foreach (var entry in new ByteFolderWalk(_folder, findings, _declaredNames).Walk())
        {
            names.See(entry.Name);
            Bag?.See(entry.Name.Bytes.ToArray(), entry.IsFolder, entry.Stamp.Size);
            Append(fingerprint, entry);
            files += entry.IsFolder ? 0 : 1;
            bytes += entry.IsFolder ? 0 : entry.Stamp.Size;
        }

        _totals = (files, bytes);
        if (files == 0)
        {
            findings.Add(Finding.Error("SIP-002", Name));
        }

        Bag?.Finish();
        _atOpening = new Digest(fingerprint.GetHashAndReset());
        return files > 0;
    }

    private IEnumerable<SubmissionEntry> Enumerate()
    {
        using var fingerprint = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var later = new List<Finding>();
        foreach (var entry in new ByteFolderWalk(_folder, new BoundedFindings(later, "SIP-012", Name), _declaredNames).Walk())
        {
            Append(fingerprint, entry);
            yield return new Entry(_folder, entry, Bag?.DigestsOf(entry.Name.Bytes.ToArray()) ?? []);
        }

        // What can no longer be read is a change as well: opening would have refused it.
        _last = later.Count == 0 ? new Digest(fingerprint.GetHashAndReset()) : Digest.Of("changed"u8);
    }

    private static void Append(IncrementalHash fingerprint, ByteFolderEntry entry)
    {
        // A folder has no content of its own: neither its size nor its time counts.
        Span<byte> facts = stackalloc byte[21];
        BinaryPrimitives.WriteInt32LittleEndian(facts, entry.Name.Bytes.Length);
        facts[4] = entry.IsFolder ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt64LittleEndian(facts[5..], entry.IsFolder ? 0 : entry.Stamp.Size);
        BinaryPrimitives.WriteInt64LittleEndian(facts[13..], entry.IsFolder ? 0 : entry.Stamp.ModifiedNanoseconds);
        fingerprint.AppendData(facts);
        fingerprint.AppendData(entry.Name.Bytes.Span);
    }

    private sealed class Entry(ByteFolder folder, ByteFolderEntry found, IReadOnlyList<DeclaredDigest> declared)
        : SubmissionEntry(found.Name, found.IsFolder ? EntryKind.Folder : EntryKind.File, declared)
    {
        public override long? Length => Kind == EntryKind.File ? found.Stamp.Size : null;

        public override DateTimeOffset? Modified => found.Stamp.Modified;

        public override Finding? CheckUnchanged() =>
            Kind == EntryKind.Folder ? null : Compare(folder, Name, Name.Display, found.Stamp);

        private protected override Stream Open() => folder.OpenRead(Name);
    }
}
