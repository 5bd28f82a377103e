using Bench.Analysis.Equivalence;
using Bench.Analysis.Measurements;
using Bench.Analysis.Statistics.Paired;
using Bench.Analysis.Statistics.TwoSamples;
using Bench.Models.Data;
using BenchmarkDotNet.Attributes;

namespace Bench.Benchmarks.Micro;

/// <summary>The statistics at the sizes that people bring: a million pairs, a hundred thousand differences, a thousand images,
/// ten launches.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class StatisticsBenchmarks
{
    private readonly double[] _first = Normal(1, 1_000_000);
    private readonly double[] _second = Normal(2, 1_000_000);
    private readonly double[] _differences = Normal(3, 100_000);
    private readonly CellTimings _timings =
        new(CellId.Parse("a/b/fp32/c"),
            [.. Enumerable.Range(4, 5).Select(seed => new LaunchTimings(seed, [.. Normal((ulong)seed, 141).Select(Math.Exp)]))]);

    private readonly double[] _few = [.. Normal(9, 10).Select(Math.Exp)];

    [Benchmark]
    public SignedRankResult RankAMillionPairs() => SignedRankTest.Test(_first, _second);

    [Benchmark]
    public CentreEstimate CentreOfAHundredThousandDifferences() => HodgesLehmann.Estimate(_differences, 0.90);

    [Benchmark]
    public PairedEquivalence CompareAThousandImages() =>
        PairedEquivalence.Of(_first.AsSpan(0, 1000), _second.AsSpan(0, 1000), 1, new EquivalenceOptions());

    [Benchmark]
    public RatioEstimate RatioOfTenLaunches() => HodgesLehmannRatio.Estimate(_few, _few, 0.95);

    [Benchmark]
    public LatencyEstimate EstimateFiveLaunches() => LatencyEstimate.From(_timings);

    private static double[] Normal(ulong seed, int count)
    {
        var random = new SeededRandom(seed);
        return Array.ConvertAll(new double[count], _ => random.NextNormal());
    }
}
