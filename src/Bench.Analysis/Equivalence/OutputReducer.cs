using System.Globalization;
using System.Numerics.Tensors;
using Bench.Analysis.Input;

namespace Bench.Analysis.Equivalence;

/// <summary>Reduces the outputs of one image on both sides to one number each.</summary>
internal static class OutputReducer
{
    public delegate (double First, double Second) Reduce(int image, ReadOnlySpan<double> first, ReadOnlySpan<double> second);

    public static Reduce Create(OutputInterpretation interpretation, OutputFile first, OutputFile? labels, List<string> remarks) =>
        interpretation.Statistic switch
        {
            OutputStatistic.Mean => (_, one, other) => (TensorPrimitives.Sum(one) / one.Length, TensorPrimitives.Sum(other) / other.Length),
            OutputStatistic.Max => (_, one, other) => (TensorPrimitives.Max(one), TensorPrimitives.Max(other)),
            OutputStatistic.TrueClass => TrueClass(labels!, first),
            OutputStatistic.Dice => Dice(first, labels, interpretation.MaskThreshold!.Value, remarks),
            _ => (_, one, other) => OutputPair.LargestAt(one, other) is var at ? (one[at], other[at]) : default,
        };

    private static Reduce TrueClass(OutputFile labels, OutputFile outputs)
    {
        if (labels.Images != outputs.Images || labels.ImageLength != 1)
        {
            throw new RunFormatException(labels.Path,
                $"found shape ({string.Join(", ", labels.Array.Shape)}); expected one class for each of {outputs.Images} images.");
        }

        var classes = labels.Array.ToDoubles();
        for (var i = 0; i < classes.Length; i++)
        {
            if (!(classes[i] >= 0 && classes[i] < outputs.ImageLength && classes[i] == Math.Floor(classes[i])))
            {
                throw new RunFormatException(
                    labels.Path, $"found class {classes[i]} for image {i}; expected a whole number from 0 to {outputs.ImageLength - 1}.");
            }
        }

        return (image, one, other) => (one[(int)classes[image]], other[(int)classes[image]]);
    }

    private static Reduce Dice(OutputFile first, OutputFile? labels, double threshold, List<string> remarks)
    {
        if (labels is not null && (labels.Images != first.Images || labels.ImageLength != first.ImageLength))
        {
            throw new RunFormatException(
                labels.Path, $"found shape ({string.Join(", ", labels.Array.Shape)}); "
                    + $"expected a mask of {first.ImageLength} pixels for each of {first.Images} images.");
        }

        remarks.Add(string.Create(CultureInfo.InvariantCulture, $"A pixel is in the mask above {threshold}."));
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
}
