using System.Text;
using Lantai.Access;
using Lantai.ArchivalStorage;
using Lantai.Evidence;
using Lantai.Evidence.National;
using Lantai.StoreFormat;
using Lantai.Words;

namespace Lantai.Tests.Vectors;

/// <summary>What is right is found clean, and each broken thing gives the code that the specification asks for.</summary>
public sealed class VectorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lantai-vector-").FullName;

    public static TheoryData<string> Invalid => [.. Vector.Names];

    public static TheoryData<string> Variations => [.. Vector.Variations];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("valid/store")]
    [InlineData("valid/receipt")]
    [InlineData("valid/proof-complete")]
    [InlineData("valid/proof-partial")]
    public void A_valid_vector_is_clean(string path)
    {
        new Vector { Base = path, Code = "", Note = "" }.WriteTo(_folder);

        Assert.Empty(Judge(new Vector { Base = path, Code = "", Note = "" }));
    }

    [Theory]
    [MemberData(nameof(Variations))]
    public void What_a_crash_or_a_newer_writer_leaves_is_clean(string name)
    {
        var vector = Vector.Read(name);
        vector.WriteTo(_folder);

        Assert.Empty(Judge(vector));
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public void An_invalid_vector_gives_its_code(string name)
    {
        var vector = Vector.Read(name);
        vector.WriteTo(_folder);

        var codes = Judge(vector);

        Assert.True(codes.Contains(vector.Code), $"{vector.Note} Found: {string.Join(' ', codes)}");
    }

    private HashSet<string> Judge(Vector vector)
    {
        var keys = VectorKeys.Read();
        Assert.True(VerifierKey.TryParse(keys.First, out var first) && VerifierKey.TryParse(keys.Current, out _));
        _ = VerifierKey.TryParse(keys.Current, out var current);
        Assert.True(Sm2VerifierKey.TryParse(keys.Sm2, out var sm2));
        IEnumerable<Finding> findings = vector.Base.Split('/')[1] switch
        {
            "receipt" => Receipt.Verify(File.ReadAllBytes(Path.Combine(_folder, "receipt.txt")), current, [], "receipt.txt"),
            "store" => JudgeStore(vector, vector.WithoutKey ? null : first, vector.WithoutKey ? null : sm2),
            _ => DipVerification.Verify(_folder, first, null, default).Findings,
        };
        return [.. findings.Select(f => f.Code)];
    }

    private List<Finding> JudgeStore(Vector vector, VerifierKey? key, Sm2VerifierKey? sm2)
    {
        var disk = new LocalDisk(_folder);
        var findings = new List<Finding>();
        SignedNote? outside = null;
        Assert.True(vector.Checkpoint is null || SignedNote.TryParse(Encoding.UTF8.GetBytes(vector.Checkpoint), out outside));
        Try(() => findings.AddRange(StoreVerification.Run(disk, TimeProvider.System, new VerificationRequest(key, outside) { Deep = true, ExpectedSm2 = sm2 }, null, default).Findings));
        Try(() =>
        {
            using var vault = Vault.OpenReadOnly(disk, TimeProvider.System);
            findings.AddRange(new FixityAudit(vault).Run(new FixityRequest { Deep = true, Cached = true }, new Actor("", ""), null, default).Results.SelectMany(r => r.Findings));
        });
        return findings;

        void Try(Action step)
        {
            try
            {
                step();
            }
            catch (StorageException problem) when (problem.Finding is not null)
            {
                findings.Add(problem.Finding);
            }
        }
    }
}
