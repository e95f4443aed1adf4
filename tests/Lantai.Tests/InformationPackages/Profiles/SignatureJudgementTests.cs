using System.Text;
using Lantai.Evidence.Certificates;
using Lantai.Evidence.Signatures;
using Lantai.InformationPackages;
using Lantai.Tests.Evidence.Certificates;
using Lantai.Words;

namespace Lantai.Tests.InformationPackages;

public sealed class SignatureJudgementTests
{
    private const string Sm2WithSm3 = "1.2.156.10197.1.501";

    private static readonly byte[] Object = Encoding.UTF8.GetBytes("<被签名对象/>");
    private static readonly DateTimeOffset Now = TestAuthority.Middle;
    private static readonly TestAuthority Root = TestAuthority.Root();
    private static readonly TestAuthority Person = Root.Person();

    [Theory]
    [InlineData("eep", "signed", 1)]
    [InlineData("eep", "locked", 4)]
    [InlineData("eep", "modified", 2)]
    [InlineData("dat93", "signed-checklist", 1)]
    public void The_signed_samples_are_valid_by_their_own_root(string profile, string name, int count)
    {
        using var tree = PackageSample.Of(profile).Single(s => s.Name == name && s.IsGood).Open();
        var verdict = PackageProfiles.Find(profile)!.Judge(tree, CancellationToken.None);
        var trusted = Trusted(verdict.Signatures[0]);

        var (told, signatures) = SignatureJudgement.Judge(verdict, Question() with { Anchors = trusted }, CancellationToken.None);

        Assert.Equal(Enumerable.Repeat(EvidenceVerdict.Valid, count), signatures.Select(s => s.Verdict));
        Assert.Equal(count, told.Findings.Count(f => f is { Code: "PKG-192", Severity: Severity.Information }));
        Assert.DoesNotContain(told.Findings, f => f.Code == "PKG-170");
        Assert.True(told.IsAcceptable);
    }

    [Fact]
    public void Without_trusted_certificates_the_mathematics_hold_and_the_signature_counts_as_not_verified()
    {
        using var tree = PackageSample.Of("eep").Single(s => s.Name == "signed" && s.IsGood).Open();

        var (told, signatures) = SignatureJudgement.Judge(PackageProfiles.Find("eep")!.Judge(tree, CancellationToken.None), Question() with { Anchors = [] }, CancellationToken.None);

        Assert.Equal(EvidenceVerdict.NotTrusted, Assert.Single(signatures).Verdict);
        Assert.Contains(told.Findings, f => f is { Code: "PKG-191", Severity: Severity.Warning });
        Assert.True(told.IsAcceptable);
    }

    [Theory]
    [InlineData("eep", "signed", "虚构餐饮", "虚构饮餐")]
    [InlineData("dat93", "signed-checklist", "2026-03-03T10:00:00", "2026-03-03T10:00:01")]
    public void A_flipped_byte_of_what_was_signed_is_wrong_and_refuses_the_package(string profile, string name, string was, string becomes)
    {
        using var sample = PackageSample.Of(profile).Single(s => s.Name == name && s.IsGood).Open();
        var changed = PackageTree.Of(sample.Name, [.. sample.Files.Select(f => PackageFile.OfBytes(f.Path, Changed(f, was, becomes)))]);
        var verdict = PackageProfiles.Find(profile)!.Judge(changed, CancellationToken.None);

        var (told, signatures) = SignatureJudgement.Judge(verdict, Question() with { Anchors = Trusted(verdict.Signatures[0]) }, CancellationToken.None);

        Assert.True(verdict.IsAcceptable);
        Assert.Equal(EvidenceVerdict.Wrong, Assert.Single(signatures).Verdict);
        Assert.Contains(told.Findings, f => f is { Code: "PKG-190", Severity: Severity.Error });
        Assert.False(told.IsAcceptable);
    }

