using Bench.Analysis.Runs;
using Bench.Arrays.Npy;

namespace Bench.Analysis.Equivalence;

/// <summary>Two arrays of outputs, reduced to one number per image.</summary>
/// <param name="First">One number per image of the first array.</param>
/// <param name="Second">The same of the second.</param>
/// <param name="MaxAbsDifference">The largest absolute difference of any two elements.</param>
/// <param name="Remarks">What a reader must know of how the numbers came about.</param>
public sealed record OutputPair(double[] First, double[] Second, double MaxAbsDifference, IReadOnlyList<string> Remarks)
{
    /// <summary>Reads two files of outputs, the first axis counting images.</summary>
    /// <param name="firstPath">The one <c>.npy</c> file.</param>
    /// <param name="secondPath">The other, of the same shape.</param>
    /// <param name="statistic">What stands for an image.</param>
    /// <param name="labelsPath">Labels for <see cref="OutputStatistic.TrueClass"/>; true masks for <see cref="OutputStatistic.Dice"/>, null to take the first file's masks for true.</param>
    /// <returns>The numbers.</returns>
    /// <exception cref="RunFormatException">A file is missing, damaged, empty, does not fit the others, or holds a number that is not finite.</exception>
    /// <exception cref="ArgumentException">Labels are needed and there are none, or there are some and the statistic needs none.</exception>
    public static OutputPair Read(string firstPath, string secondPath, OutputStatistic statistic, string? labelsPath)
    {
        if (statistic == OutputStatistic.TrueClass && labelsPath is null)
        {
            throw new ArgumentException("--statistic true-class: found no --labels; expected a .npy file with the class of each image.");
        }

        if (labelsPath is not null && statistic is not (OutputStatistic.TrueClass or OutputStatistic.Dice))
        {
            throw new ArgumentException($"--labels: found a file for the statistic '{statistic.ToString().ToLowerInvariant()}'; only true-class and dice use labels.");
        }

        var first = OutputFile.Read(firstPath);
        var second = OutputFile.Read(secondPath);
        if (!first.Array.Shape.SequenceEqual(second.Array.Shape))
        {
            throw new OutputShapeException(secondPath, $"found shape {Text(second.Array)}; {firstPath} has {Text(first.Array)}. Expected outputs of the same images and network.");
        }

        return Reduce(first, second, statistic, labelsPath is null ? null : OutputFile.Read(labelsPath));
    }

    private static OutputPair Reduce(OutputFile first, OutputFile second, OutputStatistic statistic, OutputFile? labels)
    {
        var remarks = new List<string>();
        var perElement = statistic == OutputStatistic.Value && first.ImageLength > 1;
        if (perElement)
        {
            remarks.Add(
                $"Every one of the {first.ImageLength} numbers of an image counts as a pair. Those of one image are not independent, so the p-values are too small; "
                + "--statistic mean, max, dice or true-class gives one number per image.");
        }

        var reducer = OutputReducer.Create(statistic, first, second, labels, remarks);
        var length = perElement ? first.Array.Count : first.Images;
        var pair = new OutputPair(new double[length], new double[length], 0, remarks);
        var one = new double[first.ImageLength];
        var other = new double[first.ImageLength];
        var largest = 0.0;
        for (var image = 0; image < first.Images; image++)
        {
            first.ReadImage(image, one);
            second.ReadImage(image, other);
            for (var i = 0; i < one.Length; i++)
            {
                largest = Math.Max(largest, Math.Abs(one[i] - other[i]));
            }

            if (perElement)
            {
                one.CopyTo(pair.First, image * one.Length);
                other.CopyTo(pair.Second, image * one.Length);
            }
            else
            {
                (pair.First[image], pair.Second[image]) = reducer(image, one, other);
            }
        }

        foreach (var (file, numbers) in new[] { (first, pair.First), (second, pair.Second) })
        {
            if (numbers.FirstOrDefault(number => !double.IsFinite(number), 0) is not 0 and var number)
            {
                throw new RunFormatException(file.Path, $"found numbers so large that their {statistic.ToString().ToLowerInvariant()} is {number}; expected finite ones.");
            }
        }

        return pair with { MaxAbsDifference = largest };
    }

    private static string Text(NpyArray array) => $"({string.Join(", ", array.Shape)})";
}
