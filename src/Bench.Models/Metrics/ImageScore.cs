namespace Bench.Models.Metrics;

/// <summary>How well a network did on one image.</summary>
/// <param name="Metric">What the task metric is the mean of: 1 or 0 for a right or wrong class; Dice for a mask.</param>
/// <param name="Graded">The finer number that pairs of cells are compared by: the probability of the true class;
/// Dice for a mask. In [0, 1].</param>
/// <param name="Inside">The share of the mask that is inside, in [0, 1]; null where the output is no mask.</param>
public readonly record struct ImageScore(double Metric, double Graded, double? Inside = null);
