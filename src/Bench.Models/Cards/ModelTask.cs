namespace Bench.Models.Cards;

/// <summary>What a network does, which says what its labels are and how its outputs are scored.</summary>
public enum ModelTask
{
    /// <summary>Nothing that labels are for: outputs are compared between cells as they are.</summary>
    None,

    /// <summary>One class for an image.</summary>
    Classification,

    /// <summary>A mask for an image: inside or not, or one of several classes, for every pixel.</summary>
    Segmentation,

    /// <summary>Values for an image.</summary>
    Regression,
}

/// <summary>What tasks are scored by.</summary>
public static class ModelTasks
{
    /// <summary>What cards call the metrics of a task; labels say which it is.</summary>
    /// <param name="task">The task.</param>
    /// <returns>Their names; none if it has none.</returns>
    public static IReadOnlyList<string> MetricsOf(ModelTask task) => task switch
    {
        ModelTask.Classification => ["accuracy", "f1"],
        ModelTask.Segmentation => ["dice"],
        ModelTask.Regression => ["mae"],
        _ => [],
    };
}
