using Lantai.Characterization.Identification;
using Lantai.Words;

namespace Lantai.Tests.Corpora;

/// <summary>The registries of the corpora, compiled once for each test that asks.</summary>
internal static class Pronom
{
    public static FormatRegistry Newest() => Read("DROID_SignatureFile_V122.xml", "container-signature-20260119.xml");

    public static FormatRegistry Older() => Read("DROID_SignatureFile_V118.xml", "container-signature-20240501.xml");

    public static FormatRegistry Read(params string[] files)
    {
        var findings = new List<Finding>();
        var registry = FormatRegistry.TryImport([.. files.Select(f => (f, (Stream)File.OpenRead(Corpus.Reference("pronom", f))))], findings);
        Assert.NotNull(registry);
        Assert.Empty(findings);
        return registry;
    }
}
