using System.Diagnostics;
using System.Globalization;
using Lantai.Characterization;
using Lantai.Characterization.Identification;
using Lantai.Cli.Demo;
using Lantai.Containers;
using Lantai.Evidence.Signatures;
using Lantai.InformationPackages;
using Lantai.Inspection;
using Lantai.RecordsManagement;
using Lantai.Tests.InformationPackages;

namespace Lantai.Tests.Inspection;

/// <summary>What the whole inspection of an ordinary case costs; what it says goes to the output, the bound is one that no good machine meets by luck.</summary>
public sealed class InspectionSpeedTests
{
    private const int Cases = 200;

    [Fact]
    [Trait("Length", "long")]
    public void A_case_of_eight_files_is_inspected_in_milliseconds()
    {
        using var scratch = new Scratch();
        var packages = Generate(scratch);
        var characterization = new CharacterizationPlan(FormatRegistry.BuiltIn, CharacterizationDepth.Full);
        var plan = new InspectionPlan(RunPoint.AgencyArchiving, CaseInspectionTests.Everything(InspectionStage.Archiving), characterization, new EvidenceQuestion { Anchors = [], Now = SeenPackage.Now });
        var inspection = new CaseInspection(plan, TimeProvider.System);
        Run(inspection, packages[..20]); // what is compiled once is not what a case costs

        var (cpu, wall) = (Process.GetCurrentProcess().TotalProcessorTime, Stopwatch.StartNew());
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        Run(inspection, packages[20..]);
        var each = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMilliseconds / (Cases - 20);
        TestContext.Current.SendDiagnosticMessage(string.Create(
            CultureInfo.InvariantCulture, $"inspection: {each:F1} ms CPU and {wall.Elapsed.TotalMilliseconds / (Cases - 20):F1} ms a case, {(GC.GetAllocatedBytesForCurrentThread() - bytes) / (Cases - 20) / 1024} KiB allocated a case"));
        Assert.True(each < 100, $"{each} ms");
    }

    private static void Run(CaseInspection inspection, IReadOnlyList<string> packages)
    {
        foreach (var path in packages)
        {
            var submitted = new SubmittedPackage(new SubmissionSource(path, SubmissionForm.Auto, ContainerLimits.Default), new ChannelFacts("yz-cases", SourceChannel.Online));
            Assert.NotNull(inspection.Inspect(submitted, "甲", TestContext.Current.CancellationToken).Facts!.Package.Case);
        }
    }

    private static List<string> Generate(Scratch scratch)
    {
        var profile = CasePackageSampleTests.Profile("gbt42727");
        var invention = new CaseInvention(profile, (title, lines, isSealed) => DemoPdf.Write(title, lines, "Example (fictitious)", isSealed), 7);
        var packages = new List<string>();
        for (var number = 0; packages.Count < Cases; number++)
        {
            var made = invention.Make(number, CancellationToken.None);
            var path = Path.Combine(scratch.Path, made.RecordCode + ".zip");
            using var zip = File.Create(path);
            PackageWriting.ToZip(zip, profile.Write(made, CancellationToken.None), made.RecordCode);
            packages.Add(path);
        }

        return packages;
    }
}
