namespace Bench.Analysis.Rows;

/// <summary>The cells of one model.</summary>
/// <param name="Id">The model's name.</param>
/// <param name="Title">One line on it.</param>
/// <param name="MetricName">What its task metric is called.</param>
/// <param name="GradedName">What its graded score is called.</param>
/// <param name="EvaluatedImages">How many images the first run evaluated; null if the model could not be prepared.</param>
/// <param name="DataImages">How many images the evaluation set has; null if the model could not be prepared.</param>
/// <param name="Margin">How far outputs may differ and still count as the same, in the unit of the graded score.</param>
/// <param name="ToleratedShare">The share of images that may differ by more and the outputs still count as the same.</param>
/// <param name="Rows">The cells.</param>
/// <param name="Warnings">What makes the runs hard to compare.</param>
public sealed record ModelReport(
    string Id,
    string Title,
    string MetricName,
    string GradedName,
    int? EvaluatedImages,
    int? DataImages,
    double Margin,
    double ToleratedShare,
    IReadOnlyList<CellRow> Rows,
    IReadOnlyList<string> Warnings);
