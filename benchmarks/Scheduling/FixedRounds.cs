using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;

namespace Bench.Benchmarks.Scheduling;

/// <summary>One launch of every measurement, then the next of every one, as many times as the profile says, in a balanced order.</summary>
/// <param name="measurements">What is measured.</param>
/// <param name="rounds">How many launches each has.</param>
/// <param name="seed">Decides the order.</param>
internal sealed class FixedRounds(IReadOnlyList<MeasurementId> measurements, int rounds, ulong seed) : ILaunchPolicy
{
    public int Expected(LaunchHistory history) => measurements.Count * rounds;

    public IEnumerable<LaunchName> Launches(LaunchHistory history) => LaunchOrder.Create(measurements.Count, rounds, seed)
        .SelectMany((order, round) => order.Select(place => new LaunchName(measurements[place], round + 1)));
}
