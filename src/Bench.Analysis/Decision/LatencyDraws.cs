using Bench.Analysis.Measurements;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;
using MathNet.Numerics.Statistics;

namespace Bench.Analysis.Decision;

/// <summary>The time for an image and a quantile of the latency of a cell as they could have been, drawn again and again.</summary>
/// <remarks>
/// Launches are drawn anew, the same rounds for all cells of a run, since they took turns; the deviation of their mean is brought to the
/// width and the degrees of freedom that the launches have (Student's t). What a quantile's interval has besides is drawn for each cell
/// alone. Between runs it is not known how runs of the same code differ, so that the cost of each run as a whole is drawn with the same
/// cautious deviation by which costs are called a tie (<see cref="CostTie"/>).
/// </remarks>
/// <param name="ImageMs">Times of an image in ms: what costs depend on.</param>
/// <param name="QuantileMs">Quantiles in ms, or means where the limit is on the mean: what must meet the limit.</param>
public sealed record LatencyDraws(double[] ImageMs, double[] QuantileMs)
{
    /// <summary>With fewer launches nobody can say how likely anything is.</summary>
    public const int FewestLaunches = 3;

    /// <summary>Draws.</summary>
    /// <param name="launchImageMs">The time for an image of each launch in ms.</param>
    /// <param name="latency">What is known of the latency that must meet the limit; with its interval.</param>
    /// <param name="latencyToImage">The mean latency over the time for an image: 1 with one stream and one image in a request. A launch
    /// that is slower takes longer for both.</param>
    /// <param name="isMean">Whether that is the mean.</param>
    /// <param name="runDeviation">By how much runs differ, as a share, where cells of several runs are compared; 0 within one run.</param>
    /// <param name="options">How often, and the seed.</param>
    /// <param name="runSeed">The seed of what cells of a run share.</param>
    /// <param name="cellSeed">The seed of what is the cell's own.</param>
    /// <returns>The draws; null with too few launches, or where nothing bounds the quantile.</returns>
    internal static LatencyDraws? Of(IReadOnlyList<double> launchImageMs, LatencyBound latency, double latencyToImage, bool isMean,
        double runDeviation, DecisionOptions options, int runSeed, int cellSeed)
    {
        if (launchImageMs.Count < FewestLaunches
            || (!isMean && latency is not { EstimateMs: not null, LowerMs: not null, UpperMs: not null }))
        {
            return null;
        }

        var (shared, own) = (new Xoshiro256StarStar(runSeed, threadSafe: false), new Xoshiro256StarStar(cellSeed, threadSafe: false));
        var (mean, shortest) = (launchImageMs.Average(), launchImageMs.Min() / 2);
        var (k, degrees) = (launchImageMs.Count, launchImageMs.Count - 1.0);
        var error = launchImageMs.StandardDeviation() / Math.Sqrt(k);
        var own2 = isMean
            ? 0
            : Math.Max(0, Square(HalfWidth(latency) / StudentT.InvCDF(0, 1, degrees, (1 + LatencyEstimate.Level) / 2))
                - Square(error * latencyToImage));
        var draws = new LatencyDraws(new double[options.Draws], new double[options.Draws]);
        for (var i = 0; i < options.Draws; i++)
        {
            var sum = 0.0;
            for (var launch = 0; launch < k; launch++)
            {
                sum += launchImageMs[shared.Next(k)] - mean;
            }

            // A bootstrap's variance is short of (k − 1) / k; a normal deviate over √(χ²/ν) is Student's.
            var student = Math.Sqrt(degrees / ChiSquared.Sample(shared, degrees));
            var deviation = sum / k * Math.Sqrt(k / degrees) * student;
            var ofRun = runDeviation > 0 ? Math.Exp(runDeviation * Normal.Sample(shared, 0, 1)) : 1;
            draws.ImageMs[i] = Math.Max(shortest, (mean + deviation) * ofRun);

            // Whether a limit is met rests on the launches that were measured, here as everywhere.
            var quantile = isMean
                ? (mean + deviation) * latencyToImage
                : latency.EstimateMs!.Value + (deviation * latencyToImage) + (Math.Sqrt(own2) * student * Normal.Sample(own, 0, 1));
            draws.QuantileMs[i] = Math.Max(shortest * latencyToImage, quantile);
        }

        return draws;
    }

    private static double HalfWidth(LatencyBound latency) => (latency.UpperMs!.Value - latency.LowerMs!.Value) / 2;

    private static double Square(double value) => value * value;
}