    [Fact]
    public void A_signature_alone_is_judged_by_the_certificate_beside_it()
    {
        var value = Person.Pair.Sign(Object);

        Assert.Equal(EvidenceVerdict.Valid, Judge(Signature(value, Sm2WithSm3)).Verdict);
        Assert.Equal(EvidenceVerdict.Wrong, Judge(Signature(value, Sm2WithSm3, of: [.. Object, 0x20])).Verdict);
        Assert.Equal(EvidenceVerdict.Malformed, Judge(Signature(value, Sm2WithSm3, isAlone: true)).Verdict);
    }

    [Theory]
    [InlineData("1.2.3.4")]
    [InlineData("1.2.840.113549.2.5")]
    public void An_algorithm_that_is_not_known_is_unsupported_and_warned_of_however_well_it_is_signed(string algorithm)
    {
        var judged = Judge(Signature(Message(Object, true), algorithm));

        Assert.Equal(EvidenceVerdict.Unsupported, judged.Verdict);
        Assert.Contains(judged.Findings, f => f is { Code: "PKG-191", Severity: Severity.Warning });
        Assert.DoesNotContain(judged.Findings, f => f.Severity == Severity.Error);
    }

    [Fact]
    public void A_message_that_brings_its_own_content_holds_only_where_that_is_the_packages()
    {
        Assert.Equal(EvidenceVerdict.Valid, Judge(Signature(Message(Object, false), Sm2WithSm3)).Verdict);

        var judged = Judge(Signature(Message("another"u8.ToArray(), false), Sm2WithSm3));

        Assert.Equal(EvidenceVerdict.Wrong, judged.Verdict);
        Assert.Contains(judged.Findings, f => f is { Code: "PKG-190", Severity: Severity.Error });
    }

    [Fact]
    public void A_signature_over_nothing_at_all_refuses_the_package()
    {
        var nothing = new PackageSignature((_, _) => throw new InvalidOperationException()) { Id = "S1", AlgorithmId = Sm2WithSm3, Value = Message(Object, true) };

        Assert.Contains(Judge(nothing).Findings, f => f is { Code: "PKG-190", Severity: Severity.Error });
    }

    [Fact]
    public void More_signatures_than_are_looked_at_are_told()
    {
        var opened = 0;
        PackageSignature One() => new((_, _) => opened++) { Id = "S", AlgorithmId = Sm2WithSm3, Value = Message(Object, true) };
        var verdict = new PackageVerdict("eep", ReadingConfidence.Medium, "x", [], new PackageCounts(1, 1, 1, 0)) { Signatures = [.. Enumerable.Range(0, 70).Select(_ => One())] };

        var (told, signatures) = SignatureJudgement.Judge(verdict, Question(), CancellationToken.None);

        Assert.Equal((64, 64), (signatures.Count, opened));
        Assert.Contains(told.Findings, f => f is { Code: "PKG-193", Severity: Severity.Warning });
    }

    private static byte[] Message(byte[] content, bool detached) => Gbt35275.Sign(content, Person.Pair, [Person.Certificate], detached, Now);

    private static JudgedPackageSignature Judge(PackageSignature signature) => SignatureJudgement.Judge(signature, Question(), CancellationToken.None);

    private static PackageSignature Signature(byte[] value, string algorithm, byte[]? of = null, bool isAlone = false) => new((target, _) => target.Write(of ?? Object))
    {
        Id = "S1", AlgorithmId = algorithm, Value = value, Certificates = isAlone ? [] : [Person.Certificate.Encoded],
    };

    private static EvidenceQuestion Question() => new() { Anchors = [Root.Certificate], Now = Now, RevocationLists = [Root.List(Now.AddDays(-1), Now.AddDays(1))] };

    /// <summary>The samples' certificates are their own roots.</summary>
    private static IReadOnlyList<Certificate> Trusted(PackageSignature signature) =>
        SignedMessage.TryParse(signature.Value, "x", out var message, out _) ? message.Certificates : [];

    private static byte[] Changed(PackageFile file, string was, string becomes)
    {
        using var source = file.OpenRead();
        using var held = new MemoryStream();
        source.CopyTo(held);
        return file.Path.EndsWith("xml", StringComparison.Ordinal) ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(held.ToArray()).Replace(was, becomes, StringComparison.Ordinal)) : held.ToArray();
    }
}
