using Lantai.InformationPackages;

namespace Lantai.Tests.InformationPackages;

/// <summary>Good packages with bytes changed, cut off or put in: no reader breaks, and nothing that a digest covers changes unseen.</summary>
public sealed class CasePackageFuzzTests
{
    private const int Rounds = 200;

    public static TheoryData<string, string> Samples => new()
    {
        { "gbt42727", "joint-nested" }, { "gbt42727", "licences" }, { "dat85", "licences" }, { "dat85", "extensions" },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public void No_change_breaks_a_reader_or_a_writer(string profile, string sample)
    {
        var random = new Random(42);
        var files = Files(profile, sample);
        for (var round = 0; round < Rounds; round++)
        {
            var changed = files.ToList();
            var at = random.Next(changed.Count);
            changed[at] = PackageFile.OfBytes(changed[at].Path, Spoil(Bytes(changed[at]), random));

            var (read, verdict) = CasePackageSampleTests.Profile(profile).Read(PackageTree.Of("x", changed), CancellationToken.None);

            Assert.NotNull(verdict);
            if (read is not null)
            {
                Assert.NotEmpty(CasePackageSampleTests.Profile(profile).Write(read, CancellationToken.None));
            }
        }
    }

    [Fact]
    public void A_flipped_bit_of_any_file_that_is_listed_is_found()
    {
        var random = new Random(7);
        var files = Files("gbt42727", "joint-nested");
        for (var round = 0; round < Rounds; round++)
        {
            var at = random.Next(files.Count);
            if (files[at].Path == "校验信息.xml")
            {
                continue; // nothing covers the list itself but its signature
            }

            var bytes = Bytes(files[at]);
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            var changed = files.ToList();
            changed[at] = PackageFile.OfBytes(files[at].Path, bytes);

            Assert.False(CasePackageSampleTests.Profile("gbt42727").Judge(PackageTree.Of("x", changed), CancellationToken.None).IsAcceptable, files[at].Path);
        }
    }

    private static byte[] Spoil(byte[] bytes, Random random)
    {
        var at = random.Next(bytes.Length);
        switch (random.Next(4))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 1:
                return bytes[..at];
            case 2:
                return [.. bytes[..at], .. bytes[random.Next(bytes.Length)..]];
            default:
                var from = random.Next(bytes.Length);
                return [.. bytes[..at], .. bytes[from..Math.Min(bytes.Length, from + 200)], .. bytes[at..]];
        }
    }

    private static List<PackageFile> Files(string profile, string sample)
    {
        using var package = CasePackageSampleTests.Open(profile, "good", sample);
        return [.. package.Files.Select(f => PackageFile.OfBytes(f.Path, Bytes(f)))];
    }

    private static byte[] Bytes(PackageFile file)
    {
        using var content = file.OpenRead();
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }
}
