using System.Diagnostics;
using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Lantai.Bench;

switch (args)
{
    case ["--gate"]:
        return Gate();
    case ["--corpus", var folder]:
        CorpusHashing.Run(folder);
        return 0;
    case ["--packs", .. var files] when files.Length > 0:
        PackHashing.Run(files);
        return 0;
    case ["--sm3"]:
        await KeepingWithSm3.RunAsync();
        return 0;
    default:
        // In this process: the benchmarks reach internal types, and nothing is built behind the build's back.
        var job = Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance);
        _ = BenchmarkSwitcher.FromAssembly(typeof(PrimitiveBenchmarks).Assembly).Run(args, DefaultConfig.Instance.AddJob(job));
        return 0;
}

static int Gate()
{
    var budgets = AllocationBudgets.Read();
    var failures = new List<string>();
    using var operations = new Operations();
    foreach (var operation in operations.All)
    {
        if (AllocationBudgets.Judge(operation, budgets, out var measured) is { } failure)
        {
            failures.Add(failure);
        }

        var (runs, clock, cpu) = (0, Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        for (; clock.ElapsedMilliseconds < 200; runs++)
        {
            operation.Run();
        }

        var seconds = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds / runs;
        var rate = operation.Bytes > 0 ? $"{operation.Bytes / seconds / 1e9,8:F2} GB per CPU s" : "";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{operation.Name,-48} {measured,10:F0} B of {budgets.GetValueOrDefault(operation.Name),8}  {seconds * 1e6,12:F2} CPU µs {rate}"));
    }

    failures.ForEach(Console.Error.WriteLine);
    return failures.Count == 0 ? 0 : 1;
}
