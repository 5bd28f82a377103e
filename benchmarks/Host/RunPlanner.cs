using System.Globalization;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Engines;
using Bench.Benchmarks.Launches;
using Bench.Benchmarks.Machines;
using Bench.Benchmarks.Preparing;
using Bench.Models.Files;

namespace Bench.Benchmarks.Host;

/// <summary>Says what a run is to measure: in its manifest for those who read it, and in the plan of its launches.</summary>
/// <param name="options">What is asked for.</param>
/// <param name="paths">Bench's own folders.</param>
/// <param name="engines">The engines.</param>
internal sealed class RunPlanner(BenchOptions options, BenchPaths paths, IReadOnlyList<EngineOffer> engines)
{
    /// <summary>How much larger the pool of images is than the last-level cache.</summary>
    internal const double PoolToCacheRatio = 1.25;

    /// <summary>The name of a run that is started now.</summary>
    public static string Id(DateTimeOffset started, MachineFacts machine, GitState git) =>
        string.Create(CultureInfo.InvariantCulture, $"{started:yyyyMMdd-HHmmss}-{machine.Name}-{git.Commit[..7]}");

    /// <summary>Makes the folder of a run.</summary>
    /// <exception cref="IOException">It is there already, or cannot be made.</exception>
    public static RunFolder CreateFolder(string path)
    {
        var folder = new RunFolder(path);
        if (Directory.Exists(folder.Path))
        {
            throw new IOException($"{folder.Path} exists already; runs are never overwritten. Try again in a second.");
        }

        Directory.CreateDirectory(folder.BenchmarkDotNetPath);
        return folder;
    }

    /// <summary>The manifest of a run of some cells.</summary>
    public RunManifest ManifestOf(
        string id, DateTimeOffset started, MachineFacts machine, GitState git, IReadOnlyList<PreparedModel> models,
        IReadOnlyList<CellFacts> cells) =>
        new()
        {
            Id = id,
            CommandLine = [.. options.CommandLine.Select(paths.Hide)],
            Seed = options.Seed,
            Profile = options.Profile.Name,
            Plan = options.Profile.Measuring,
            StartedUtc = started,
            Git = git,
            Build = SoftwareProbe.Build(),
            Machine = machine,
            Software = SoftwareProbe.Read(),
            Hardware = options.Hardware,
            UsdPerHour = options.UsdPerHour,
            Models = [.. models.Where(model => model.Data is not null).Select(Describe)],
            Cells = [.. cells.Select(cell => cell with
            {
                Reason = cell.Reason is { } reason ? paths.Hide(reason) : null,
                SlowedDownBy = cell.Status == CellStatus.Pending ? options.SlowDown?.For(cell.Backend.ToString()) : null,
            })],
        };

    /// <summary>The cells of the whole matrix.</summary>
    public IReadOnlyList<CellFacts> Cells(IReadOnlyList<PreparedModel> models, MachineFacts machine) =>
        Matrix.LayOut(models, engines, options, StreamChoices.Cores(machine));

    private ModelFacts Describe(PreparedModel model) => new()
    {
        Id = model.Name,
        Title = model.Card!.Title ?? model.Name,
        Task = model.Card.Task.ToString().ToLowerInvariant(),
        Inputs = ModelText.Inputs(model),
        Outputs = ModelText.Outputs(model),
        Volume = ModelText.Volume(model),
        HasLabels = model.Data!.LabelsPath is not null,
        Notes = ModelText.Notes(model) is { Count: > 0 } notes ? notes : null,
        Files = model.Files.SelectMany(ModelFilesOf).DistinctBy(file => file.Key).ToDictionary(file => file.Key, file => file.Value),
        DataSha256 = model.Data.Sha256,
        DataCount = model.Data.Count,
        EvaluatedCount = Evaluated(model),
        EquivalenceMargin = model.Card.EquivalenceMargin ?? model.Data.DerivedMargin,
        ToleratedShare = model.Card.ToleratedShare,
    };

    private static IEnumerable<KeyValuePair<string, FileFacts>> ModelFilesOf(PlannedFile file) =>
    [
        KeyValuePair.Create(file.Key, Describe(file.File)),
        .. file.Batches.Select(batch =>
            KeyValuePair.Create(BatchedFile.Key(file, batch.Value, batch.Key), Describe(batch.Value.File))),
    ];

    private static FileFacts Describe(ModelFile file) => new(file.Sha256, file.Length)
    {
        Source = file.Origin.Source,
        Recipe = file.Origin.Recipe.Length > 0 ? file.Origin.Recipe : null,
    };

    private int Evaluated(PreparedModel model) => Math.Min(model.Data!.Count, options.Profile.MaximumEvaluatedImages);

    /// <summary>What all launches of a run share.</summary>
    public LaunchPlan Plan(RunFolder folder, IReadOnlyList<PreparedModel> models) => new()
    {
        RunPath = folder.Path,
        CancelFile = new WorkFolder(folder).CancelFile,
        Seed = options.Seed,
        Measuring = options.Profile.Measuring,
        PoolBytes = (long)(PoolToCacheRatio * MachineProbe.LastLevelCacheBytes()),
        Cache = paths.Cache,
        Libraries = options.Libraries.For(options.Backends),
        AllowFallback = options.AllowFallback,
        SlowDown = options.SlowDown,
        Models = models.Where(model => model.Failure is null).ToDictionary(model => model.Name, model => model.Plan(Evaluated(model))),
    };
}
