using System.Globalization;
using System.Text;
using Bench.Analysis.Exports;
using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Arrays.Npy;
using Bench.Models.Data;

namespace Bench.Benchmarks.Micro;

/// <summary>Writes a run folder as large as people will bring, of engines that do not exist. It is measured by how fast it is read,
/// and is in no result.</summary>
internal static class LargeRun
{
    private const string Platform = "linux-x64";
    private const int Classes = 2;

    /// <summary>Writes a run.</summary>
    /// <param name="path">The folder; it is made.</param>
    /// <param name="models">How many networks.</param>
    /// <param name="backends">How many engines of each; their product is the number of cells.</param>
    /// <param name="launches">Launches of each cell.</param>
    /// <param name="iterations">Latencies of each launch.</param>
    /// <param name="images">Evaluation images.</param>
    public static void Write(string path, int models, int backends, int launches, int iterations, int images)
    {
        var folder = new RunFolder(path);
        Directory.CreateDirectory(folder.BenchmarkDotNetPath);
        Directory.CreateDirectory(folder.OutputsPath);
        List<(string Model, JobName Job)> cells = [.. from model in Enumerable.Range(1, models)
            from backend in Enumerable.Range(0, backends)
            select ($"net{model}", new JobName(Backend(backend), "fp32", Platform, 1))];
        WriteExport(Path.Combine(folder.BenchmarkDotNetPath, "InferenceBenchmark-report-full.json"), cells, launches, iterations);
        folder.WriteManifest(new RunManifest
        {
            Id = "20260102-030405-large-0123456",
            Complete = true,
            CommandLine = [],
            Seed = 1910,
            Profile = "default",
            StartedUtc = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
            EndedUtc = new DateTimeOffset(2026, 1, 2, 4, 4, 5, TimeSpan.Zero),
            Git = new GitState(new string('0', 40), false),
            Machine = new MachineFacts
            {
                Name = "large",
                Os = "linux",
                OsVersion = "none",
                Architecture = "x64",
                Cpu = "None",
                PhysicalCores = 4,
                LogicalCores = 8,
                Gpus = [],
            },
            Software = new Dictionary<string, string>(),
            UsdPerHour = 1,
            Models = [.. Enumerable.Range(1, models).Select(model => Model($"net{model}", images))],
            Cells = [.. cells.Select((cell, i) => Cell(folder, cell.Job.CellId(cell.Model), i, launches, iterations, images))],
        });
    }

    private static string Backend(int number) =>
        number == 0 ? "ort-cpu" : string.Create(CultureInfo.InvariantCulture, $"ort-cpu@1.{number}.0");

    private static ModelFacts Model(string id, int images) => new()
    {
        Id = id,
        Title = id,
        Task = "classification",
        Files = new Dictionary<string, FileFacts> { ["fp32"] = new(new string('a', 64), 1000) },
        DataSha256 = new string('c', 64),
        DataCount = images,
        EvaluatedCount = images,
    };

    private static CellFacts Cell(RunFolder folder, CellId id, int number, int launches, int iterations, int images)
    {
        var random = new SeededRandom((ulong)number);
        float[] outputs = [.. Enumerable.Range(0, images)
            .SelectMany(image => new[] { 0.5f + (0.4f * (image % 7) / 7), 0.5f - (0.4f * (image % 7) / 7) + (1e-6f * number) })];
        NpyArray.FromSingles(outputs, images, Classes).Write(Path.Combine(folder.Path, RunFolder.OutputsOf(id)));
        return new CellFacts
        {
            Id = id,
            Status = CellStatus.Measured,
            Engine = "none",
            EngineSource = "none",
            EffectivePrecision = "fp32",
            Threads = 8,
            Iterations = launches * iterations,
            Launches = [.. Enumerable.Range(1, launches).Select(round =>
                new LaunchFacts { Round = round, LoadMs = 1, FirstInferenceMs = 1, GcCollections = 0, AllocatedBytesPerInference = 0 })],
            Outputs = RunFolder.OutputsOf(id),
            TaskMetric = new TaskMetricFacts(
                "accuracy",
                0.9,
                "probability of the true class",
                [.. Enumerable.Range(0, images).Select(image => image % 10 == 0 ? 0.0 : 1)],
                [.. Enumerable.Range(0, images).Select(image => 0.5 + (0.4 * (image % 7) / 7) + (1e-5 * random.NextNormal()))]),
        };
    }

    private static void WriteExport(string path, List<(string Model, JobName Job)> cells, int launches, int iterations)
    {
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 20);
        writer.Write("{ \"Title\": \"large\", \"Benchmarks\": [");
        var separator = string.Empty;
        foreach (var (number, (model, job)) in cells.Index())
        {
            var random = new SeededRandom((ulong)(number + cells.Count));
            for (var round = 1; round <= launches; round++)
            {
                var level = (10 + (number % 100)) * 1e6 * (1 + (0.01 * random.NextNormal()));
                writer.Write(string.Create(CultureInfo.InvariantCulture, $$"""
                    {{separator}}{ "DisplayInfo":
                    "InferenceBenchmark.Infer: {{job with { Round = round }}}(IterationCount={{iterations}}) [Model={{model}}]",
                    "Namespace": "Bench.Benchmarks.Inference",
                    "Type": "InferenceBenchmark", "Method": "Infer", "MethodTitle": "Infer", "Parameters": "Model={{model}}",
                    "FullName": "Bench.Benchmarks.Inference.InferenceBenchmark.Infer(Model: \"{{model}}\")", "Measurements": [
                    """));
                for (var i = 1; i <= iterations; i++)
                {
                    var ns = level * (1 + (0.02 * random.NextNormal()));
                    writer.Write(string.Create(CultureInfo.InvariantCulture, $$"""
                        {{(i == 1 ? string.Empty : ",")}}{"IterationMode":"Workload","IterationStage":"Actual","LaunchIndex":1,
                        "IterationIndex":{{i}},"Operations":1,"Nanoseconds":{{ns:0}}}
                        """));
                }

                writer.Write("] }");
                separator = ",\n";
            }
        }

        writer.Write("] }");
    }
}
