using System.Collections.Immutable;
using Bench.Analysis.Exports;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Order;
using BenchmarkDotNet.Running;

namespace Bench.Benchmarks.Configs;

/// <summary>Runs one launch of every cell, then the next of every cell, in the order of <see cref="LaunchOrder"/>.</summary>
/// <param name="seed">The seed of the run.</param>
internal sealed class LaunchOrderer(ulong seed) : DefaultOrderer
{
    public override IEnumerable<BenchmarkCase> GetExecutionOrder(
        ImmutableArray<BenchmarkCase> benchmarksCase, IEnumerable<BenchmarkLogicalGroupRule>? order = null)
    {
        // By name, since BenchmarkDotNet asks more than once, each time with the answer of the last.
        var rounds = benchmarksCase.GroupBy(Round).OrderBy(round => round.Key)
            .Select(round => round.OrderBy(benchmark => benchmark.DisplayInfo, StringComparer.Ordinal).ToList()).ToList();
        var orders = LaunchOrder.Create(rounds.Select(round => round.Count).DefaultIfEmpty(0).Max(), rounds.Count, seed);
        return rounds.Zip(orders)
            .SelectMany(round => round.Second.Where(cell => cell < round.First.Count).Select(cell => round.First[cell]));
    }

    private static int Round(BenchmarkCase benchmark) => JobName.TryParse(benchmark.DisplayInfo, out var job, out _) ? job.Round : 0;
}
