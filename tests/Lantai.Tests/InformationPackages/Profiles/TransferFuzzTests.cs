using Lantai.InformationPackages;

namespace Lantai.Tests.InformationPackages;

/// <summary>Good transfer packages and encapsulated records with bytes changed, cut off or put in: no reader and no writer breaks.</summary>
public sealed class TransferFuzzTests
{
    private const int Rounds = 300;

    [Theory]
    [InlineData("gb18030")]
    [InlineData("signed-checklist")]
    [InlineData("online-batch")]
    public void No_change_breaks_the_reader_or_writer_of_transfer_packages(string sample)
    {
        var random = new Random(42);
        var files = Files("dat93", sample);
        for (var round = 0; round < Rounds; round++)
        {
            var changed = files.ToList();
            var at = random.Next(changed.Count);
            changed[at] = PackageFile.OfBytes(changed[at].Path, Spoil(EepPackageTests.Content(changed[at]), random));

            var (package, verdict) = TransferPackage.Read(PackageTree.Of("x", changed), CancellationToken.None);

            Assert.Equal(changed.Count, verdict.Counts.Files);
            var written = package.Write();
            Assert.Equal(changed.Select(f => f.Path).Order(StringComparer.Ordinal), written.Select(f => f.Path).Order(StringComparer.Ordinal));
            package.Signature?.WriteSignedObject(Stream.Null, CancellationToken.None);
        }
    }

    [Theory]
    [InlineData("original-whole")]
    [InlineData("modified")]
    public void No_change_breaks_the_reader_or_writer_of_encapsulated_records(string sample)
    {
        var random = new Random(7);
        var bytes = EepPackageTests.Content(Assert.Single(Files("eep", sample)));
        for (var round = 0; round < Rounds; round++)
        {
            var (package, verdict) = EepPackage.Read(PackageTree.Of("x", [PackageFile.OfBytes("a.xml", Spoil([.. bytes], random))]), CancellationToken.None);

            Assert.True(package is not null || !verdict.IsAcceptable);
            if (package is null)
            {
                continue;
            }

            package.WriteTo(Stream.Null, CancellationToken.None);
            Assert.All(package.Signatures, s => s.WriteSignedObject(Stream.Null, CancellationToken.None));
            Assert.All(package.Contents.Where(c => c.IsThere), c => Assert.Equal(c.Length, EepDraftTests.Content(c).Length));
        }
    }

    [Fact]
    public void A_flipped_bit_of_any_listed_file_is_found()
    {
        var random = new Random(7);
        var files = Files("dat93", "plain-utf8");
        for (var round = 0; round < Rounds; round++)
        {
            var at = random.Next(files.Count);
            if (files[at].Path == TransferPackage.CheckListName)
            {
                continue; // nothing covers the list itself but its signature
            }

            var bytes = EepPackageTests.Content(files[at]);
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            var changed = files.ToList();
            changed[at] = PackageFile.OfBytes(files[at].Path, bytes);

            Assert.False(PackageProfiles.Find("dat93")!.Judge(PackageTree.Of("x", changed), CancellationToken.None).IsAcceptable, files[at].Path);
        }
    }

    private static byte[] Spoil(byte[] bytes, Random random)
    {
        var at = random.Next(bytes.Length);
        var from = random.Next(bytes.Length);
        switch (random.Next(4))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 1:
                return bytes[..at];
            case 2:
                return [.. bytes[..at], .. bytes[from..]];
            default:
                return [.. bytes[..at], .. bytes[from..Math.Min(bytes.Length, from + 200)], .. bytes[at..]];
        }
    }

    private static List<PackageFile> Files(string profile, string sample)
    {
        using var tree = PackageSample.Of(profile).Single(s => s.Name == sample && s.IsGood).Open();
        return [.. tree.Files.Select(f => PackageFile.OfBytes(f.Path, EepPackageTests.Content(f)))];
    }
}
