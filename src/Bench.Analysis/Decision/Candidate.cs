using Bench.Analysis.Cost;
using Bench.Analysis.Equivalence;
using Bench.Analysis.Statistics;
using Bench.Analysis.Statistics.Resampling;

namespace Bench.Analysis.Decision;

/// <summary>Something that could be bought and run: a cell on a priced machine.</summary>
/// <param name="Cell">The cell's id.</param>
/// <param name="Hardware">The key of the hardware, or the machine's name where only its price is known.</param>
/// <param name="RunId">The run.</param>
/// <param name="Label">What tells it from the other candidates.</param>
/// <param name="Price">What an hour costs.</param>
/// <param name="Latency">What is known of the latency that must meet the limit.</param>
/// <param name="MeanMs">The mean latency in ms: what the cost follows from.</param>
/// <param name="StartMs">What it takes to load the network and to build the engine, in ms; 0 if starts do not count.</param>
/// <param name="Cost">What a million images cost.</param>
/// <param name="MetricChange">Task metric less that of the reference; 0 for the reference itself, null if unknown.</param>
/// <param name="Outputs">What is known of whether the outputs are the same; null if they were not compared.</param>
/// <param name="ModelBytes">The size of the network's file; null if unknown.</param>
/// <param name="MetricChangeInterval">The 90 % interval of that; null if unknown.</param>
/// <param name="Draws">Means and quantiles as they could have been, for simulation; null if only a mean was published, or if nothing is known of how launches differ.</param>
/// <param name="IsPublished">Whether only a mean was published, which is taken as it stands.</param>
public sealed record Candidate(
    string Cell,
    string Hardware,
    string RunId,
    string Label,
    HourlyPrice Price,
    LatencyBound Latency,
    double MeanMs,
    double StartMs,
    CostEstimate Cost,
    double? MetricChange,
    EquivalenceVerdict? Outputs,
    long? ModelBytes,
    ConfidenceInterval? MetricChangeInterval,
    LatencyDraws? Draws,
    bool IsPublished);
