using System.Globalization;
using System.Text;
using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Arrays.Npy;

namespace Bench.Analysis.Tests.Runs;

/// <summary>A small run folder of a machine that does not exist, with figures that are easy to check.
/// For tests of readers and reports.</summary>
internal static class RunFixture
{
    public const string Id = "20260102-030405-testbox-0123456";

    /// <summary>Evaluation images: enough to show that accuracies differ by no more than 0.01.</summary>
    public const int Images = 300;

    public static readonly string[] CellIds =
    [
        "tiny/ort-cpu/fp32/linux-x64", "tiny/ort-cpu/fp16/linux-x64", "tiny/ort-cpu-unoptimized/fp32/linux-x64",
        "tiny/ort-cuda/fp32/linux-x64",
        "tiny/ort-cpu-unoptimized/fp16/linux-x64",
    ];

    /// <summary>The id of one of <see cref="CellIds"/>.</summary>
    public static CellId IdOf(int cell) => CellId.Parse(CellIds[cell]);

    public static RunFolder Create(string parent, Func<RunManifest, RunManifest>? change = null) =>
        Create(Path.Combine(parent, Id), 2, 0.5, 1, change);

    /// <summary>A run with so many launches, each later by a step in ms, all times multiplied by a factor; those of the unoptimized cell by
    /// another one if given.</summary>
    public static RunFolder Create(string path, int launches, double stepMs, double factor, Func<RunManifest, RunManifest>? change = null,
        double controlFactor = double.NaN)
    {
        var folder = new RunFolder(path);
        Directory.CreateDirectory(folder.BenchmarkDotNetPath);
        Directory.CreateDirectory(folder.OutputsPath);
        File.WriteAllText(Path.Combine(folder.BenchmarkDotNetPath, "InferenceBenchmark-report-full.json"),
            BenchmarkDotNetJson(launches, stepMs, factor, double.IsNaN(controlFactor) ? factor : controlFactor));
        WriteOutputs(folder, CellIds[0], 0);
        WriteOutputs(folder, CellIds[1], 0.001f);
        WriteOutputs(folder, CellIds[2], 0);
        var manifest = Manifest();
        manifest = launches == 2 ? manifest : manifest with
        {
            Cells = [.. manifest.Cells.Select(cell => cell.Status != CellStatus.Measured ? cell : cell with
            {
                Launches = [.. Enumerable.Range(1, launches).Select(Launch)],
                Iterations = 100 * launches,
            })],
        };
        folder.WriteManifest((change ?? (unchanged => unchanged))(manifest));
        return folder;
    }

    /// <summary>Gives cells other ids, in the manifest and in the export.</summary>
    public static void Rename(RunFolder folder, params (int Cell, string Id)[] names)
    {
        var manifest = folder.ReadManifest();
        var export = Path.Combine(folder.BenchmarkDotNetPath, "InferenceBenchmark-report-full.json");
        foreach (var (cell, name) in names)
        {
            var (from, to) = (IdOf(cell), CellId.Parse(name));
            manifest = manifest with
            {
                Cells = [.. manifest.Cells.Select(found => found.Id == from ? found with { Id = to } : found)],
            };
            File.WriteAllText(export, File.ReadAllText(export).Replace(Job(from), Job(to), StringComparison.Ordinal));
        }

        folder.WriteManifest(manifest);

        static string Job(CellId id) => $"Infer: {id.Backend}_{id.Precision}_{id.Platform}_r";
    }

    public static RunManifest Manifest() => new()
    {
        SchemaVersion = 1,
        Id = Id,
        Complete = true,
        CommandLine = ["--profile", "default"],
        Seed = 1910,
        Profile = "default",
        StartedUtc = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        EndedUtc = new DateTimeOffset(2026, 1, 2, 3, 9, 5, TimeSpan.Zero),
        Git = new GitState("0123456789abcdef0123456789abcdef01234567", false),
        Machine = new MachineFacts
        {
            Name = "testbox",
            Os = "linux",
            OsVersion = "Test Linux 1.0",
            Architecture = "x64",
            Cpu = "Test CPU 3.0",
            PhysicalCores = 4,
            LogicalCores = 8,
            CpuQuota = 2,
            MemoryBytes = 17179869184,
            Gpus = [new GpuFacts("Test GPU", "1.2.3")],
            Virtualisation = "kvm",
        },
        Software = new Dictionary<string, string> { ["dotnet"] = ".NET 10.0.0" },
        UsdPerHour = 0.36,
        Models =
        [
            new ModelFacts
            {
                Id = "tiny",
                Title = "A tiny network",
                Task = "classification",
                Files = new Dictionary<string, FileFacts>
                {
                    ["fp32"] = new(new string('a', 64), 1000),
                    ["fp16"] = new(new string('b', 64), 500),
                },
                DataSha256 = new string('c', 64),
                DataCount = Images,
                EvaluatedCount = Images,
            },
        ],
        Cells =
        [
            Cell(CellIds[0], 0.8, 1),
            Cell(CellIds[1], 0.79, 0.875) with { EffectivePrecision = "fp32" },
            Cell(CellIds[2], 0.8, 1) with
            {
                Launches = [Launch(1),
                    Launch(2) with { StealShare = 0.05, OtherLoadShare = 0.2, GcCollections = 3, AllocatedBytesPerInference = 5000 }],
            },
            Unmeasured(CellIds[3], CellStatus.Unavailable, "no GPU here; install one"),
            Unmeasured(CellIds[4], CellStatus.Failed, "the benchmark process ended with exit code 139"),
        ],
    };

