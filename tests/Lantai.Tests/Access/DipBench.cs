using System.Text;
using Lantai.Access;
using Lantai.StoreFormat;
using Lantai.Tests.StoreFormat;
using Lantai.Words;
using Microsoft.Extensions.Time.Testing;

namespace Lantai.Tests.Access;

/// <summary>A version in memory, a log around it and a folder to make packages in.</summary>
internal sealed class DipBench : IHoldings, IDisposable
{
    private readonly Dictionary<Digest, byte[]> _frames = [];

    public DipBench(SampleVersion version)
    {
        Version = version;
        Manifest = version.Build();
        var root = Manifest.ToBytes();
        _frames[Digest.Of(root)] = root;
        foreach (var shard in version.Shards)
        {
            _frames[Digest.Of(shard)] = shard;
        }

        Evidence = Log.Ingest(Manifest);
    }

    public SampleLog Log { get; } = new();

    public SampleVersion Version { get; }

    public Manifest Manifest { get; }

    public LedgerEvidence Evidence { get; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("lantai-dip-").FullName;

    public string this[string name] => Path.Combine(Folder, name);

    public byte[] ReadManifest(Digest digest) => _frames[digest];

    public Stream OpenContent(Digest content) => Version.Content.TryGetValue(content, out var bytes)
        ? new MemoryStream(bytes)
        : throw new IOException("absent");

    public Finding? Judge(IOException problem) => problem.Message == "absent" ? Finding.Error(Codes.ContentMissing, "x") : null;

    public Task<DisseminationOutcome> Make(
        DisseminationForm form, string name, string[]? patterns = null, long free = long.MaxValue, Action<long, long>? progress = null, CancellationToken cancellation = default) =>
        new Dissemination(this, new FakeTimeProvider(SampleLog.Time), _ => free).MakeAsync(
            new DisseminationRequest(Digest.Of(Manifest.ToBytes()), Evidence, Log.Origin, form, patterns ?? [], this[name]), progress, cancellation);

    public ProofReport Verify(string name) => DipVerification.Verify(this[name], Log.Signer.Verifier, null, default);

    /// <summary>All bytes of a package one after the other, names included.</summary>
    public byte[] Raw(string name)
    {
        var all = new MemoryStream();
        foreach (var path in File.Exists(this[name]) ? [this[name]] : Directory.EnumerateFiles(this[name], "*", SearchOption.AllDirectories))
        {
            all.Write(Encoding.UTF8.GetBytes(path));
            all.Write(File.ReadAllBytes(path));
        }

        return all.ToArray();
    }

    public void Dispose()
    {
        Log.Dispose();
        using var remover = System.Diagnostics.Process.Start("rm", ["-rf", "--", Folder]);
        remover.WaitForExit();
    }
}
