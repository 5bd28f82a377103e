using Bench.Analysis.Comparison;
using Bench.Analysis.Cost;
using Bench.Analysis.Exports;
using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Simulations.Traces;

namespace Bench.Simulations.Gate;

/// <summary>What is known of how runs differ, in a simulated gate.</summary>
internal enum KnownBy
{
    Control,
    Pairing,
    NoiseFile,
    Nothing,
}

/// <summary>Gates of drawn runs, judged by the product's own comparison.</summary>
/// <param name="model">How runs scatter.</param>
/// <param name="known">What is known of how runs differ.</param>
/// <param name="own">By how much a cell scatters for itself from run to run.</param>
/// <param name="launches">Launches of each run.</param>
internal sealed class GateSimulation(NoiseModel model, KnownBy known, double own, int launches)
{
    /// <summary>Cells of a gate.</summary>
    public const int Cells = 8;

    private const string Control = "net/ort-cpu@1.30.0/fp32/x";
    private const int RunsOfNoiseFile = 8;

    private static readonly RunPrice Price = new(PriceCatalogue.BuiltIn());

    /// <summary>The checks of each cell of some gates, of runs of the same code.</summary>
    /// <param name="gates">How many gates.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>For each gate its comparison; times of other ratios follow by multiplying.</returns>
    public IEnumerable<(ComparisonReport Report, DrawnRun Base, DrawnRun Current)> Run(int gates, int seed)
    {
        var random = new Random(seed);
        for (var gate = 0; gate < gates; gate++)
        {
            var noise = known == KnownBy.NoiseFile ? Noise(random) : null;
            var baseline = model.Draw(random, Cells, own, launches);
            var current = known == KnownBy.Pairing ? InTheSameRun(baseline, random) : model.Draw(random, Cells, own, launches);
            yield return (Compare(baseline, current, noise), baseline, current);
        }
    }

    /// <summary>The checks as they would be if the current side took a factor longer: every interval scales with it.</summary>
    public static IEnumerable<TimeCheck> Scaled(CellComparison cell, double factor, bool isDriftBeyond) =>
        cell.Checks.Select(check => TimeCheck.Of(
            check.Subject switch
            {
                CheckSubject.Time => TimeSubject.Typical,
                CheckSubject.MeanTime => TimeSubject.Mean,
                CheckSubject.P90 => TimeSubject.P90,
                _ => TimeSubject.P99,
            },
            check.Ratio with
            {
                Ratio = check.Ratio.Ratio * factor,
                Interval = check.Ratio.Interval is { } interval
                    ? interval with { Lower = interval.Lower * factor, Upper = interval.Upper * factor }
                    : null,
            },
            CellThresholds.Standard.Time,
            isDriftBeyond));

    private ComparisonReport Compare(DrawnRun baseline, DrawnRun current, NoiseFile? noise) =>
        Comparer.Compare(Side(baseline), Side(current), new ComparisonOptions
        {
            Price = Price,
            Control = known == KnownBy.Control ? Control : null,
            Noise = noise,
            Pairing = known == KnownBy.Pairing ? new CellPairing("base", "current") : null,
        });

    // The same rounds of the machine, other launches of the cells.
    private DrawnRun InTheSameRun(DrawnRun baseline, Random random)
    {
        var other = model.Draw(random, Cells, own, launches);
        double Level(double[][] control, int round) => control[round][0];
        return new DrawnRun(baseline.Control, Array.ConvertAll(other.Cells, cell => cell.Select((launch, round) =>
            Array.ConvertAll(launch, latency => latency / Level(other.Control, round) * Level(baseline.Control, round))).ToArray()));
    }

    private NoiseFile Noise(Random random) => NoiseCalibration.Of(
        [.. Enumerable.Range(0, RunsOfNoiseFile).Select(_ => Side(model.Draw(random, Cells, own, launches)))],
        new ComparisonOptions { Price = Price });

    private ComparisonSide Side(DrawnRun run) => new(
        "run",
        [
            .. run.Cells.Select((cell, i) => Benchmark($"net/ort-cpu/fp32/x{i}", cell)),
            .. known == KnownBy.Control ? [Benchmark(Control, run.Control)] : Array.Empty<SideBenchmark>(),
        ],
        Trait.Of(new Dictionary<string, string>
        {
            [MachineTraits.Processor] = "p",
            [MachineTraits.Cores] = "2",
            [MachineTraits.System] = "Linux",
        }),
        null,
        IsMarkdown: false);

    private static SideBenchmark Benchmark(string id, double[][] launches) => new(
        id,
        null,
        launches,
        null,
        null,
        WasTried: true,
        new CellFacts { Id = CellId.Parse(id), Status = CellStatus.Measured })
    {
        IsOfRequests = launches[0].Length > 1,
        Rounds = [.. Enumerable.Range(1, launches.Length)],
    };
}
