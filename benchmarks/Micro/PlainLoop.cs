using System.Text.Json;
using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Host;
using Bench.Benchmarks.Launches;
using Bench.Benchmarks.Machines;
using Bench.Benchmarks.Preparing;
using Bench.Benchmarks.Processes;
using Bench.Benchmarks.Scheduling;
using Bench.Inference;
using Bench.Models;

namespace Bench.Benchmarks.Micro;

/// <summary>Holds what a run measures against a stopwatch around a loop: for each cell launches in processes of their own, in the order of
/// a run's, each of them both ways.</summary>
internal sealed class PlainLoop
{
    private const int MostImages = 64;
    private const int WarmupRequests = 10;

    private readonly LoopRequest _request;
    private readonly TextWriter _console;
    private readonly IReadOnlyList<CellId> _cells;
    private readonly DirectoryInfo _folder;
    private readonly LaunchPlan _plan;

    private PlainLoop(LoopRequest request, BenchPaths paths, TextWriter console)
    {
        (_request, _console) = (request, console);
        var faults = new List<string>();
        var sources = ModelOptions.Models(request.Models, paths, faults);
        var cores = StreamChoices.Cores(MachineProbe.Read());
        List<Variant> variants =
        [
            .. KnobOptions.Read(
                    [("--batch", $"batch={request.Batch}"), ("--streams", $"streams={request.Streams}")],
                    [BackendCatalogue.ReferenceId], faults)
                .SelectMany(variant => StreamChoices.Resolve(variant, BackendCatalogue.ReferenceId, cores)).Distinct(),
        ];
        if (request.Launches is < 1 or > 1000)
        {
            faults.Add($"--launches: found {request.Launches}; expected a number from 1 to 1000.");
        }

        if (request.Seconds is not (> 0 and < 3600))
        {
            faults.Add(FormattableString.Invariant($"--seconds: found {request.Seconds}; expected a number above 0 and below 3600."));
        }

        Throw(faults);
        var models = sources.Select(source => Prepare(source, variants, paths)).ToList();
        _cells = [.. models.SelectMany(model => variants.Select(
            variant => Matrix.Id(model.Name, BackendCatalogue.ReferenceId, variant, Precision.Fp32)))];
        faults.AddRange(_cells.Select(cell => WhyNot(cell, models, cores)).OfType<string>());
        Throw(faults);
        _folder = Directory.CreateTempSubdirectory("bench-plain-loop-");
        _plan = new LaunchPlan
        {
            RunPath = _folder.FullName,
            CancelFile = Path.Combine(_folder.FullName, "cancel"),
            Seed = request.Seed,
            Measuring = new MeasuringPlan
            {
                Rounds = request.Launches,
                Shares = request.Launches,
                WarmupRequests = WarmupRequests,
                WarmupSeconds = Math.Min(1, request.Seconds),
                // Who asks for short parts has a look, and knows that it is one.
                LongestWarmupSeconds = Math.Clamp(10 * request.Seconds, 1, 10),
                Requests = 1,
                DeviceSeconds = 0,
            },
            PoolBytes = (long)(RunPlanner.PoolToCacheRatio * MachineProbe.LastLevelCacheBytes()),
            Cache = paths.Cache,
            Models = models.ToDictionary(model => model.Name, model => model.Plan(Math.Min(model.Data!.Count, MostImages))),
        };
    }

    /// <summary>Measures, and shows what came of it.</summary>
    /// <returns>The exit code: see <see cref="PlainLoopTable.ExitCode"/>.</returns>
    /// <exception cref="ArgumentException">The command line makes no sense.</exception>
    /// <exception cref="IOException">A model cannot be prepared.</exception>
    public static int Run(LoopRequest request, BenchPaths paths, TextWriter console)
    {
        var loop = new PlainLoop(request, paths, console);
        try
        {
            var rows = loop.Measure();
            console.WriteLine();
            console.Write(PlainLoopTable.Text(rows));
            return PlainLoopTable.ExitCode(rows);
        }
        finally
        {
            TemporaryFiles.TryDelete(loop._folder);
        }
    }

    private static PreparedModel Prepare(ModelSource source, List<Variant> variants, BenchPaths paths)
    {
        var model = ModelPreparation.Prepare(source, new PreparingOptions
        {
            Precisions = [Precision.Fp32],
            Formats = [ModelFormat.Onnx],
            Cache = paths.Cache,
            Batches = [.. variants.Select(variant => variant.Number("batch")).Where(batch => batch > 1).Distinct()],
        });
        return model.Failure is { } failure ? throw new IOException(failure) : model;
    }

    private static string? WhyNot(CellId cell, List<PreparedModel> models, int cores) =>
        StreamChoices.WhyNot(cell, BackendCatalogue.ReferenceId, cores) is { } few ? $"--streams: {few}"
        : models.Find(model => model.Name == cell.Model)!.Files[0].WhyNotBatches.GetValueOrDefault(cell.Batch) is { } fixedBatch
            ? $"--batch: {cell.Model}: {fixedBatch}"
        : null;

    private static void Throw(List<string> faults)
    {
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(Environment.NewLine, faults.Distinct()));
        }
    }

    private List<PlainLoopRow> Measure()
    {
        var planPath = Path.Combine(_folder.FullName, "plan.json");
        _plan.Write(planPath);
        var records = _cells.Select(_ => new List<PlainLoopRecord>()).ToArray();
        var failures = new string?[_cells.Count];
        var launched = 0;
        foreach (var (round, order) in LaunchOrder.Create(_cells.Count, _request.Launches, _request.Seed).Index())
        {
            foreach (var cell in order)
            {
                _console.Write($"[{++launched}/{_cells.Count * _request.Launches}] round {round + 1}, {_cells[cell]}: ");
                var launch = new PlainLoopLaunch(planPath, new MeasurementId(_cells[cell], Load.Closed), round + 1, _request.Seconds);
                if (Start(launch, out var failure) is { } record)
                {
                    records[cell].Add(record);
                    _console.WriteLine(record.Order);
                }
                else
                {
                    failures[cell] = failure;
                    _console.WriteLine($"failed: {failure}");
                }
            }
        }

        return [.. _cells.Select((cell, i) => new PlainLoopRow(cell, records[i], failures[i]))];
    }

    private PlainLoopRecord? Start(PlainLoopLaunch launch, out string? failure)
    {
        var result = Path.Combine(_folder.FullName, "result.json");
        File.Delete(result);
        var ending = MonitoredProcess.Run(
            SelfProgram.Timed(launch.Arguments(result)),
            new ProcessWatch { Patience = Watchdog.Patience, Cancellation = CancellationToken.None });
        if (ending is { ExitCode: 0, StoppedBecause: null })
        {
            failure = null;
            return JsonSerializer.Deserialize<PlainLoopRecord>(File.ReadAllBytes(result), LaunchJson.Options);
        }

        failure = ending.StoppedBecause ?? $"exit code {ending.ExitCode}; {string.Join(' ', ending.Error.TakeLast(2))}".Trim();
        return null;
    }
}
