using System.Text.Json.Serialization;

namespace Bench.Analysis.Runs;

/// <summary>How much a run measures: its profile, spelt out.</summary>
public sealed record MeasuringPlan
{
    private const int FewestRequests = 20;
    private const int FewestQuickRequests = 5;

    /// <summary>Launches of each cell; with <see cref="Until"/> there may be more.</summary>
    public required int Rounds { get; init; }

    /// <summary>How many launches share the evaluation images; later ones begin again.</summary>
    public required int Shares { get; init; }

    /// <summary>Requests of the warm-up of a launch, at least.</summary>
    public required int WarmupRequests { get; init; }

    /// <summary>Seconds of the warm-up of a launch, at least.</summary>
    public required double WarmupSeconds { get; init; }

    /// <summary>After how many seconds the warm-up of a launch ends, whatever its latencies do; it is then recorded as not settled.
    /// </summary>
    public double LongestWarmupSeconds { get; init; } = 10;

    /// <summary>Timed requests of a launch, at least.</summary>
    public required int Requests { get; init; }

    /// <summary>Timed requests of a launch, at least, where a request has several images: as many images, and not so few requests that
    /// nothing is known of how they scatter.</summary>
    /// <param name="batch">Images in a request, 1 or more.</param>
    public int RequestsOf(int batch) => Math.Max(
        (Requests + batch - 1) / batch, Math.Min(Requests, TakesFewRequests ? FewestQuickRequests : FewestRequests));

    /// <summary>Seconds that are timed on a device, at least; on the processor the number of requests decides.</summary>
    public required double DeviceSeconds { get; init; }

    /// <summary>Whether launches only tell configurations apart, as those of a search do: of batches as many images are timed as of
    /// single ones, but not twenty requests.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsQuick { get; init; }

    /// <summary>Whether few requests are enough: those of batches would have the lower percentiles the fewer they are.</summary>
    [JsonIgnore]
    public bool TakesFewRequests => IsQuick && LimitMs is null;

    /// <summary>How many times an engine builds its own file for a network; launches use the builds in turn. 1 or more.</summary>
    public int Builds { get; init; } = 1;

    /// <summary>The half-width of each mean's 99 % interval, as a share of the mean, down to which launches are added;
    /// null if the number of rounds is fixed.</summary>
    public double? Until { get; init; }

    /// <summary>How long launches may be added, in seconds, and how long the launches of one open load may take; null without either.
    /// </summary>
    public double? BudgetSeconds { get; init; }

    /// <summary>The longest time from when a request is due to its answer that is not late, in ms; null if nobody asks.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? LimitMs { get; init; }

    /// <summary>The share of requests that must not be late, in (0, 1); null without a limit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Quantile { get; init; }

    /// <summary>Whether the highest rate is sought at which the limit is met.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool FindRate { get; init; }
}
