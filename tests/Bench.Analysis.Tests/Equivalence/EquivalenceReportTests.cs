using System.Text.Json;
using Bench.Analysis.Equivalence;
using Bench.Analysis.Input;
using Bench.Arrays.Npy;

namespace Bench.Analysis.Tests.Equivalence;

public class EquivalenceReportTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [TestCase(40, 0.0, EquivalenceVerdict.Identical)]
    [TestCase(1, 0.0, EquivalenceVerdict.Identical)]
    [TestCase(40, 0.004, EquivalenceVerdict.Equivalent)]
    [TestCase(40, 0.5, EquivalenceVerdict.Different)]
    [TestCase(40, 0.00905, EquivalenceVerdict.Inconclusive)]
    [TestCase(29, 0.004, EquivalenceVerdict.InsufficientData)]
    [TestCase(4, 0.5, EquivalenceVerdict.Different)]
    [TestCase(1, 0.5, EquivalenceVerdict.InsufficientData)]
    [TestCase(30, 0.004, EquivalenceVerdict.Equivalent)]
    public void Create_Shift_GivesTheVerdict(int images, double shift, EquivalenceVerdict verdict)
    {
        var random = new Random(5);
        var x = Array.ConvertAll(new float[images], _ => random.NextSingle());
        var y = Array.ConvertAll(x, value => shift == 0 ? value : value + (float)(shift + (0.002 * (random.NextDouble() - 0.5))));

        Assert.That(Report(x, y).Verdict, Is.EqualTo(verdict));
    }

    /// <summary>Every number of the JSON has the name and the meaning that the README says.</summary>
    [Test]
    public void ToJson_TiesAndZeros_IsTheGoldenText()
    {
        float[] x = [0.5f, 0.25f, 0.75f, 1, 0.5f, 0.25f, 0.125f, 0.5f];
        float[] y = [0.5f, 0.5f, 0.5f, 0.5f, 0.375f, 0.25f, 0.25f, 0.5f];
        var report = Report(x, y, new EquivalenceOptions { Margin = 0.5 });

        Golden.Match(report.ToJson(), "tests", "Bench.Analysis.Tests", "Data", "golden", "equivalence.json");
        Golden.Match(report.ToText(), "tests", "Bench.Analysis.Tests", "Data", "golden", "equivalence.txt");
        using var json = JsonDocument.Parse(report.ToJson());
        Assert.That(
            (json.RootElement.GetProperty("n").GetInt32(), json.RootElement.GetProperty("zeros").GetInt32(),
                json.RootElement.GetProperty("ties").GetInt32()),
            Is.EqualTo((8, 3, 4)));
    }

    [Test]
    public void Create_FurtherAxes_AreReducedAsAsked()
    {
        float[] x = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
        float[] y = [0, 2, 3, 4, 5, 3, 7, 8, 0, 10, 11, 12];
        double[] Differences(OutputStatistic statistic, string? labels = null)
        {
            var pair = OutputPair.Read(
                Write("x", x, 6, 2), Write("y", y, 6, 2), new OutputInterpretation { Statistic = statistic, LabelsPath = labels });
            return [.. pair.First.Zip(pair.Second, (a, b) => a - b)];
        }

        Assert.That(Differences(OutputStatistic.Mean), Is.EqualTo(new[] { 0.5, 0, 1.5, 0, 4.5, 0 }));
        Assert.That(Differences(OutputStatistic.Max), Is.EqualTo(new[] { 0.0, 0, 1, 0, 0, 0 }));
        Assert.That(Differences(OutputStatistic.Largest), Is.EqualTo(new[] { 1.0, 0, 3, 0, 9, 0 }));
        Assert.That(() => Differences(OutputStatistic.Value),
            Throws.ArgumentException.With.Message.Contains("an image has 2 numbers; expected one"));
        var labels = Path.Combine(_folder.Path, "labels.npy");
        NpyArray.FromBytes([0, 0, 1, 1, 0, 1], 6).Write(labels);
        Assert.That(Differences(OutputStatistic.TrueClass, labels), Is.EqualTo(new[] { 1.0, 0, 3, 0, 9, 0 }));
    }

    [Test]
    public void Create_Masks_AreComparedByDice()
    {
        float[] x = [0.9f, 0.9f, 0.1f, 0.1f, 0.9f, 0.1f, 0.1f, 0.1f];
        float[] y = [0.9f, 0.1f, 0.1f, 0.1f, 0.9f, 0.1f, 0.1f, 0.1f];
        var masks = Path.Combine(_folder.Path, "masks.npy");
        NpyArray.FromBytes([1, 1, 0, 0, 1, 1, 0, 0], 2, 4).Write(masks);
        var probabilities = new OutputInterpretation { Statistic = OutputStatistic.Dice, Values = OutputValues.Probabilities };
        var pair = OutputPair.Read(Write("x", x, 2, 4), Write("y", y, 2, 4), probabilities with { LabelsPath = masks });

        Assert.That((pair.First, pair.Second), Is.EqualTo((new[] { 1, 2.0 / 3 }, new[] { 2.0 / 3, 2.0 / 3 })));
        pair = OutputPair.Read(Write("x", x, 2, 4), Write("y", y, 2, 4), probabilities);
        Assert.That((pair.First, pair.Second, pair.HasMasks), Is.EqualTo((new double[] { 1, 1 }, new[] { 2.0 / 3, 1 }, true)));
    }

    /// <summary>The same numbers are other masks as logits, and the threshold is never guessed from them.</summary>
    [TestCase(OutputValues.Probabilities, null, 1, 0.5)]
    [TestCase(OutputValues.Logits, null, 0.5, 0.5)]
    [TestCase(OutputValues.Unstated, 0.4, 1, 0.5)]
    public void Read_Dice_TakesTheThresholdThatWasSaid(OutputValues values, double? threshold, double image, double other)
    {
        float[] x = [0.3f, 0.3f, 0.3f, 0.9f, 0.9f, 0.9f, 0.9f, 0.9f];
        var masks = Path.Combine(_folder.Path, "masks.npy");
        NpyArray.FromBytes([0, 0, 0, 1, 1, 0, 0, 0], 2, 4).Write(masks);
        var pair = OutputPair.Read(Write("x", x, 2, 4), Write("y", x, 2, 4),
            new OutputInterpretation { Statistic = OutputStatistic.Dice, Values = values, Threshold = threshold, LabelsPath = masks });

        Assert.That(pair.First, Is.EqualTo(new[] { image == 1 ? 1 : 0.4, 0.4 }).Within(1e-12));
    }

    [TestCase(-1f, "empty", 0.001f)]
    [TestCase(2f, "full", 0.001f)]
    [TestCase(-1f, "empty", 0f)]
    public void Create_MasksThatAreAllAlike_AreNeverCalledTheSame(float value, string what, float shift)
    {
        var x = Enumerable.Repeat(value, 400).ToArray();
        var y = Array.ConvertAll(x, number => number + shift);
        var report = EquivalenceReport.Create(Write("x", x, 100, 4), Write("y", y, 100, 4),
            new OutputInterpretation { Statistic = OutputStatistic.Dice, Values = OutputValues.Logits }, new EquivalenceOptions());

        Assert.That(report.Verdict, Is.EqualTo(EquivalenceVerdict.Inconclusive));
        Assert.That(report.Remarks, Has.Exactly(2).Contains($"is {what}"));
    }

    /// <summary>What moves from one class to another leaves sums and means of an image alone, and is a change all the same.</summary>
    [Test]
    public void Create_ElementsThatSumToAConstant_CannotHideAChange()
    {
        var random = new Random(7);
        var x = Enumerable.Range(0, 200)
            .SelectMany(_ => { var p = 0.3f + (0.4f * random.NextSingle()); return new[] { p, 1 - p }; }).ToArray();
        var y = x.Select((value, i) => (i / 2) % 4 == 0 ? 1 - value : value).ToArray();
        var report = EquivalenceReport.Create(
            Write("x", x, 200, 2), Write("y", y, 200, 2), new OutputInterpretation(), new EquivalenceOptions());

        Assert.That(report.Verdict, Is.EqualTo(EquivalenceVerdict.Different));
    }

    /// <summary>A ruined tenth of the images leaves the centre alone; more than the tolerated share is a difference.</summary>
    [TestCase(0, 0.05, EquivalenceVerdict.Equivalent)]
    [TestCase(15, 0.05, EquivalenceVerdict.Equivalent)]
    [TestCase(16, 0.05, EquivalenceVerdict.Inconclusive)]
    [TestCase(30, 0.05, EquivalenceVerdict.Different)]
    [TestCase(30, 0.20, EquivalenceVerdict.Equivalent)]
    public void Create_RuinedImages_AreWeighedByTheToleratedShare(int ruined, double tolerated, EquivalenceVerdict verdict)
    {
        var x = Enumerable.Range(0, 300).Select(i => 0.5f + (i * 0.0001f)).ToArray();
        var y = x.Select((value, i) => value + (i < ruined ? (i % 2 == 0 ? 0.02f : -0.02f) : i % 2 == 0 ? 0.0001f : -0.0001f)).ToArray();

        Assert.That(Report(x, y, new EquivalenceOptions { ToleratedShare = tolerated }).Verdict, Is.EqualTo(verdict));
    }

    [Test]
    public void Create_ShapesThatDiffer_NamesBoth() =>
        Assert.That(
            () => OutputPair.Read(Write("x", [1, 2], 2), Write("y", [1, 2], 1, 2), new OutputInterpretation()),
            Throws.TypeOf<OutputShapeException>().With.Message.Contains("found shape (1, 2)").And.Message.Contains("has (2)"));

    [TestCase(float.NaN)]
    [TestCase(float.PositiveInfinity)]
    public void Create_NumberThatIsNotFinite_SaysWhere(float value) =>
        Assert.That(
            () => OutputPair.Read(Write("x", [1, 2, 3], 3), Write("y", [1, value, 3], 3), new OutputInterpretation()),
            Throws.TypeOf<RunFormatException>().With.Message.Contains("in image 1 at position 0"));

    [Test]
    public void Create_EmptyOrMissing_SaysSo()
    {
        Assert.That(() => OutputPair.Read(Write("x", [], 0), Write("y", [], 0), new OutputInterpretation()),
            Throws.TypeOf<RunFormatException>().With.Message.Contains("at least one image"));
        Assert.That(() => OutputPair.Read("/nowhere.npy", "/nowhere.npy", new OutputInterpretation()),
            Throws.TypeOf<RunFormatException>().With.Message.Contains("/nowhere.npy"));
    }

    [Test]
    public void Create_LabelsThatDoNotFit_SaysSo()
    {
        var labels = Path.Combine(_folder.Path, "labels.npy");
        NpyArray.FromBytes([0, 7], 2).Write(labels);

        Assert.That(
            () => OutputPair.Read(Write("x", [1, 2, 3, 4], 2, 2), Write("y", [1, 2, 3, 4], 2, 2),
                new OutputInterpretation { Statistic = OutputStatistic.TrueClass, LabelsPath = labels }),
            Throws.TypeOf<RunFormatException>().With.Message.Contains("found class 7 for image 1"));
        Assert.That(() => OutputPair.Read("x", "y", new OutputInterpretation { Statistic = OutputStatistic.TrueClass }),
            Throws.ArgumentException.With.Message.Contains("--labels"));
        Assert.That(() => OutputPair.Read("x", "y", new OutputInterpretation { Statistic = OutputStatistic.Mean, LabelsPath = labels }),
            Throws.ArgumentException.With.Message.Contains("only true-class and dice"));
        Assert.That(() => OutputPair.Read("x", "y", new OutputInterpretation { Statistic = OutputStatistic.Dice }),
            Throws.ArgumentException.With.Message.Contains("never guessed"));
    }

    private EquivalenceReport Report(float[] x, float[] y, EquivalenceOptions? options = null) =>
        EquivalenceReport.Create(
            Write("x", x, x.Length), Write("y", y, y.Length), new OutputInterpretation(), options ?? new EquivalenceOptions());

    private string Write(string name, float[] values, params int[] shape)
    {
        var path = Path.Combine(_folder.Path, name + ".npy");
        NpyArray.FromSingles(values, shape).Write(path);
        return path;
    }
}
