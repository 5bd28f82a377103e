using System.Text.Json;
using System.Text.Json.Serialization;
using Bench.Analysis.Measurements;
using Bench.Analysis.Statistics;

namespace Bench.Analysis.Runs;

/// <summary>Whether a cell was measured.</summary>
public enum CellStatus
{
    /// <summary>It has timings and outputs.</summary>
    Measured,

    /// <summary>It cannot run on this machine; the reason says why.</summary>
    Unavailable,

    /// <summary>It should have run and did not; the reason says why.</summary>
    Failed,

    /// <summary>The run ended before its turn was over.</summary>
    Pending,

    /// <summary>Somebody else measured it and published a mean; there are no timings.</summary>
    Published,

    /// <summary>It was not measured because that would have taken longer than it may.</summary>
    Undecided,
}

/// <summary>One cell of the matrix.</summary>
public sealed record CellFacts : IJsonOnDeserialized
{
    private string? _model;
    private string? _backend;
    private string? _precision;

    /// <summary><c>model/backend/precision/os-arch</c>.</summary>
    public required CellId Id { get; init; }

    /// <summary>The rate at which requests arrive; null for a closed load.</summary>
    [JsonPropertyName("load"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Load? OpenLoad { get; init; }

    /// <summary>What is measured: the cell under its load.</summary>
    [JsonIgnore]
    public MeasurementId Measurement => new(Id, OpenLoad ?? Load.Closed);

    /// <summary>The model's name.</summary>
    [JsonIgnore]
    public string Model => Id.Model;

    /// <summary>The backend, with its version if one was asked for.</summary>
    [JsonIgnore]
    public BackendId Backend => Id.Backend;

    /// <summary>The precision that was asked for.</summary>
    [JsonIgnore]
    public string Precision => Id.Precision;

    // The parts of the id stand beside it in run.json.
    [JsonInclude, JsonPropertyName("model")]
    private string WrittenModel { get => Model; init => _model = value; }

    [JsonInclude, JsonPropertyName("backend")]
    private string WrittenBackend { get => Backend.ToString(); init => _backend = value; }

    [JsonInclude, JsonPropertyName("precision")]
    private string WrittenPrecision { get => Precision; init => _precision = value; }

    /// <summary>The key, among its model's files, of the one that it loads; null in runs that do not say.</summary>
    public string? ModelFile { get; init; }

    /// <summary>Whether it was measured.</summary>
    public required CellStatus Status { get; init; }

    /// <summary>Why not, and what to do; null if it was.</summary>
    public string? Reason { get; init; }

    /// <summary>Engine and version.</summary>
    public string? Engine { get; init; }

    /// <summary>Where the engine comes from.</summary>
    public string? EngineSource { get; init; }

    /// <summary>The precision that the convolutions and matrix products really had.</summary>
    public string? EffectivePrecision { get; init; }

    /// <summary>What it ran on: a graphics processor and its driver; null for the machine's processor.</summary>
    public string? Device { get; init; }

    /// <summary>The engine's settings that are not its defaults, or that matter.</summary>
    public IReadOnlyDictionary<string, string> EngineSettings { get; init; } = new Dictionary<string, string>();

    /// <summary>What the engine really took for each knob, as <c>threads</c> and <c>affinity</c>; null in runs of version 1, or if it
    /// was not measured.</summary>
    public IReadOnlyDictionary<string, string>? Resolved { get; init; }

    /// <summary>Why its times say nothing of any machine that one would buy, and must not be priced or compared; null if they do.</summary>
    public string? NotComparable { get; init; }

    /// <summary>Why an open load has no throughput to be priced or compared; null if it has one. The queue of an overloaded launch grows
    /// for as long as it is measured.</summary>
    [JsonIgnore]
    internal string? WhyNoThroughput
    {
        get
        {
            var open = Launches.Select(launch => launch.Open).OfType<OpenFacts>().ToList();
            return open.Exists(launch => launch.IsOverloaded)
                ? "it was overloaded: its latencies depend on how long it was measured."
                : open.Count > 0 && open.TrueForAll(launch => launch.InTime == 0) ? "no request was answered within the limit."
                : null;
        }
    }

    /// <summary>The share of its own time that every inference took longer on purpose, to try a gate; null in an honest run.</summary>
    public double? SlowedDownBy { get; init; }

    /// <summary>Threads that the engine may use for one inference.</summary>
    public int? Threads { get; init; }

    /// <summary>Who chose the number of threads.</summary>
    [JsonIgnore]
    internal string ThreadsChosenBy => Resolved is not null ? (Id.Variant["threads"] is null ? "the engine" : "the knob threads")
        : Threads is null ? "unknown"
        : "Bench, as all runs of version 1";

    /// <summary>The processors that the engine bound its threads to; <c>none</c> if it bound none, null if it is not known. Where a number
    /// of threads is set, as in version 1, ONNX Runtime binds none.</summary>
    [JsonIgnore]
    internal string? ThreadAffinity => Resolved is { } resolved
        ? resolved.TryGetValue("affinity", out var affinity) && affinity != "unknown" ? affinity : null
        : Threads is null ? null : "none";

    /// <summary>What a cold start takes in ms, the median over launches: the engine's library, the network, what the engine builds for it,
    /// and the first inference. In runs of version 1, which did not time the library, the network and what the engine builds.
    /// Null without launches.
    /// </summary>
    [JsonIgnore]
    internal double? StartMs
    {
        get
        {
            var starts = Launches.Select(launch => launch.LoadMs
                + (launch.LibraryLoadMs is { } library ? library + launch.FirstInferenceMs : 0)).Order().ToArray();
            return starts.Length == 0 ? null : Quantiles.NearestRank(starts, 0.5)
                + (Launches.Select(launch => launch.EngineBuildMs).FirstOrDefault(build => build is not null) ?? 0);
        }
    }

    /// <summary>How many convolutions and matrix products computed in 8-bit integers; null at other precisions than int8, or if it is not
    /// known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? IntegerNodes { get; init; }

    /// <summary>How many convolutions and matrix products there were; null where <see cref="IntegerNodes"/> is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? WeightyNodes { get; init; }

    /// <summary>Nodes that ran on another execution provider than asked.</summary>
    public IReadOnlyList<NodeFacts> NodesElsewhere { get; init; } = [];

    /// <summary>What each launch saw beside its timings, in the order of the rounds.</summary>
    public IReadOnlyList<LaunchFacts> Launches { get; init; } = [];

    /// <summary>Timed iterations over all launches.</summary>
    public int Iterations { get; init; }

    /// <summary>How well the network did; null if its outputs are missing.</summary>
    public TaskMetricFacts? TaskMetric { get; init; }

    /// <summary>The file with the outputs of all images, relative to the run folder; null in runs of version 2, where launches have their
    /// shares.</summary>
    public string? Outputs { get; init; }

    /// <summary>The outputs of the launches, where they have all images together; empty in runs of version 1.</summary>
    [JsonIgnore]
    public IReadOnlyList<OutputShare> OutputShares { get; init; } = [];

    /// <summary>The precision that the engine really computed in, where that is not the one that was asked for; null if it is, or if it is
    /// not known. A file of integers says itself what is computed in floats.</summary>
    [JsonIgnore]
    public string? ComputedIn => EffectivePrecision is { } effective && effective != Precision
        && !effective.Contains("unknown", StringComparison.Ordinal)
        && !(Precision == "int8" && effective.Split('+').Contains("int8"))
            ? effective
            : null;

    /// <summary>How many images have outputs.</summary>
    [JsonIgnore]
    internal int OutputImages => TaskMetric?.Graded.Count
        ?? OutputShares.SelectMany(share => share.Images).Append(-1).Max() + 1;

    /// <summary>How it was measured under an open load; null of a closed one, and before that is decided.</summary>
    [JsonIgnore]
    public OpenPlan? OpenPlan { get; init; }

    /// <summary>Whether the closed load tells already that the limit is missed, so that nothing was measured.</summary>
    [JsonIgnore]
    internal bool IsAnsweredUnmeasured => OpenPlan is { WhyNot: not null, IsUndecided: false };

    /// <summary>What a search for the highest rate found; null if there was none.</summary>
    [JsonIgnore]
    public RateBand? Band { get; init; }

    /// <summary>What was published of it; null if it was measured here.</summary>
    public PublishedFigures? Published { get; init; }

    /// <summary>What the engine said on standard error, each kind of line once, the most frequent first.</summary>
    public IReadOnlyList<Complaint> Complaints { get; init; } = [];

    /// <summary>What should make a reader doubt the cell.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <exception cref="JsonException">A part of the id says something else beside it.</exception>
    void IJsonOnDeserialized.OnDeserialized()
    {
        // Whether anything is missing is found after this.
        if (Id is null)
        {
            return;
        }

        Check("model", _model, WrittenModel);
        Check("backend", _backend, WrittenBackend);
        Check("precision", _precision, WrittenPrecision);
        (_model, _backend, _precision) = (null, null, null);
    }

    private void Check(string name, string? found, string ofId)
    {
        if (found is not null && found != ofId)
        {
            throw new JsonException($"found the {name} '{found}' in the cell {Id}; expected '{ofId}', as in its id.");
        }
    }
}

/// <summary>What somebody else published of a cell.</summary>
/// <param name="MeanMs">The time of an image in ms, above 0.</param>
/// <param name="MetricChange">Task metric less that of the reference; null if not told.</param>
public sealed record PublishedFigures(double MeanMs, double? MetricChange = null);

/// <summary>Nodes of one operator on one execution provider.</summary>
/// <param name="Operator">The operator.</param>
/// <param name="Provider">The execution provider.</param>
/// <param name="Count">How many nodes.</param>
public sealed record NodeFacts(string Operator, string Provider, int Count);

/// <summary>How well a network did on the evaluation images.</summary>
/// <param name="Name"><c>accuracy</c>, <c>mean F1</c>, <c>mean Dice</c> or <c>mean absolute error</c>.</param>
/// <param name="Value">The mean of <paramref name="PerImage"/>.</param>
/// <param name="GradedName">What <paramref name="Graded"/> is.</param>
/// <param name="PerImage">For each evaluated image: 1 or 0 for a right or wrong class, F1, Dice, or the absolute error.</param>
/// <param name="Graded">For each evaluated image the finer number that cells are compared by:
/// the probability of the true class, Dice, or the absolute error.</param>
public sealed record TaskMetricFacts(
    string Name, double Value, string GradedName, IReadOnlyList<double> PerImage, IReadOnlyList<double> Graded)
{
    /// <summary>Whether images are right or wrong, so that answers can be counted.</summary>
    internal bool IsAccuracy => Name == "accuracy";

    /// <summary>Whether less is better.</summary>
    internal bool IsError => Name == ErrorName;

    /// <summary>What a metric is called of which less is better.</summary>
    internal const string ErrorName = "mean absolute error";

    /// <summary>For each image Dice of each class, null for a class that neither its mask nor the truth has; null where masks have one
    /// class, and where there are none.</summary>
    [JsonIgnore]
    public IReadOnlyList<IReadOnlyList<double?>>? ByClass { get; init; }
}
