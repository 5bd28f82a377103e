namespace Bench.Analysis.Runs;

/// <summary>How well a cell did on all evaluation images, from the shares of its launches.</summary>
/// <param name="Missing">How many images no launch processed.</param>
/// <param name="Metric">The task metric; null while images are missing, or if there are none.</param>
/// <param name="Doubt">Why all outputs together are no answers at all; null if there is nothing to say.</param>
internal sealed record OutputScore(int Missing, TaskMetricFacts? Metric, string? Doubt)
{
    /// <summary>Puts shares together. An image that several launches processed counts once, as the first of them saw it.</summary>
    /// <param name="shares">The shares, by round.</param>
    /// <param name="images">How many evaluation images there are.</param>
    public static OutputScore Of(IReadOnlyList<OutputShare> shares, int images)
    {
        var hasScores = shares.All(share => share.Metric is not null);
        var (metric, graded, inside) = (new double[images], new double[images], new double?[images]);
        var byClass = shares.Count > 0 && shares.All(share => share.ByClass is not null) ? new IReadOnlyList<double?>[images] : null;
        var isSeen = new bool[images];
        foreach (var share in shares)
        {
            for (var row = 0; row < share.Images.Count; row++)
            {
                if (share.Images[row] is var image && image < images && !isSeen[image])
                {
                    isSeen[image] = true;
                    (metric[image], graded[image], inside[image]) = hasScores
                        ? (share.Metric![row], share.Graded![row], share.Inside?[row])
                        : default;
                    if (byClass is not null)
                    {
                        byClass[image] = share.ByClass![row];
                    }
                }
            }
        }

        var missing = isSeen.Count(seen => !seen);
        return missing > 0 || shares.Count == 0 || !hasScores
            ? new OutputScore(missing, null, null)
            : new OutputScore(
                0,
                new TaskMetricFacts(shares[0].MetricName!, metric.Average(), shares[0].GradedName!, metric, graded)
                {
                    ByClass = byClass,
                },
                DoubtOf(inside));
    }

    private static string? DoubtOf(double?[] inside)
    {
        var what = inside.All(share => share == 0) ? "empty" : inside.All(share => share == 1) ? "full" : null;
        return what is null
            ? null
            : $"every mask is {what}: that is no answer of a network, and its Dice says nothing. "
                + "Does the card say what the outputs are (output.values)?";
    }
}
