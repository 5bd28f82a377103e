using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Arrays.Npy;
using Bench.Arrays.Npz;

namespace Bench.Analysis.Tests.Runs;

/// <summary>A small run folder of version 2 on a machine that does not exist: its plan, and launches as processes would
/// have left them.</summary>
internal static class LaunchFixture
{
    public const string Id = "20260102-030405-testbox-0123456";
    public const int Images = 6;
    public const int Requests = 5;

    public const string Baseline = "tiny/ort-cpu-unoptimized/fp32/linux-x64";
    public const string Plain = "tiny/ort-cpu/fp32/linux-x64";
    public const string Half = "tiny/ort-cpu/fp16/linux-x64";
    public const string Threaded = "tiny/ort-cpu+threads=2/fp32/linux-x64";
    public const string Missing = "tiny/ort-cuda/fp32/linux-x64";

    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    /// <summary>Makes a run with its plan alone, as it stands there when the first launch starts.</summary>
    /// <param name="path">The run's folder.</param>
    /// <param name="cells">The cells that are to be measured; <see cref="Missing"/> is added to them.</param>
    public static RunFolder Create(string path, params string[] cells)
    {
        var folder = new RunFolder(path);
        Directory.CreateDirectory(folder.BenchmarkDotNetPath);
        Directory.CreateDirectory(folder.OutputsPath);
        folder.WriteManifest(Manifest(cells));
        return folder;
    }

    /// <summary>Says in the manifest that the run came to its end.</summary>
    public static void Complete(RunFolder folder) =>
        folder.WriteManifest(folder.ReadPlan() with { Complete = true, EndedUtc = Start.AddMinutes(5) });

    /// <summary>Writes the launches of a cell, which share the images.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="rounds">How many there are.</param>
    /// <param name="ms">The latency that all others are a little longer than.</param>
    /// <param name="offset">What is added to the first number of each output.</param>
    public static void WriteLaunches(RunFolder folder, string cell, int rounds, double ms = 10, float offset = 0)
    {
        for (var round = 1; round <= rounds; round++)
        {
            Write(folder, Record(cell, round, Share(folder, ImagesOf(round, rounds), offset)), ms);
        }
    }

    /// <summary>Writes what a launch measured: latencies that rise by 0.01 ms, and by a tenth with each round.</summary>
    public static void Write(RunFolder folder, LaunchRecord record, double ms = 10) =>
        folder.Launches.Write(record, record.IsFinished ? Latencies(record.Round, ms) : []);

    public static double[] Latencies(int round, double ms = 10) =>
        [.. Enumerable.Range(0, Requests).Select(i => ms + (0.1 * round) + (0.01 * i))];

    public static LaunchName Name(string cell, int round) => new(new MeasurementId(CellId.Parse(cell), Load.Closed), round);

    public static LaunchRecord Record(string cell, int round, OutputShare? outputs = null) => new()
    {
        Cell = CellId.Parse(cell),
        Round = round,
        StartedUtc = Start.AddSeconds(round),
        EndedUtc = Start.AddSeconds(round + 0.5),
        Facts = new LaunchFacts
        {
            Round = round,
            LibraryLoadMs = 3,
            LoadMs = 100 + round,
            FirstInferenceMs = 50 + round,
            Requests = Requests,
            Warmup = new WarmupFacts(10, 1.5, true),
            GcCollections = 0,
            AllocatedBytesPerInference = 0,
        },
        Session = new SessionRecord
        {
            Version = "1.30.0",
            Resolved = new Dictionary<string, string> { ["threads"] = "2", ["affinity"] = "engine" },
        },
        Outputs = outputs,
    };

    public static LaunchRecord Failed(string cell, int round, string reason, string type = "Bench.Inference.InferenceException") => new()
    {
        Cell = CellId.Parse(cell),
        Round = round,
        StartedUtc = Start,
        EndedUtc = Start,
        Failure = new LaunchFailure(reason, type),
    };

    /// <summary>The images of a launch, where launches share them.</summary>
    public static int[] ImagesOf(int round, int rounds) =>
        [.. Enumerable.Range(0, Images).Where(image => image % rounds == (round - 1) % rounds)];

    /// <summary>A share: its outputs in a file that is named by what is in it, two numbers for each image.</summary>
    public static OutputShare Share(RunFolder folder, int[] images, float offset)
    {
        var name = $"outputs/{Convert.ToHexStringLower([.. images.Select(image => (byte)image), .. BitConverter.GetBytes(offset)])}.npz";
        var path = Path.Combine(folder.Path, name);
        if (!File.Exists(path))
        {
            NpyArray.FromSingles([.. images.SelectMany(image => new[] { image + offset, image * 0.5f })], images.Length, 2)
                .Write(path + ".npy");
            NpzFile.Write(path + ".npy", path);
            File.Delete(path + ".npy");
        }

        return new OutputShare
        {
            File = name,
            Images = images,
            MetricName = "accuracy",
            GradedName = "probability of the true class",
            Metric = [.. images.Select(image => image % 3 == 0 ? 0.0 : 1)],
            Graded = [.. images.Select(image => 0.5 + (0.01 * image))],
        };
    }

    private static RunManifest Manifest(string[] cells) => new()
    {
        Id = Id,
        CommandLine = ["--profile", "smoke"],
        Seed = 1910,
        Profile = "smoke",
        StartedUtc = Start,
        Build = new string('d', 64),
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
        },
        Software = new Dictionary<string, string> { ["dotnet"] = ".NET 10.0.0" },
        UsdPerHour = 0.36,
        Models =
        [
            .. cells.Append(Missing).Select(cell => CellId.Parse(cell).Model).Distinct().Select(model => new ModelFacts
            {
                Id = model,
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
            }),
        ],
        Cells =
        [
            .. cells.Select(cell => new CellFacts
            {
                Id = CellId.Parse(cell),
                Status = CellStatus.Pending,
                Engine = "onnxruntime 1.0.0",
                EngineSource = "NuGet",
            }),
            new CellFacts { Id = CellId.Parse(Missing), Status = CellStatus.Unavailable, Reason = "no GPU here; install one" },
        ],
    };
}
