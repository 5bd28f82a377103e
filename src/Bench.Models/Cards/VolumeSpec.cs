using System.Text.Json.Serialization;

namespace Bench.Models.Cards;

/// <summary>How a volume that is larger than what the network takes is processed: by windows that overlap, perhaps mirrored, perhaps by
/// several networks of one kind (folds).</summary>
public sealed record VolumeSpec
{
    /// <summary>The length of each axis of a whole volume, in voxels.</summary>
    public required IReadOnlyList<int> Size { get; init; }

    /// <summary>The length of each axis of a window, in voxels; null for the last axes of the network's first input.</summary>
    public IReadOnlyList<int>? Window { get; init; }

    /// <summary>The share of a window that it shares with the next, in [0, 1).</summary>
    public double Overlap { get; init; }

    /// <summary>Along how many axes windows are mirrored: each doubles the number of inferences.</summary>
    public int Mirrors { get; init; }

    /// <summary>How many networks process every window.</summary>
    public int Folds { get; init; } = 1;

    /// <summary>What is wrong; one sentence each.</summary>
    [JsonIgnore]
    internal IEnumerable<string> Faults
    {
        get
        {
            if (Size.Count is < 1 or > 3 || Size.Any(axis => axis < 1) || (Window is { } window
                && (window.Count != Size.Count || window.Any(axis => axis < 1))))
            {
                yield return $"found volume.size [{string.Join(", ", Size)}] and window [{string.Join(", ", Window ?? [])}]; "
                    + "expected one to three lengths of 1 or more, as many of both.";
            }

            if (Overlap is not (>= 0 and < 1) || Mirrors < 0 || Mirrors > Size.Count || Folds is < 1 or > 100)
            {
                yield return $"found volume.overlap {Overlap}, mirrors {Mirrors} and folds {Folds}; "
                    + $"expected a share of at least 0 and below 1, 0 to {Size.Count} axes, and 1 to 100 networks.";
            }
        }
    }

    /// <summary>How many inferences a volume takes.</summary>
    /// <param name="window">The length of each axis of a window.</param>
    /// <returns>Windows × mirrors × folds. Along an axis there are ⌈(size − window) / step⌉ + 1 windows, a step being what is not shared; 1
    /// if the volume is no longer than a window.</returns>
    /// <remarks>As nnU-Net places them, <c>compute_steps_for_sliding_window</c>,
    /// https://github.com/MIC-DKFZ/nnUNet/blob/master/nnunetv2/inference/sliding_window_prediction.py.</remarks>
    public long Inferences(IReadOnlyList<int> window)
    {
        var windows = 1L;
        for (var axis = 0; axis < Size.Count; axis++)
        {
            var step = window[axis] * (1 - Overlap);
            // 0.1 × 30 is a little more than 3.
            var steps = Math.Ceiling(Math.Max(0, Size[axis] - window[axis]) / step - 1e-9);
            windows = checked(windows * ((long)Math.Max(0, steps) + 1));
        }

        return checked((windows << Mirrors) * Folds);
    }
}
