namespace Bench.Analysis.Equivalence;

/// <summary>What one number stands for an image when outputs are compared.</summary>
public enum OutputStatistic
{
    /// <summary>The number of the image that differs most between the two sides.</summary>
    Largest,

    /// <summary>The image's only number.</summary>
    Value,

    /// <summary>The mean of the image's numbers. It does not see differences that cancel.</summary>
    Mean,

    /// <summary>The largest of the image's numbers. It does not see which one that is.</summary>
    Max,

    /// <summary>Dice's coefficient of the image's mask.</summary>
    Dice,

    /// <summary>The number at the image's label.</summary>
    TrueClass,
}
