using System.Globalization;
using System.Text;
using Bench.Analysis.Gate;
using Bench.Benchmarks.Host;

namespace Bench.Benchmarks.Experiments;

/// <summary>How often rules cry wolf, and how often they miss one: on real runs of this code, and on runs drawn from models fitted to them.</summary>
internal sealed class GateExperiment
{
    private const int Cells = 8;
    private const int CalibrationRuns = 8;
    private const double SlowDown = 0.10;

    private readonly NoiseTraces _traces;
    private readonly NoiseModel _model;
    private readonly int _comparisons;
    private readonly int _seed;

    public GateExperiment(NoiseTraces traces, int comparisons, int seed)
    {
        _traces = traces;
        _model = NoiseModel.Fit(traces);
        _comparisons = comparisons;
        _seed = seed;
    }

    /// <summary>Records latencies, or tries all rules on those that were recorded.</summary>
    public static int Run(ExperimentRequest request, TextWriter console)
    {
        if (request.Record.Count > 0)
        {
            NoiseTraces.Record(request.Record, request.Control).Write(request.Traces);
            return ExitCodes.Success;
        }

        console.Write(new GateExperiment(NoiseTraces.Read(request.Traces), request.Comparisons, request.Seed).Write());
        return ExitCodes.Success;
    }

    /// <summary>The rates of one rule.</summary>
    /// <param name="Rule">The rule.</param>
    /// <param name="FalseAlarms">Of comparisons of the same code, those in which any cell of the matrix is called slower.</param>
    /// <param name="Passed">Of the same, those in which every cell is called fine.</param>
    /// <param name="Caught">Of cells that are 10 % slower, those that are called so.</param>
    /// <param name="PassedThough">Of cells that are 10 % slower, those that are called fine.</param>
    /// <param name="Unchanged">How many comparisons of the same code there were.</param>
    /// <param name="Slowed">How many slower cells there were.</param>
    internal sealed record Rates(string Rule, double FalseAlarms, double Passed, double Caught, double PassedThough, int Unchanged, int Slowed);

    /// <summary>Every pair of real runs, and each with each that was slowed down.</summary>
    public IReadOnlyList<Rates> Real()
    {
        var plain = _traces.Runs.Where(run => run.SlowedDownBy == 0).ToList();
        var slow = _traces.Runs.Where(run => run.SlowedDownBy > 0).ToList();
        var unchanged = plain.SelectMany((run, i) => plain.Skip(i + 1).Select(other => (run, other))).ToList();
        var slowed = plain.SelectMany(run => slow.Select(other => (run, other))).ToList();
        return [.. Rules(_traces.Control, (baseline, current, control) => Calibrate([.. plain.Where(run => run != baseline && run != current)], control)).Select(rule => Rate(rule, unchanged, slowed))];
    }

    /// <summary>Comparisons of runs drawn from the fitted model: a matrix of eight cells.</summary>
    public IReadOnlyList<Rates> Simulated()
    {
        var random = new Random(_seed);
        TracedRun Draw(double slowDown) => _model.Draw(random, Cells, slowDown);
        var calibration = Enumerable.Range(0, CalibrationRuns).Select(_ => Draw(0)).ToList();
        const string Pattern = NoiseModel.ControlCell;
        var floors = new Dictionary<bool, NoiseFloor>
        {
            [true] = Calibrate(calibration, new Control(Pattern, IsUsed: true)),
            [false] = Calibrate(calibration, new Control(Pattern, IsUsed: false)),
        };
        var unchanged = Enumerable.Range(0, _comparisons).Select(_ => (Draw(0), Draw(0))).ToList();
        var slowed = Enumerable.Range(0, Math.Max(1, _comparisons / 4)).Select(_ => (Draw(0), Draw(SlowDown))).ToList();
        return [.. Rules(Pattern, (_, _, control) => floors[control.IsUsed]).Select(rule => Rate(rule, unchanged, slowed))];
    }

    /// <summary>Both as a table.</summary>
    public string Write()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Runs of {_traces.Machine}, profile {_traces.Profile}: {_traces.Runs.Count(run => run.SlowedDownBy == 0)} of the same code and {_traces.Runs.Count(run => run.SlowedDownBy > 0)} with `ort-cpu` slowed down by 10 %, control `{_traces.Control}`; ");
        text.Append(CultureInfo.InvariantCulture, $"from run to run all cells scatter together by {100 * _model.SharedDeviation:0.0} %, and each for itself by {100 * _model.OwnDeviation:0.0} %.\n\n");
        WriteTable(text, "Real runs", Real());
        WriteTable(text, string.Create(CultureInfo.InvariantCulture, $"Simulated runs, {Cells} cells, seed {_seed}"), Simulated());
        return text.ToString();
    }

    private static void WriteTable(StringBuilder text, string title, IReadOnlyList<Rates> rates)
    {
        text.Append(CultureInfo.InvariantCulture, $"{title}: {rates[0].Unchanged} comparisons of the same code, {rates[0].Slowed} cells slowed down by 10 %.\n\n");
        text.Append("| rule | false alarms in matrices | matrices passed | slowdowns caught | slowdowns passed |\n|---|---:|---:|---:|---:|\n");
        foreach (var rate in rates)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {rate.Rule} | {100 * rate.FalseAlarms:0.0} % | {100 * rate.Passed:0.0} % | {100 * rate.Caught:0.0} % | {100 * rate.PassedThough:0.0} % |\n");
        }

        text.Append('\n');
    }

    private static IReadOnlyList<DecisionRule> Rules(string pattern, Func<TracedRun, TracedRun, Control, NoiseFloor> noise)
    {
        var (used, unused) = (new Control(pattern, IsUsed: true), new Control(pattern, IsUsed: false));
        return
        [
            DecisionRule.Gate("`bench gate --control`", used, null),
            DecisionRule.Gate("`bench gate --control --noise`", used, (baseline, current) => noise(baseline, current, used)),
            DecisionRule.Gate("`bench gate`", unused, null),
            DecisionRule.Gate("`bench gate --noise`", unused, (baseline, current) => noise(baseline, current, unused)),
            DecisionRule.MannWhitney(unused),
            DecisionRule.MannWhitney(used),
            DecisionRule.RatioOfMeans(unused),
            DecisionRule.RatioOfMeans(used),
        ];
    }

    private static NoiseFloor Calibrate(IReadOnlyList<TracedRun> runs, Control control) =>
        NoiseFloor.Calibrate([.. runs.Select(DecisionRule.SideOf)], DecisionRule.Options(control));

    private static Rates Rate(DecisionRule rule, List<(TracedRun, TracedRun)> unchanged, List<(TracedRun, TracedRun)> slowed)
    {
        var same = unchanged.ConvertAll(pair => rule.Decide(pair.Item1, pair.Item2).Values.ToList());
        var different = slowed.SelectMany(pair => rule.Decide(pair.Item1, pair.Item2).Values).ToList();
        return new Rates(
            rule.Name,
            Share(same, cells => cells.Contains(Decision.Slower)),
            Share(same, cells => cells.TrueForAll(cell => cell == Decision.Fine)),
            Share(different, cell => cell == Decision.Slower),
            Share(different, cell => cell == Decision.Fine),
            same.Count,
            different.Count);
    }

    private static double Share<T>(List<T> all, Func<T, bool> holds) => all.Count == 0 ? double.NaN : (double)all.Count(holds) / all.Count;
}
