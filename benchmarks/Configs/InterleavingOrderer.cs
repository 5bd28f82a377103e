using System.Collections.Immutable;
using Bench.Analysis.Timings;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Order;
using BenchmarkDotNet.Running;

namespace Bench.Benchmarks.Configs;

/// <summary>Runs one launch of every cell, then the next of every cell, and so on, so that slow drift of the machine hits all alike.</summary>
internal sealed class InterleavingOrderer : DefaultOrderer
{
    public override IEnumerable<BenchmarkCase> GetExecutionOrder(
        ImmutableArray<BenchmarkCase> benchmarksCase, IEnumerable<BenchmarkLogicalGroupRule>? order = null) =>
        benchmarksCase.OrderBy(Round);

    private static int Round(BenchmarkCase benchmark) => JobName.TryParse(benchmark.DisplayInfo, out var job, out _) ? job.Round : 0;
}
