using System.Text;
using Lantai.Containers;
using Lantai.InformationPackages;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Access.Verification;

/// <summary>A package that lies in a folder.</summary>
internal sealed class FolderPackage(string path) : IProofPackage, IDisposable
{
    private const string DataName = "data";

    private readonly ByteFolder _folder = ByteFolder.Open(path);

    /// <summary>Links, devices and what could not be listed below <c>data/</c>.</summary>
    public HashSet<Finding> Strangers { get; } = [];

    public IEnumerable<ReadOnlyMemory<byte>> DataFiles()
    {
        if (!Directory.Exists(Path.Combine(path, DataName)))
        {
            yield break;
        }

        using var data = ByteFolder.Open(Path.Combine(path, DataName));
        var findings = new List<Finding>();
        foreach (var entry in data.Walk(findings).Where(entry => !entry.IsFolder))
        {
            yield return entry.Name.Bytes;
        }

        Strangers.UnionWith(findings);
    }

    public Stream? OpenData(ReadOnlyMemory<byte> path) => Open(EntryName.OfBytes([.. Encoding.ASCII.GetBytes(ProofFile.DataFolder), .. path.Span]));

    public Stream? OpenProof(string path) => Open(EntryName.OfText(path));

    public Finding? Judge(IOException problem) => (problem as ContentException)?.Finding;

    public void Dispose() => _folder.Dispose();

    private Stream? Open(EntryName name)
    {
        try
        {
            return ByteFolder.CanHold(name) ? _folder.OpenRead(name) : null;
        }
        catch (ContentException)
        {
            return null; // absent, or something that is no file: for a proof the same
        }
    }
}
