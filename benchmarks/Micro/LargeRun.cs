using System.Globalization;
using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Arrays.Npy;
using Bench.Arrays.Npz;
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
        Directory.CreateDirectory(folder.OutputsPath);
        List<CellId> cells = [.. from model in Enumerable.Range(1, models)
            from backend in Enumerable.Range(0, backends)
            select new CellId($"net{model}", BackendId.Parse(Backend(backend)), Variant.None, "fp32", Platform)];
        folder.WriteManifest(Manifest(cells, models, launches, iterations, images));
        foreach (var (number, cell) in cells.Index())
        {
            folder.Launches.Write(new InspectionRecord { Cell = cell, EffectivePrecision = "fp32" });
            var random = new SeededRandom((ulong)(number + cells.Count));
            var outputs = WriteOutputs(folder, number, images);
            for (var round = 1; round <= launches; round++)
            {
                WriteLaunch(folder, cell, number, (round, iterations, images), outputs, random);
            }
        }
    }

    private static RunManifest Manifest(List<CellId> cells, int models, int launches, int iterations, int images) => new()
    {
        Id = "20260102-030405-large-0123456",
        Complete = true,
        CommandLine = [],
        Seed = 1910,
        Profile = "default",
        Plan = new MeasuringPlan
        {
            Rounds = launches,
            Shares = launches,
            WarmupRequests = 1,
            WarmupSeconds = 1,
            Requests = iterations,
            DeviceSeconds = 0,
        },
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
        Cells = [.. cells.Select(cell => new CellFacts
        {
            Id = cell,
            Status = CellStatus.Measured,
            Engine = "none",
            EngineSource = "none",
        })],
    };

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

    /// <returns>The file, relative to the run.</returns>
    private static string WriteOutputs(RunFolder folder, int number, int images)
    {
        float[] outputs = [.. Enumerable.Range(0, images)
            .SelectMany(image => new[] { 0.5f + (0.4f * (image % 7) / 7), 0.5f - (0.4f * (image % 7) / 7) + (1e-6f * number) })];
        var array = Path.Combine(folder.OutputsPath, "array.npy");
        var name = string.Create(CultureInfo.InvariantCulture, $"outputs/{number:x16}.npz");
        NpyArray.FromSingles(outputs, images, Classes).Write(array);
        NpzFile.Write(array, Path.Combine(folder.Path, name));
        File.Delete(array);
        return name;
    }

    private static void WriteLaunch(
        RunFolder folder, CellId cell, int number, (int Round, int Iterations, int Images) size, string outputs, SeededRandom random)
    {
        var level = (10 + (number % 100)) * (1 + (0.01 * random.NextNormal()));
        var record = new LaunchRecord
        {
            Cell = cell,
            Round = size.Round,
            StartedUtc = DateTimeOffset.UnixEpoch,
            EndedUtc = DateTimeOffset.UnixEpoch,
            Facts = new LaunchFacts
            {
                Round = size.Round,
                LoadMs = 1,
                FirstInferenceMs = 1,
                GcCollections = 0,
                AllocatedBytesPerInference = 0,
                Requests = size.Iterations,
            },
            Session = new SessionRecord(),
            Outputs = size.Round > 1 ? null : new OutputShare
            {
                File = outputs,
                Images = [.. Enumerable.Range(0, size.Images)],
                MetricName = "accuracy",
                GradedName = "probability of the true class",
                Metric = [.. Enumerable.Range(0, size.Images).Select(image => image % 10 == 0 ? 0.0 : 1)],
                Graded = [.. Enumerable.Range(0, size.Images)
                    .Select(image => 0.5 + (0.4 * (image % 7) / 7) + (1e-5 * random.NextNormal()))],
            },
        };
        folder.Launches.Write(
            record, [.. Enumerable.Range(0, size.Iterations).Select(_ => level * (1 + (0.02 * random.NextNormal())))]);
    }
}
