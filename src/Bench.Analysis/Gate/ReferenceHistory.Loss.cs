using System.Text.Json.Serialization;

namespace Bench.Analysis.Gate;

/// <content>What is lost, and how losses add up.</content>
public sealed partial record ReferenceHistory
{
    /// <summary>How much a time grew.</summary>
    /// <param name="LogRatio">The logarithm of the ratio.</param>
    /// <param name="Variance">Its variance.</param>
    public sealed record Growth(double LogRatio, double Variance)
    {
        [JsonIgnore]
        internal bool IsSensible => double.IsFinite(LogRatio) && Variance is >= 0 and < 1e6;

        internal Growth And(Growth next) => new(LogRatio + next.LogRatio, Variance + next.Variance);
    }

    /// <summary>What a cell lost.</summary>
    /// <param name="Time">How much its typical time grew.</param>
    /// <param name="MeanTime">How much its mean grew.</param>
    /// <param name="Metric">How much accuracy or Dice changed; negative for a loss.</param>
    /// <param name="Bytes">The ratio by which the model's file grew.</param>
    /// <param name="Allocated">By how many bytes an operation allocates more.</param>
    public sealed record Loss(Growth Time, Growth MeanTime, double Metric = 0, double Bytes = 1, double Allocated = 0)
    {
        /// <summary>How much the machine's time for an image grew, where that is not the mean time over the images of a request; null
        /// elsewhere.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public Growth? ImageTime { get; init; }

        [JsonIgnore]
        internal bool IsSensible => this is { Time.IsSensible: true, MeanTime.IsSensible: true, ImageTime: null or { IsSensible: true } }
            && double.IsFinite(Metric) && double.IsFinite(Allocated) && Bytes is > 0 and < double.PositiveInfinity;

        internal Loss And(Loss next) => new(
            Time.And(next.Time), MeanTime.And(next.MeanTime), Metric + next.Metric, Bytes * next.Bytes, Allocated + next.Allocated)
        {
            // A run from before images per second were judged has none.
            ImageTime = ImageTime is { } before && next.ImageTime is { } now ? before.And(now) : next.ImageTime ?? ImageTime,
        };
    }
}
