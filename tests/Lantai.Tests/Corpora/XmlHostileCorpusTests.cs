using Lantai.Characterization;
using Lantai.Characterization.Examination;
using Lantai.InformationPackages.Xml;
using Lantai.Words;

namespace Lantai.Tests.Corpora;

public sealed class XmlHostileCorpusTests
{
    [Fact]
    public async Task Every_hostile_xml_gets_its_verdict_and_nothing_outside_is_asked()
    {
        await using var corpus = await Corpus.OpenAsync("xml-hostile");
        var wrong = new List<string>();

        foreach (var one in corpus.Cases)
        {
            using var file = File.OpenHandle(corpus.PathOf(one));
            var found = FileExaminers.Examine(FileContent.Of(file), one.Id, ExaminationLimits.Default, CancellationToken.None);

            // That nothing is fetched follows from there being no resolver; here it must also be told.
            var isRight = one.Expect switch
            {
                "accept" => found.Readability == Readability.Readable,
                "reject" => found.Readability is Readability.Broken or Readability.NotCheckable,
                "no_external" => found.Active.Any(a => a.Kind == "external-entity"),
                _ => false,
            };
            if (!isRight)
            {
                wrong.Add($"{one.Id}: {one.Expect}, got {found.Family} {found.Readability} {string.Join("; ", found.Findings)}");
            }
        }

        Assert.NotEmpty(corpus.Cases);
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Every_hostile_xml_gets_its_verdict_as_part_of_a_package()
    {
        await using var corpus = await Corpus.OpenAsync("xml-hostile");
        var wrong = new List<string>();

        foreach (var one in corpus.Cases)
        {
            var findings = new List<Finding>();
            var reading = new MarkupReading(one.Id, MarkupEncoding.Utf8, MarkupEncoding.Utf16, MarkupEncoding.Gb18030);
            var read = MarkupReader.Read(() => File.OpenRead(corpus.PathOf(one)), reading, findings.Add, CancellationToken.None);

            var isRight = one.Expect switch
            {
                "accept" => read is not null && findings.Count == 0,
                "reject" => read is null && findings.Count == 1,
                "no_external" => read is null && findings is [{ Code: "PKG-101" }],
                _ => false,
            };
            if (!isRight)
            {
                wrong.Add($"{one.Id}: {one.Expect}, got {string.Join("; ", findings)}");
            }
        }

        Assert.Equal(5, corpus.Cases.Count);
        Assert.Empty(wrong);
    }
}
