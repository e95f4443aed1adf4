using Lantai.InformationPackages;
using Lantai.Tests.Adapters;

namespace Lantai.Tests.Inspection.Red;

/// <summary>What the samples have the engine say is what a real engine says of them.</summary>
public sealed class RedEngineTests(Clamd clamd) : IClassFixture<Clamd>
{
    [Theory]
    [InlineData("infected", SecurityMutations.Infected)]
    [InlineData("byte-flipped", null)]
    public void A_real_engine_says_the_same(string sample, string? infected)
    {
        Assert.SkipWhen(clamd.Program is null, "clamd is not installed.");
        var made = RedMutations.ByName[sample].Make();

        var said = Clamd.At(clamd.Socket).Scan([.. made.Files.Select(f => PackageFile.OfBytes(f.Key, f.Value))], TestContext.Current.CancellationToken);

        Assert.Equal(infected is null ? [] : [infected], said.Infected.Select(f => f.Key));
        Assert.Empty(said.NotScanned);
        Assert.Equal(made.Antivirus!.Infected.Select(f => f.Key), said.Infected.Select(f => f.Key));
    }
}
