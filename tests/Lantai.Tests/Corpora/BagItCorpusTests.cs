using Lantai.InformationPackages;
using Lantai.Tests.InformationPackages;
using Lantai.Words;

namespace Lantai.Tests.Corpora;

public sealed class BagItCorpusTests
{
    private const string Suite = "bagit-conformance";

    [Fact]
    public void Every_bag_of_the_conformance_suite_gets_its_verdict()
    {
        using var scratch = Scratch.OfSuite(Suite);
        var wrong = new List<string>();
        var lines = Scratch.Lines(Suite);

        foreach (var line in lines)
        {
            var findings = BagValidation.Validate(scratch.Source(line[1], SubmissionForm.Folder));
            var refused = findings.Any(f => f.Severity == Severity.Error);
            var warned = findings.Any(f => f.Severity == Severity.Warning);
            var right = line[2] switch
            {
                "valid" => !refused,
                "invalid" => refused,
                "valid_warn" => !refused && warned,
                "warn_or_refuse" => refused || warned,
                _ => false,
            };
            if (!right)
            {
                wrong.Add($"{line[0]}: {line[2]}, got {string.Join("; ", findings)}");
            }
        }

        Assert.NotEmpty(lines);
        Assert.Empty(wrong);
    }
}
