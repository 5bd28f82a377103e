using System.Numerics.Tensors;
using Bench.Analysis.Input;
using Bench.Analysis.Json;
using Bench.Analysis.Statistics.Paired;

namespace Bench.Analysis.Equivalence;

/// <summary>Two arrays of outputs, reduced to one number per image.</summary>
/// <param name="First">One number per image of the first array.</param>
/// <param name="Second">The same of the second.</param>
/// <param name="MaxAbsDifference">The largest absolute difference of any two elements.</param>
/// <param name="Answers">How often either side was right, where there are labels of classes; else null.</param>
/// <param name="ChangedTopClasses">How many images have another top class, where outputs are scores of classes without labels;
/// else null.</param>
/// <param name="HasMasks">Whether either side's masks say anything: false if every mask of a side is empty, or every one is full.
/// True where there are none.</param>
/// <param name="Remarks">What a reader must know of how the numbers came about.</param>
internal sealed record OutputPair(
    double[] First,
    double[] Second,
    double MaxAbsDifference,
    PairedOutcomes? Answers,
    int? ChangedTopClasses,
    bool HasMasks,
    IReadOnlyList<string> Remarks)
{
    /// <summary>Reads two files of outputs, the first axis counting images.</summary>
    /// <param name="firstPath">The one <c>.npy</c> file.</param>
    /// <param name="secondPath">The other, of the same shape.</param>
    /// <param name="interpretation">How they are to be read.</param>
    /// <returns>The numbers.</returns>
    /// <exception cref="RunFormatException">A file is missing, damaged, empty, does not fit the others, or holds a number that
    /// is not finite.</exception>
    /// <exception cref="ArgumentException">What is said of the files does not go together.</exception>
    public static OutputPair Read(string firstPath, string secondPath, OutputInterpretation interpretation)
    {
        interpretation.Check();
        var (first, second) = ReadBoth(firstPath, secondPath);
        if (interpretation.Statistic == OutputStatistic.Value && first.ImageLength > 1)
        {
            throw new ArgumentException(
                $"--statistic value: an image has {first.ImageLength} numbers; expected one. "
                + "They are not independent of each other, so they are no pairs: use largest, mean, max, dice or true-class.");
        }

        return new Reduction(first, second, interpretation).Run();
    }

    /// <summary>Where two sides differ most.</summary>
    internal static int LargestAt(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        var (at, largest) = (0, 0.0);
        for (var i = 0; i < one.Length; i++)
        {
            var difference = Math.Abs(one[i] - other[i]);
            (at, largest) = difference > largest ? (i, difference) : (at, largest);
        }

        return at;
    }

    private static (OutputFile First, OutputFile Second) ReadBoth(string firstPath, string secondPath)
    {
        var first = OutputFile.Read(firstPath);
        var second = OutputFile.Read(secondPath);
        return first.Array.Shape.SequenceEqual(second.Array.Shape)
            ? (first, second)
            : throw new OutputShapeException(
                secondPath, $"found shape {Text(second)}; {firstPath} has {Text(first)}. Expected outputs of the same images and network.");
    }

    private static string Text(OutputFile file) => $"({string.Join(", ", file.Array.Shape)})";

    /// <summary>One pass over both files.</summary>
    private sealed class Reduction
    {
        private readonly OutputFile _first;
        private readonly OutputFile _second;
        private readonly OutputFile? _labels;
        private readonly OutputInterpretation _interpretation;
        private readonly List<string> _remarks = [];
        private readonly OutputReducer.Reduce _reduce;
        private readonly int[,] _answers = new int[2, 2];
        private readonly MaskCensus _firstMasks;
        private readonly MaskCensus _secondMasks;
        private bool _areScores;
        private int _changed;

        public Reduction(OutputFile first, OutputFile second, OutputInterpretation interpretation)
        {
            (_first, _second, _interpretation) = (first, second, interpretation);
            _labels = interpretation.LabelsPath is { } path ? OutputFile.Read(path) : null;
            _reduce = OutputReducer.Create(interpretation, first, _labels, _remarks);
            _areScores = first.Array.Shape.Count == 2 && first.ImageLength > 1 && interpretation.Statistic != OutputStatistic.Dice;
            (_firstMasks, _secondMasks) = (new MaskCensus(interpretation.MaskThreshold ?? 0),
                new MaskCensus(interpretation.MaskThreshold ?? 0));
        }

        public OutputPair Run()
        {
            var (numbers, others) = (new double[_first.Images], new double[_first.Images]);
            var (one, other) = (new double[_first.ImageLength], new double[_first.ImageLength]);
            var classes = _interpretation.Statistic == OutputStatistic.TrueClass ? _labels!.Array.ToDoubles() : null;
            var largest = 0.0;
            for (var image = 0; image < _first.Images; image++)
            {
                _first.ReadImage(image, one);
                _second.ReadImage(image, other);
                var at = LargestAt(one, other);
                largest = Math.Max(largest, Math.Abs(one[at] - other[at]));
                (numbers[image], others[image]) = _reduce(image, one, other);
                CountClasses(one, other, classes is null ? null : (int)classes[image]);
                CountMasks(one, other);
            }

            CheckFinite(_first, numbers);
            CheckFinite(_second, others);
            _remarks.AddRange(_firstMasks.Remarks(_first.Path).Concat(_secondMasks.Remarks(_second.Path)));
            var hasAnswers = classes is not null && _first.ImageLength > 1;
            return new OutputPair(
                numbers,
                others,
                largest,
                hasAnswers ? new PairedOutcomes(_answers[1, 1], _answers[1, 0], _answers[0, 1], _answers[0, 0]) : null,
                !hasAnswers && _areScores ? _changed : null,
                _interpretation.Statistic != OutputStatistic.Dice || !(_firstMasks.IsConstant || _secondMasks.IsConstant),
                _remarks);
        }

        private void CountClasses(double[] one, double[] other, int? label)
        {
            if (!_areScores && label is null)
            {
                return;
            }

            var (top, otherTop) = (TensorPrimitives.IndexOfMax<double>(one), TensorPrimitives.IndexOfMax<double>(other));
            _changed += top == otherTop ? 0 : 1;
            if (label is { } right)
            {
                _answers[top == right ? 1 : 0, otherTop == right ? 1 : 0]++;
            }

            // Without being told so, only numbers that look like probabilities of classes are taken for scores.
            _areScores = _areScores && (_interpretation.Values != OutputValues.Unstated || (RawCensus.IsDistribution(one)
                && RawCensus.IsDistribution(other)));
        }

        private void CountMasks(double[] one, double[] other)
        {
            if (_interpretation.Statistic == OutputStatistic.Dice)
            {
                _firstMasks.Add(one);
                _secondMasks.Add(other);
            }
        }

        private void CheckFinite(OutputFile file, double[] numbers)
        {
            foreach (var number in numbers)
            {
                if (!double.IsFinite(number))
                {
                    throw new RunFormatException(file.Path,
                        $"found numbers so large that their {EnumNames.Of(_interpretation.Statistic)} is {number}; "
                        + "expected finite ones.");
                }
            }
        }
    }
}
