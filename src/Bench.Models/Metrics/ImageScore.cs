namespace Bench.Models.Metrics;

/// <summary>How well a network did on one image.</summary>
/// <param name="Metric">What the task metric is the mean of: 1 or 0 for a right or wrong class, F1 of a set of labels, Dice for a mask, or
/// the mean absolute error of values.</param>
/// <param name="Graded">The finer number that pairs of cells are compared by: the probability of the true class or of the right answers,
/// Dice for a mask, or the mean absolute error. In [0, 1], but for errors, which are at least 0.</param>
/// <param name="Inside">The share of the mask that is inside, in [0, 1]; null where the output is no mask.</param>
public readonly record struct ImageScore(double Metric, double Graded, double? Inside = null)
{
    /// <summary>Dice of each class of a mask of several; null for a class that neither the mask nor the truth has. Null for masks of one
    /// class, and where there are none.</summary>
    public IReadOnlyList<double?>? ByClass { get; init; }
}
