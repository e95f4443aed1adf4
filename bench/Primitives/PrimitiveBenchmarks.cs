using BenchmarkDotNet.Attributes;

namespace Lantai.Bench;

/// <summary>Times and allocations of each primitive.</summary>
[MemoryDiagnoser]
public class PrimitiveBenchmarks
{
    private Action _run = () => { };

    public static IEnumerable<string> Names => Operations.All().Select(o => o.Name);

    [ParamsSource(nameof(Names))]
    public string Operation { get; set; } = "";

    [GlobalSetup]
    public void Find() => _run = Operations.All().Single(o => o.Name == Operation).Run;

    [Benchmark]
    public void Run() => _run();
}
