using System.Collections.Immutable;
using Bench.Analysis.Timings;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Order;
using BenchmarkDotNet.Running;

namespace Bench.Benchmarks.Configs;

/// <summary>
/// Runs one launch of every cell, then the next of every cell in the opposite order, and so on (A B C, C B A, …), so that slow drift of the
/// machine hits all alike, and no cell always follows the same other one.
/// </summary>
internal sealed class InterleavingOrderer : DefaultOrderer
{
    public override IEnumerable<BenchmarkCase> GetExecutionOrder(
        ImmutableArray<BenchmarkCase> benchmarksCase, IEnumerable<BenchmarkLogicalGroupRule>? order = null) =>
        benchmarksCase.GroupBy(Round).OrderBy(round => round.Key).SelectMany(
            // By name, since BenchmarkDotNet asks more than once, each time with the answer of the last.
            round => round.Key % 2 == 1
                ? round.OrderBy(benchmark => benchmark.DisplayInfo, StringComparer.Ordinal)
                : round.OrderByDescending(benchmark => benchmark.DisplayInfo, StringComparer.Ordinal));

    private static int Round(BenchmarkCase benchmark) => JobName.TryParse(benchmark.DisplayInfo, out var job, out _) ? job.Round : 0;
}