    private static CellFacts Cell(string id, double graded, double accuracy) => Unmeasured(id, CellStatus.Measured, null) with
    {
        Engine = "onnxruntime 1.30.0",
        EngineSource = "npm onnxruntime-node@1.30.0",
        EffectivePrecision = "fp32",
        Threads = 2,
        Iterations = 200,
        Launches = [Launch(1), Launch(2)],
        Outputs = RunFolder.OutputsOf(CellId.Parse(id)),
        TaskMetric = new TaskMetricFacts(
            "accuracy",
            accuracy,
            "probability of the true class",
            [.. Enumerable.Range(0, Images).Select(i => i < accuracy * Images ? 1.0 : 0)],
            [.. Enumerable.Range(0, Images).Select(i => graded - ((i % 8) * 0.01))]),
    };

    private static CellFacts Unmeasured(string id, CellStatus status, string? reason) => new()
    {
        Id = CellId.Parse(id),
        Status = status,
        Reason = reason,
    };

    private static LaunchFacts Launch(int round) => new()
    {
        Round = round,
        LoadMs = 100 + round,
        FirstInferenceMs = 50 + round,
        GcCollections = 0,
        AllocatedBytesPerInference = 360,
        StealShare = 0,
        OtherLoadShare = 0.001,
    };

    private static void WriteOutputs(RunFolder folder, string cell, float offset) =>
        NpyArray.FromSingles([.. Enumerable.Range(0, 2 * Images).Select(i => (i * 0.25f) + offset)], Images, 2)
            .Write(Path.Combine(folder.Path, RunFolder.OutputsOf(CellId.Parse(cell))));

    /// <summary>Latencies that rise by 0.01 ms from 10, 9 and 20 ms; the second launch is 0.5 ms slower.
    /// Warm-up and overhead lines must be ignored.</summary>
    private static string BenchmarkDotNetJson(int launches, double stepMs, double factor, double controlFactor)
    {
        var text = new StringBuilder("{ \"Title\": \"t\", \"Benchmarks\": [");
        foreach (var (cell, begin) in CellIds.Take(3).Zip([10.0, 9.0, 20.0]))
        {
            var id = CellId.Parse(cell);
            for (var round = launches; round >= 1; round--)
            {
                var job = $"{id.Backend}_{id.Precision}_{id.Platform}_r{round}";
                text.Append(text[^1] == '[' ? string.Empty : ",").Append(CultureInfo.InvariantCulture, $$"""
                    { "DisplayInfo":
                        "InferenceBenchmark.Infer: {{job}}(EnvironmentVariables=A=(b), IterationCount=100) [Model={{id.Model}}]",
                      "Namespace": "Bench.Benchmarks.Inference", "Type": "InferenceBenchmark",
                      "Method": "Infer", "MethodTitle": "Infer", "Parameters": "Model={{id.Model}}",
                      "FullName": "Bench.Benchmarks.Inference.InferenceBenchmark.Infer(Model: \"tiny\")", "Measurements": [
                      { "IterationMode": "Overhead", "IterationStage": "Actual",
                        "LaunchIndex": 1, "IterationIndex": 1, "Operations": 1, "Nanoseconds": 77 },
                      { "IterationMode": "Workload", "IterationStage": "Warmup",
                        "LaunchIndex": 1, "IterationIndex": 1, "Operations": 1, "Nanoseconds": 99000000 }
                    """);
                for (var i = 1; i <= 100; i++)
                {
                    var ns = (begin + (0.01 * i) + (stepMs * (round - 1))) * 1e6
                        * (id.Backend.Name == "ort-cpu-unoptimized" ? controlFactor : factor);
                    text.Append(CultureInfo.InvariantCulture, $$"""
                        , { "IterationMode": "Workload", "IterationStage": "Actual",
                            "LaunchIndex": 1, "IterationIndex": {{i}}, "Operations": 1, "Nanoseconds": {{ns:0}} }
                        """);
                }

                text.Append("] }");
            }
        }

        return text.Append("] }").ToString();
    }
}
