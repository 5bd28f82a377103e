using Bench.Analysis.Rendering;

namespace Bench.Analysis.Measurements;

/// <summary>How images per second stand in tables.</summary>
internal static class ThroughputText
{
    /// <summary>Images per second with the ends of their 99 % interval, if they have one: <c>274.1 [266.2, 282.5]</c>.</summary>
    public static string WithInterval(this ThroughputEstimate throughput)
    {
        var format = Figures.RateFormat(throughput.ImagesPerSecond);
        var text = Figures.Text(throughput.ImagesPerSecond, format);
        return throughput.Interval is { } interval
            ? $"{text} [{Figures.Text(interval.Lower, format)}, {Figures.Text(interval.Upper, format)}]"
            : text;
    }
}
