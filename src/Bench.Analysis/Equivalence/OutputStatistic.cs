namespace Bench.Analysis.Equivalence;

/// <summary>What one number stands for an image when outputs are compared.</summary>
public enum OutputStatistic
{
    /// <summary>The output itself: one number per image, or else every number as if it were one.</summary>
    Value,

    /// <summary>The mean of the image's numbers.</summary>
    Mean,

    /// <summary>The largest of the image's numbers.</summary>
    Max,

    /// <summary>Dice's coefficient of the image's mask.</summary>
    Dice,

    /// <summary>The number at the image's label.</summary>
    TrueClass,
}
