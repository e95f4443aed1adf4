using BenchmarkDotNet.Attributes;

namespace Lantai.Bench;

/// <summary>Times and allocations of each primitive.</summary>
[MemoryDiagnoser]
public class PrimitiveBenchmarks : IDisposable
{
    private Operations? _operations;
    private Action _run = () => { };

    public static IEnumerable<string> Names
    {
        get
        {
            using var operations = new Operations();
            return [.. operations.All.Select(o => o.Name)];
        }
    }

    [ParamsSource(nameof(Names))]
    public string Operation { get; set; } = "";

    [GlobalSetup]
    public void Find()
    {
        _operations = new Operations();
        _run = _operations.All.Single(o => o.Name == Operation).Run;
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _operations?.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public void Run() => _run();
}
