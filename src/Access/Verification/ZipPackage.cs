using System.Text;
using Lantai.Containers;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Access.Verification;

/// <summary>A package that is a zip file. Its list of entries is in memory, as large as it is in the file.</summary>
internal sealed class ZipPackage : IProofPackage, IDisposable
{
    // A package may hold anything that compresses well: it is read as a stream and never longer than disclosed.
    private static readonly ContainerLimits Limits = new() { MaxEntries = int.MaxValue, MaxTotalBytes = long.MaxValue, MaxRatio = int.MaxValue };

    private readonly ZipContainer _zip;
    private readonly Dictionary<EntryName, ZipEntry> _entries = [];

    private ZipPackage(ZipContainer zip) => _zip = zip;

    public static ZipPackage? TryOpen(string path, List<Finding> findings)
    {
        var zip = ZipContainer.TryOpen(File.OpenRead(path), path, Limits, findings);
        if (zip is null)
        {
            return null;
        }

        var package = new ZipPackage(zip);
        foreach (var entry in zip.Entries)
        {
            if (!package._entries.TryAdd(entry.Name, entry))
            {
                findings.Add(Finding.Error(AccessCodes.NameTwice, entry.Name.Display));
                package.Dispose();
                return null;
            }
        }

        return package;
    }

    public IEnumerable<ReadOnlyMemory<byte>> DataFiles()
    {
        var prefix = Encoding.ASCII.GetBytes(ProofFile.DataFolder);
        return _zip.Entries.Where(entry => !entry.IsFolder && entry.Name.Bytes.Span.StartsWith(prefix)).Select(entry => entry.Name.Bytes[prefix.Length..]);
    }

    public Stream? OpenData(ReadOnlyMemory<byte> path) => Open(EntryName.OfBytes([.. Encoding.ASCII.GetBytes(ProofFile.DataFolder), .. path.Span]));

    public Stream? OpenProof(string path) => Open(EntryName.OfText(path));

    public Finding? Judge(IOException problem) => (problem as ContentException)?.Finding;

    public void Dispose() => _zip.Dispose();

    private Stream? Open(EntryName name) => _entries.TryGetValue(name, out var entry) && !entry.IsFolder ? _zip.Open(entry) : null;
}
