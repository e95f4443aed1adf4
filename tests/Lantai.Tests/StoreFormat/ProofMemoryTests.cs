using System.Text;
using Lantai.Evidence;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Tests.StoreFormat;

/// <summary>Measures memory, which all tests of a process share: runs when no other test does.</summary>
[CollectionDefinition(nameof(AloneCollection), DisableParallelization = true)]
public sealed class AloneCollection;

[Collection(nameof(AloneCollection))]
public sealed class ProofMemoryTests : IDisposable
{
    private readonly SampleLog _log = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public void A_million_entries_are_checked_in_flat_memory()
    {
        const int Many = 1_000_000;
        var package = new ManyEntries(Many);
        var manifest = package.Manifest;
        package.Proof = new ProofFile(ProofScope.Complete, _log.Origin, manifest.ToBytes(), _log.Ingest(manifest), SampleLog.Time, Many).ToBytes();
        var before = GC.GetTotalMemory(true);
        var peak = 0L;

        var report = ProofVerification.Verify(
            package, "dip", _log.Signer.Verifier, (files, _) => peak = files % 100_000 == 0 ? Math.Max(peak, GC.GetTotalMemory(true)) : peak, default);

        Assert.Empty(report.Findings);
        Assert.Equal(Many, report.Files);
        Assert.InRange(peak - before, long.MinValue, 8 << 20);
    }

    /// <summary>A package whose entries are made while they are read.</summary>
    private sealed class ManyEntries(int count) : IProofPackage
    {
        public byte[] Proof { get; set; } = [];

        public Manifest Manifest
        {
            get
            {
                var tree = new CompactRange();
                for (var i = 0; i < count; i++)
                {
                    tree.Append(MerkleTree.LeafHash(Entry(i)));
                }

                return new Manifest(Guid.NewGuid(), 1, null, 0, count, 0, tree.Root(), [new ShardReference(Digest.Of([1]), 4096)]);
            }
        }

        public IEnumerable<ReadOnlyMemory<byte>> DataFiles() => Enumerable.Range(0, count).Select(_ => ReadOnlyMemory<byte>.Empty);

        public Stream? OpenData(ReadOnlyMemory<byte> path) => Stream.Null;

        public Stream? OpenProof(string path) => path switch
        {
            ProofFile.Path => new MemoryStream(Proof),
            ProofFile.EntriesPath => new LineStream(count),
            _ => null,
        };

        public Finding? Judge(IOException problem) => null;

        private static byte[] Entry(int i) => Encoding.UTF8.GetBytes(
            $$"""{"kind":"file","length":0,"path":"f{{i:D8}}","salt":"00000000000000000000000000000000","sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}""");

        private sealed class LineStream(int count) : Stream
        {
            private int _next;
            private byte[] _line = [];
            private int _at;

            public override bool CanRead => true;

            public override bool CanSeek => false;

            public override bool CanWrite => false;

            public override long Length => throw new NotSupportedException();

            public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

            public override int Read(byte[] buffer, int offset, int length)
            {
                if (_at == _line.Length && _next < count)
                {
                    (_line, _at) = ([.. Entry(_next++), (byte)'\n'], 0);
                }

                var take = Math.Min(length, _line.Length - _at);
                _line.AsSpan(_at, take).CopyTo(buffer.AsSpan(offset));
                _at += take;
                return take;
            }

            public override void Flush() => throw new NotSupportedException();

            public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

            public override void SetLength(long value) => throw new NotSupportedException();

            public override void Write(byte[] buffer, int offset, int length) => throw new NotSupportedException();
        }
    }
}
