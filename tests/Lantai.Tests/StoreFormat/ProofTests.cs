using System.Text;
using Lantai.Evidence;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Tests.StoreFormat;

public sealed class ProofTests : IDisposable
{
    private readonly SampleLog _log = new();
    private readonly SampleVersion _version = new SampleVersion()
        .File("a.txt", "alpha").File("b/c.txt", "beta").Folder("empty").File("档案.txt", "gamma").File(EntryName.OfBytes([0xB5, 0xB5, 0xFF]), [1, 2])
        .File("../../etc/passwd", "climbs").File(".lantai-names/00000001", "poses");

    public void Dispose() => _log.Dispose();

    [Fact]
    public void A_complete_package_is_proven()
    {
        var report = Report(Complete());

        Assert.Empty(report.Findings);
        Assert.True(report.IsProven);
        Assert.Equal(6, report.Files);
        Assert.Equal(_version.Content.Values.Sum(c => c.Length), report.Bytes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public void A_partial_package_is_proven(int number) => Assert.Empty(Check(Partial(e => e == _version.Entries[number])));

    [Fact]
    public void A_package_without_files_is_proven() => Assert.Empty(Check(Partial(_ => false)));

    [Fact]
    public void The_proof_file_reads_back_as_it_was_written()
    {
        _ = _log.Rotate();
        var bytes = Complete().Proof[ProofFile.Path];

        Assert.True(ProofFile.TryRead(bytes, out var read));
        Assert.Equal(bytes, read.ToBytes());
    }

    [Fact]
    public void Changed_longer_and_shorter_files_are_found()
    {
        foreach (var bad in (string[])["alphA", "alpha ", "alph", ""])
        {
            var package = Complete();
            package.Data["a.txt"] = Encoding.UTF8.GetBytes(bad);
            Assert.Equal([Codes.ProofFileDiffers], Check(package));
        }
    }

    [Fact]
    public void A_missing_file_is_found()
    {
        var package = Complete();
        _ = package.Data.Remove("b/c.txt");

        Assert.Equal(["PRF-003 data/b/c.txt"], Report(package).Findings.Select(f => f.ToString()));
    }

    [Fact]
    public void A_file_too_many_is_named()
    {
        var package = Partial(e => e.Name.Display == "a.txt");
        package.Data["z.txt"] = [1];

        Assert.Equal(["PRF-004 data/z.txt"], Report(package).Findings.Select(f => f.ToString()));
    }

    [Fact]
    public void A_file_too_many_does_not_hide_behind_a_missing_one()
    {
        var package = Complete();
        package.Data["A.txt"] = package.Data["a.txt"];
        _ = package.Data.Remove("a.txt");

        Assert.Equal([Codes.ProofFileMissing, Codes.ProofFileExtra], Check(package));
    }

    [Fact]
    public void Two_entries_cannot_claim_one_file()
    {
        var twins = new SampleVersion().File(EntryName.OfBytes([0xFF, 1]), [5]).File(EntryName.OfBytes([0xFF, 2]), [5]);
        var manifest = twins.Build();
        var package = MemoryPackage.Of(twins, manifest, _log.Ingest(manifest), _log.Origin);
        package.Proof[ProofFile.NamesPath] = Encoding.UTF8.GetBytes(
            Encoding.UTF8.GetString(package.Proof[ProofFile.NamesPath]).Replace("00000001", "00000000", StringComparison.Ordinal));
        _ = package.Data.Remove(StoredName.For(1));
        package.Data["added"] = [6];

        Assert.Equal([Codes.ProofForm], Check(package));
    }

    [Fact]
    public void Entries_that_do_not_give_the_root_are_found()
    {
        var package = Complete();
        var text = Encoding.UTF8.GetString(package.Proof[ProofFile.EntriesPath]);
        package.Proof[ProofFile.EntriesPath] = Encoding.UTF8.GetBytes(text.Replace("\"length\":5", "\"length\":6", StringComparison.Ordinal));
        Assert.Contains(Codes.ProofEntries, Check(package));

        var partial = Partial(e => e.Name.Display == "a.txt");
        var line = Encoding.UTF8.GetString(partial.Proof[ProofFile.EntriesPath]);
        partial.Proof[ProofFile.EntriesPath] = Encoding.UTF8.GetBytes(line.Replace("\"index\":2", "\"index\":3", StringComparison.Ordinal));
        Assert.NotEqual(line, Encoding.UTF8.GetString(partial.Proof[ProofFile.EntriesPath]));
        Assert.Equal([Codes.ProofEntries], Check(partial));
    }

    [Fact]
    public void A_line_that_is_lost_doubled_or_cut_is_found()
    {
        var whole = Encoding.UTF8.GetString(Complete().Proof[ProofFile.EntriesPath]);
        var lines = whole.TrimEnd('\n').Split('\n');
        string[] broken = [whole[..^1], string.Join('\n', lines[1..]) + "\n", lines[0] + "\n" + whole, whole + "\n", "", new string('x', 3 << 20)];

        Assert.All(broken, text =>
        {
            var package = Complete();
            package.Proof[ProofFile.EntriesPath] = Encoding.UTF8.GetBytes(text);
            Assert.Contains(Codes.ProofForm, Check(package));
        });
    }

    [Fact]
    public void Each_broken_link_of_the_chain_has_its_code()
    {
        var package = Complete();
        var good = package.File;
        var other = new SampleVersion().File("a", "b").Build();

        Assert.Contains(Codes.ProofManifest, Check(With(good with { Manifest = (other with { Files = 6, Folders = 1, EntriesRoot = Root(good) }).ToBytes() })));
        Assert.Equal([Codes.ProofRecord], Check(With(good with { Evidence = good.Evidence with { Salt = new byte[32] } })));
        Assert.Equal([Codes.ProofInclusion], Check(With(good with { Evidence = good.Evidence with { Sequence = 3 } })));
        Assert.Equal([Codes.ProofInclusion], Check(With(good with { Evidence = good.Evidence with { TreeSize = 11 } })));
        Assert.Equal([Codes.ProofInclusion], Check(With(good with { Evidence = good.Evidence with { Inclusion = [] } })));

        MemoryPackage With(ProofFile file)
        {
            package.Set(file);
            return package;
        }
    }

    [Fact]
    public void Another_key_is_refused_and_no_key_is_remarked()
    {
        using var other = NoteSigner.Generate(_log.Origin);
        var package = Complete();

        Assert.Equal([Codes.ProofSignature], Codes_(package, other.Verifier));
        Assert.Equal([Codes.KeySelfAsserted], Codes_(package, null));
        package.Set(package.File with { Evidence = package.File.Evidence with { VerifierKey = other.Verifier.ToString() } });
        Assert.Equal([Codes.ProofSignature, Codes.KeySelfAsserted], Codes_(package, null));
    }

    [Fact]
    public void Rotations_lead_from_the_first_key_to_the_one_that_signed()
    {
        var first = _log.Rotate();
        var second = _log.Rotate();

        Assert.Empty(Codes_(Complete(), first));
        Assert.Empty(Codes_(Complete(), second));
        Assert.Empty(Codes_(Complete(), _log.Signer.Verifier));
    }

    [Fact]
    public void A_proof_file_that_has_not_the_form_ends_the_work()
    {
        var good = Complete().Proof[ProofFile.Path];
        byte[][] broken = [[], good[..^1], [.. good, (byte)'\n'], "{}\n"u8.ToArray(), new byte[20 << 20], "[[[[[[[[[[[[[[[[[[[[[[[[[[[["u8.ToArray()];

        Assert.All(broken, bytes =>
        {
            var package = Complete();
            package.Proof[ProofFile.Path] = bytes;
            Assert.Equal([Codes.ProofForm], Check(package));
        });
        Assert.Equal([Codes.ProofForm], Check(new MemoryPackage()));
    }

    [Fact]
    public void Any_byte_that_is_flipped_in_the_proof_is_found()
    {
        var package = Partial(e => e.Name.Display is "a.txt" or "档案.txt");
        foreach (var file in package.Proof.Keys.ToList())
        {
            var good = package.Proof[file];
            for (var i = 0; i < good.Length; i += 7)
            {
                var bad = (byte[])good.Clone();
                bad[i] ^= 1;
                package.Proof[file] = bad;
                var report = Report(package);

                // Only the time of issue, the claimed key and other lines of the checkpoint's signature are not bound by the key from outside.
                if (report.IsProven)
                {
                    Assert.True(IsFree(report.Proof!, good), $"{file} at {i}");
                }
            }

            package.Proof[file] = good;
        }
    }

    private static bool IsFree(ProofFile read, byte[] good) =>
        ProofFile.TryRead(good, out var proof) && (read.Issued != proof.Issued || read.Evidence.VerifierKey != proof.Evidence.VerifierKey);

    private static Digest Root(ProofFile proof) => Manifest.TryRead(proof.Manifest, out var manifest) ? manifest.EntriesRoot : default;

    private MemoryPackage Complete()
    {
        var manifest = _version.Build();
        return MemoryPackage.Of(_version, manifest, _log.Ingest(manifest), _log.Origin);
    }

    private MemoryPackage Partial(Func<ManifestEntry, bool> chosen)
    {
        var manifest = _version.Build();
        return MemoryPackage.Of(_version, manifest, _log.Ingest(manifest), _log.Origin, chosen);
    }

    private ProofReport Report(MemoryPackage package) => ProofVerification.Verify(package, "dip", _log.Signer.Verifier, null, default);

    private IEnumerable<string> Check(MemoryPackage package) => Report(package).Findings.Select(f => f.Code);

    private static IEnumerable<string> Codes_(MemoryPackage package, VerifierKey? expected) =>
        ProofVerification.Verify(package, "dip", expected, null, default).Findings.Select(f => f.Code);
}
