using System.Text.Json;
using System.Text.Json.Serialization;
using Bench.Inference;
using Bench.Inference.Knobs;
using Bench.Models;
using Bench.Models.Files;

namespace Bench.Benchmarks.Inference;

/// <summary>What all benchmark processes of a run share: everything is prepared, they only load, run and record.</summary>
/// <param name="WorkFolder">Where each process leaves its record and outputs.</param>
/// <param name="CancelFile">A file that appears when the user wants to stop.</param>
/// <param name="Seed">The seed of the order of images.</param>
/// <param name="Rounds">How many launches each cell has.</param>
/// <param name="WarmupIterations">Inferences that are not counted, per launch.</param>
/// <param name="Iterations">Timed inferences, per launch.</param>
/// <param name="Threads">Threads for one inference.</param>
/// <param name="PoolBytes">How large the pool of images must be at least: more than the last-level cache.</param>
/// <param name="Cache">A folder for what an engine builds once and keeps.</param>
/// <param name="OrtLibrary">A library of ONNX Runtime that the user built; null if there is none.</param>
/// <param name="AllowFallback">Whether a cell counts although parts that matter ran elsewhere.</param>
/// <param name="SlowDown">What takes longer on purpose; null in an honest run.</param>
/// <param name="Models">The models by name.</param>
internal sealed record LaunchPlan(
    string WorkFolder,
    string CancelFile,
    ulong Seed,
    int Rounds,
    int WarmupIterations,
    int Iterations,
    int Threads,
    long PoolBytes,
    string Cache,
    string? OrtLibrary,
    bool AllowFallback,
    SlowDown? SlowDown,
    IReadOnlyDictionary<string, PlannedModel> Models)
{
    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, LaunchJson.Default.LaunchPlan));

    public static LaunchPlan Read(string path) => JsonSerializer.Deserialize(File.ReadAllBytes(path), LaunchJson.Default.LaunchPlan)!;
}

/// <summary>One model of the plan.</summary>
/// <param name="Files">The network's files.</param>
/// <param name="InputName">The name of the input.</param>
/// <param name="InputShape">Its shape.</param>
/// <param name="OutputName">The name of the output.</param>
/// <param name="OutputShape">Its shape.</param>
/// <param name="InputsPath">The <c>.npy</c> file with the stored images.</param>
/// <param name="IsNhwc">Whether the stored images have their channels last.</param>
/// <param name="Mean">Subtracted from every stored value.</param>
/// <param name="Scale">Divides every stored value after that.</param>
/// <param name="EvaluatedImages">How many images, from the first, are evaluated.</param>
internal sealed record PlannedModel(
    IReadOnlyList<ModelFile> Files,
    string InputName,
    IReadOnlyList<int> InputShape,
    string OutputName,
    IReadOnlyList<int> OutputShape,
    string InputsPath,
    bool IsNhwc,
    float Mean,
    float Scale,
    int EvaluatedImages)
{
    [JsonIgnore]
    public int InputLength => InputShape.Aggregate(1, (product, axis) => product * axis);

    [JsonIgnore]
    public int OutputLength => OutputShape.Aggregate(1, (product, axis) => product * axis);

    public SessionRequest Request(Precision precision, ModelFormat format, int threads, string cache)
    {
        var file = Files.First(candidate => candidate.Numbers == precision.File && candidate.Format == format);
        return new SessionRequest
        {
            ModelPath = file.Path,
            ModelSha256 = file.Sha256,
            Precision = precision,
            Knobs = KnobSettings.Of([new("threads", $"{threads}")]),
            InputName = InputName,
            InputShape = InputShape,
            OutputName = OutputName,
            OutputShape = OutputShape,
            Cache = cache,
        };
    }
}

/// <summary>What one process leaves behind beside its timings and outputs.</summary>
/// <param name="Failure">Why it gave up; null if it did not.</param>
/// <param name="Cancelled">Whether it stopped because the user wanted to.</param>
/// <param name="Launch">What it saw; null if it gave up before.</param>
/// <param name="Facts">What it ran on; null if it gave up before.</param>
/// <param name="Profile">Where the nodes ran; only in the first round.</param>
/// <param name="Images">The evaluation images whose outputs it recorded, in the order of the rows of its output file.</param>
internal sealed record LaunchRecord(
    string? Failure, bool Cancelled, Analysis.Runs.LaunchFacts? Launch, SessionFacts? Facts, ExecutionProfile? Profile,
    IReadOnlyList<int> Images)
{
    public static string PathOf(string workFolder, string job, string model) => Path.Combine(workFolder, $"{job}_{model}.json");

    public static string OutputsPathOf(string workFolder, string job, string model) => Path.Combine(workFolder, $"{job}_{model}.npy");

    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, LaunchJson.Default.LaunchRecord));

    /// <returns>The record, or null if the process left none.</returns>
    public static LaunchRecord? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), LaunchJson.Default.LaunchRecord);
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }
}

/// <summary>How plans and records are written between processes of the same build.</summary>
[JsonSerializable(typeof(LaunchPlan))]
[JsonSerializable(typeof(LaunchRecord))]
internal sealed partial class LaunchJson : JsonSerializerContext;
