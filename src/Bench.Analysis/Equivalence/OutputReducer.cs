using System.Numerics.Tensors;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Equivalence;

/// <summary>Reduces the outputs of one image on both sides to one number each.</summary>
internal static class OutputReducer
{
    public delegate (double First, double Second) Reduce(int image, ReadOnlySpan<double> first, ReadOnlySpan<double> second);

    public static Reduce Create(OutputStatistic statistic, OutputFile first, OutputFile second, OutputFile? labels, List<string> remarks) => statistic switch
    {
        OutputStatistic.Mean => (_, one, other) => (TensorPrimitives.Sum(one) / one.Length, TensorPrimitives.Sum(other) / other.Length),
        OutputStatistic.Max => (_, one, other) => (TensorPrimitives.Max(one), TensorPrimitives.Max(other)),
        OutputStatistic.TrueClass => TrueClass(labels!, first),
        OutputStatistic.Dice => Dice(first, second, labels, remarks),
        _ => (_, one, other) => (one[0], other[0]),
    };

    private static Reduce TrueClass(OutputFile labels, OutputFile outputs)
    {
        if (labels.Images != outputs.Images || labels.ImageLength != 1)
        {
            throw new RunFormatException(labels.Path, $"found shape ({string.Join(", ", labels.Array.Shape)}); expected one class for each of {outputs.Images} images.");
        }

        var classes = labels.Array.ToDoubles();
        for (var i = 0; i < classes.Length; i++)
        {
            if (!(classes[i] >= 0 && classes[i] < outputs.ImageLength && classes[i] == Math.Floor(classes[i])))
            {
                throw new RunFormatException(labels.Path, $"found class {classes[i]} for image {i}; expected a whole number from 0 to {outputs.ImageLength - 1}.");
            }
        }

        return (image, one, other) => (one[(int)classes[image]], other[(int)classes[image]]);
    }

    private static Reduce Dice(OutputFile first, OutputFile second, OutputFile? labels, List<string> remarks)
    {
        if (labels is not null && (labels.Images != first.Images || labels.ImageLength != first.ImageLength))
        {
            throw new RunFormatException(
                labels.Path, $"found shape ({string.Join(", ", labels.Array.Shape)}); expected a mask of {first.ImageLength} pixels for each of {first.Images} images.");
        }

        var threshold = IsProbability(first) && IsProbability(second) ? 0.5 : 0;
        remarks.Add(threshold == 0.5
            ? "A pixel is in the mask above 0.5: all outputs lie in [0, 1], as probabilities do."
            : "A pixel is in the mask above 0: outputs lie outside [0, 1], so that they are logits.");
        if (labels is null)
        {
            remarks.Add("The masks of the first file count as true: its own Dice is 1.");
        }

        var mask = new double[first.ImageLength];
        return (image, one, other) =>
        {
            labels?.ReadImage(image, mask);
            var truth = labels is null ? one : mask;
            var truthThreshold = labels is null ? threshold : 0;
            return (Dice(one, threshold, truth, truthThreshold), Dice(other, threshold, truth, truthThreshold));
        };
    }

    /// <summary>Twice the overlap over the sum of both areas; 1 if both are empty. Dice 1945, https://doi.org/10.2307/1932409.</summary>
    private static double Dice(ReadOnlySpan<double> output, double threshold, ReadOnlySpan<double> truth, double truthThreshold)
    {
        long overlap = 0;
        long areas = 0;
        for (var i = 0; i < output.Length; i++)
        {
            var isFound = output[i] > threshold ? 1 : 0;
            var isTrue = truth[i] > truthThreshold ? 1 : 0;
            overlap += isFound & isTrue;
            areas += isFound + isTrue;
        }

        return areas == 0 ? 1 : 2.0 * overlap / areas;
    }

    private static bool IsProbability(OutputFile file)
    {
        var values = new double[file.ImageLength];
        for (var image = 0; image < file.Images; image++)
        {
            file.ReadImage(image, values);
            foreach (var value in values)
            {
                if (value is < 0 or > 1)
                {
                    return false;
                }
            }
        }

        return true;
    }
}
