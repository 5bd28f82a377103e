using System.Text.Json;
using System.Text.Json.Serialization;
using Bench.Analysis.Runs;
using Bench.Analysis.Statistics;
using Bench.Analysis.Statistics.TwoSamples;

namespace Bench.Benchmarks.Tuning;

/// <summary>What a search leaves: <c>tune.json</c>.</summary>
internal sealed record TuneLog
{
    // By reflection: source generation forgets the defaults of init-only properties.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The version of the format.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>What is shown.</summary>
    public required TuneOutcome Outcome { get; init; }

    /// <summary>What was chosen; null if nothing meets the limit.</summary>
    public string? Chosen { get; init; }

    /// <summary>The other one that was confirmed beside it; null if there was none.</summary>
    public string? RunnerUp { get; init; }

    /// <summary>What both were compared with.</summary>
    public required string Default { get; init; }

    /// <summary>The default's cost over that of what was chosen, by fresh launches alone.</summary>
    public RatioEstimate? TimesAsCheap { get; init; }

    /// <summary>The runner-up's cost over the winner's, by fresh launches alone.</summary>
    public RatioEstimate? RunnerUpOverWinner { get; init; }

    /// <summary>Whether costs are dollars; else they are the machine's time.</summary>
    public required bool IsPriced { get; init; }

    /// <summary>The limit in ms; null for none.</summary>
    public double? LimitMs { get; init; }

    /// <summary>The share of requests that must meet it.</summary>
    public double? Quantile { get; init; }

    /// <summary>How many short launches the search made.</summary>
    public required int SearchLaunches { get; init; }

    /// <summary>How long they took, in seconds.</summary>
    public required double SearchSeconds { get; init; }

    /// <summary>Every configuration.</summary>
    public required IReadOnlyList<Point> Points { get; init; }

    /// <summary>What the search knows of a configuration.</summary>
    /// <param name="Cell">The cell.</param>
    /// <param name="Stage">How far it came.</param>
    /// <param name="Launches">Its short launches.</param>
    /// <param name="Ratio">Its cost over the winner's, by short launches.</param>
    /// <param name="Interval">The 95 % interval of that.</param>
    /// <param name="IsEquallyGood">Whether they do not tell it from the winner.</param>
    /// <param name="Reason">Why it went no further.</param>
    internal sealed record Point(
        string Cell, TuneStage Stage, int Launches, double? Ratio, ConfidenceInterval? Interval, bool IsEquallyGood, string? Reason)
    {
        public static Point Of(TunePoint point) => new(
            point.Candidate.Cell.ToString(), point.Stage, point.Launches, point.Ratio, point.Interval, point.IsEquallyGood, point.Reason);
    }

    /// <summary>Writes it.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(string path) => AtomicFile.Write(path, [.. JsonSerializer.SerializeToUtf8Bytes(this, Json), (byte)'\n']);
}
