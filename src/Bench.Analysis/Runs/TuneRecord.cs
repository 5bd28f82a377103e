using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Bench.Analysis.Input;
using Bench.Analysis.Json;
using Bench.Analysis.Measurements;
using Bench.Analysis.Statistics;

namespace Bench.Analysis.Runs;

/// <summary>What a search for the cheapest settings left: <c>tune.json</c> in the folder of what it confirmed.</summary>
/// <remarks>The schema is <c>src/Bench.Analysis/Runs/tune.schema.json</c>.</remarks>
public sealed record TuneRecord
{
    /// <summary>The version of the format.</summary>
    public const int CurrentSchemaVersion = 1;

    private const long MaximumBytes = 16L << 20;

    /// <summary>The version of the format.</summary>
    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>What is shown by fresh launches.</summary>
    public required TuneOutcome Outcome { get; init; }

    /// <summary>Why what was chosen is no improvement, whatever it costs; null if its cost decides.</summary>
    public string? WhyNot { get; init; }

    /// <summary>What was chosen; null if nothing meets the limit.</summary>
    public CellId? Chosen { get; init; }

    /// <summary>The other one that was confirmed beside it; null if there was none.</summary>
    public CellId? RunnerUp { get; init; }

    /// <summary>What both were compared with.</summary>
    public required CellId Default { get; init; }

    /// <summary>The default's cost over that of what was chosen, by fresh launches alone; null if nothing was chosen.</summary>
    public TuneRatio? TimesAsCheap { get; init; }

    /// <summary>The runner-up's cost over that of the best of the search, by fresh launches alone; null without one.</summary>
    public TuneRatio? RunnerUpOverBest { get; init; }

    /// <summary>Whether costs are dollars; else they are the machine's time.</summary>
    public required bool IsPriced { get; init; }

    /// <summary>The limit on a request's latency in ms; null for none.</summary>
    public double? LimitMs { get; init; }

    /// <summary>The share of requests that must meet it; null without a limit.</summary>
    public double? Quantile { get; init; }

    /// <summary>The rate at which the limit must be met, in requests a second; null for requests one after the other.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? RequestsPerSecond { get; init; }

    /// <summary>How many short launches the search made.</summary>
    public required int Launches { get; init; }

    /// <summary>How long they took, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>Every configuration.</summary>
    public required IReadOnlyList<TunePoint> Points { get; init; }

    /// <summary>Where it stands.</summary>
    /// <param name="folder">The run's folder.</param>
    public static string PathOf(RunFolder folder) => Path.Combine(folder.Path, "tune.json");

    /// <summary>Reads the file of a run.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <returns>What it holds; null if there is none.</returns>
    /// <exception cref="RunFormatException">It is damaged or of another version.</exception>
    public static TuneRecord? Read(RunFolder folder) => PathOf(folder) is var path && !File.Exists(path) ? null : InputFile.Read(
        path,
        MaximumBytes,
        length => $"found {length >> 20} MiB; expected at most {MaximumBytes >> 20}: the record of a search.",
        () => Parse(File.ReadAllBytes(path), path));

    /// <summary>Writes it.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(RunFolder folder) => AtomicFile.Write(PathOf(folder), Encoding.UTF8.GetBytes(
        JsonSerializer.Serialize(this, RunJson.Options).ReplaceLineEndings("\n") + "\n"));

    /// <summary>Reads the contents of a file.</summary>
    /// <exception cref="RunFormatException">They are damaged or of another version.</exception>
    internal static TuneRecord Parse(ReadOnlySpan<byte> text, string path)
    {
        try
        {
            var record = JsonSerializer.Deserialize<TuneRecord>(text, RunJson.Options)
                ?? throw new RunFormatException(path, "found null; expected the record of a search.");
            return record.SchemaVersion != CurrentSchemaVersion
                ? throw new RunFormatException(path, $"found schemaVersion {record.SchemaVersion}; expected {CurrentSchemaVersion}.")
                : record;
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new RunFormatException(path, $"the file is damaged or truncated: {e.Message}", e);
        }
    }
}

/// <summary>What fresh launches say of what a search found; launches of the search are not among them.</summary>
[JsonConverter(typeof(EnumNames<TuneOutcome>))]
public enum TuneOutcome
{
    /// <summary>The chosen configuration is shown to be cheaper than the default, or meets a limit that the default is shown to
    /// miss.</summary>
    Improved,

    /// <summary>It is not shown to be.</summary>
    NotShown,

    /// <summary>Nothing meets the limit.</summary>
    NothingMeets,
}

/// <summary>How far a configuration came in a search.</summary>
[JsonConverter(typeof(EnumNames<TuneStage>))]
public enum TuneStage
{
    /// <summary>It was not measured: something is known of it that rules it out.</summary>
    Pruned,

    /// <summary>It was among all, or among those that short launches left.</summary>
    Screened,

    /// <summary>It was among the last.</summary>
    Raced,

    /// <summary>It had fresh launches.</summary>
    Confirmed,
}

/// <summary>A ratio of two costs.</summary>
/// <param name="Ratio">The estimate.</param>
/// <param name="Lower">The lower end of its interval; null without one.</param>
/// <param name="Upper">The upper end.</param>
/// <param name="Level">The confidence of the interval; null without one.</param>
public sealed record TuneRatio(double Ratio, double? Lower = null, double? Upper = null, double? Level = null)
{
    /// <summary>Makes one.</summary>
    /// <param name="ratio">The estimate.</param>
    /// <param name="interval">Its interval; null without one.</param>
    public static TuneRatio Of(double ratio, ConfidenceInterval? interval) => new(ratio, interval?.Lower, interval?.Upper, interval?.Level);
}

/// <summary>What a search knows of a configuration.</summary>
/// <param name="Cell">The configuration.</param>
/// <param name="Stage">How far it came.</param>
/// <param name="Launches">Its short launches.</param>
/// <param name="IsEquallyGood">Whether they do not tell it from the best.</param>
/// <param name="Ratio">Its cost over that of the best of the search, by short launches: what is chosen by, and no result; null without
/// any.</param>
/// <param name="Reason">Why it went no further; null of those that were not dropped.</param>
public sealed record TunePoint(
    CellId Cell, TuneStage Stage, int Launches, bool IsEquallyGood, TuneRatio? Ratio = null, string? Reason = null);
