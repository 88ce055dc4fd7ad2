// The parts of a request, each alone. parts BENCH_FOLDER ARTIFACTS_FOLDER [FILTER]; prints the figures as one line of JSON.
using System.Text.Json;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Platform.Bench.Parts;

if (args is not [var bench, var artifacts])
{
    Console.Error.WriteLine($"arguments: {args.Length} found; expected BENCH_FOLDER ARTIFACTS_FOLDER.");
    return 2;
}

Pages.BenchFolder = bench;
// In this process: nothing is generated, built or started for a part, and all of them see the same runtime as the host's settings make it.
var config = ManualConfig.CreateEmpty()
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
    .AddDiagnoser(MemoryDiagnoser.Default)
    .AddColumnProvider(DefaultColumnProviders.Instance)
    .AddLogger(new StreamLogger(Path.Combine(artifacts, "parts.log")))
    .WithArtifactsPath(artifacts);
var summaries = BenchmarkRunner.Run([typeof(Keys), typeof(Lookups), typeof(Routes), typeof(Pages)], config);
var figures = summaries.SelectMany(summary => summary.Reports).Select(report => new
{
    name = report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\''),
    ns = report.ResultStatistics?.Mean,
    error = report.ResultStatistics?.StandardError,
    bytes = report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase),
});
Console.WriteLine($"figures {JsonSerializer.Serialize(figures)}");
return summaries.Any(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success)) ? 1 : 0;
