using Bench.Analysis.Json;

namespace Bench.Analysis.Equivalence;

/// <summary>What output values are.</summary>
public enum OutputValues
{
    /// <summary>Nobody said.</summary>
    Unstated,

    /// <summary>Probabilities: a pixel is in the mask above 0.5.</summary>
    Probabilities,

    /// <summary>Logits: a pixel is in the mask above 0.</summary>
    Logits,
}

/// <summary>How output files are to be read. Nothing of it is guessed from the data.</summary>
public sealed record OutputInterpretation
{
    /// <summary>What stands for an image.</summary>
    public OutputStatistic Statistic { get; init; }

    /// <summary>Labels for <see cref="OutputStatistic.TrueClass"/>; true masks for <see cref="OutputStatistic.Dice"/>, null to take the
    /// first file's masks for true.</summary>
    public string? LabelsPath { get; init; }

    /// <summary>What output values are.</summary>
    public OutputValues Values { get; init; }

    /// <summary>Above which value a pixel is in the mask; null for what <see cref="Values"/> implies.</summary>
    public double? Threshold { get; init; }

    /// <summary>Above which value a pixel is in the mask; null if nobody said.</summary>
    internal double? MaskThreshold => Threshold ?? Values switch { OutputValues.Probabilities => 0.5, OutputValues.Logits => 0, _ => null };

    /// <exception cref="ArgumentException">Parts of it do not go together; all faults are named.</exception>
    internal void Check()
    {
        var faults = new List<string>();
        if (Statistic == OutputStatistic.TrueClass && LabelsPath is null)
        {
            faults.Add("--statistic true-class: found no --labels; expected a .npy file with the class of each image.");
        }

        if (LabelsPath is not null && Statistic is not (OutputStatistic.TrueClass or OutputStatistic.Dice))
        {
            faults.Add($"--labels: found a file for the statistic '{EnumNames.Of(Statistic)}'; "
                + "only true-class and dice use labels.");
        }

        if (Statistic == OutputStatistic.Dice && MaskThreshold is null)
        {
            faults.Add("--statistic dice: found neither --values nor --threshold; expected --values probabilities, --values logits, "
                + "or --threshold X: above which a pixel is in the mask. It is never guessed.");
        }

        if (Threshold is not null && Statistic != OutputStatistic.Dice)
        {
            faults.Add("--threshold: only --statistic dice has masks.");
        }

        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(" ", faults));
        }
    }
}
