using System.Text.Json;
using Bench.Analysis.Equivalence;
using Bench.Analysis.Runs;
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
    [TestCase(40, 0.01, EquivalenceVerdict.Inconclusive)]
    [TestCase(4, 0.004, EquivalenceVerdict.InsufficientData)]
    [TestCase(4, 0.5, EquivalenceVerdict.InsufficientData)]
    [TestCase(5, 0.004, EquivalenceVerdict.Equivalent)]
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
        Assert.That((json.RootElement.GetProperty("n").GetInt32(), json.RootElement.GetProperty("zeros").GetInt32(), json.RootElement.GetProperty("ties").GetInt32()), Is.EqualTo((8, 3, 4)));
    }

    [Test]
    public void Create_FurtherAxes_AreReducedAsAsked()
    {
        float[] x = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
        float[] y = [0, 2, 3, 4, 5, 3, 7, 8, 0, 10, 11, 12];
        double[] Differences(OutputStatistic statistic, string? labels = null)
        {
            var pair = OutputPair.Read(Write("x", x, 6, 2), Write("y", y, 6, 2), statistic, labels);
            return [.. pair.First.Zip(pair.Second, (a, b) => a - b)];
        }

        Assert.That(Differences(OutputStatistic.Mean), Is.EqualTo(new[] { 0.5, 0, 1.5, 0, 4.5, 0 }));
        Assert.That(Differences(OutputStatistic.Max), Is.EqualTo(new[] { 0.0, 0, 1, 0, 0, 0 }));
        Assert.That(Differences(OutputStatistic.Value), Has.Length.EqualTo(12));
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
        var pair = OutputPair.Read(Write("x", x, 2, 4), Write("y", y, 2, 4), OutputStatistic.Dice, masks);

        Assert.That((pair.First, pair.Second), Is.EqualTo((new[] { 1, 2.0 / 3 }, new[] { 2.0 / 3, 2.0 / 3 })));
        pair = OutputPair.Read(Write("x", x, 2, 4), Write("y", y, 2, 4), OutputStatistic.Dice, null);
        Assert.That((pair.First, pair.Second), Is.EqualTo((new double[] { 1, 1 }, new[] { 2.0 / 3, 1 })));
    }

    [Test]
    public void Create_ShapesThatDiffer_NamesBoth() =>
        Assert.That(
            () => OutputPair.Read(Write("x", [1, 2], 2), Write("y", [1, 2], 1, 2), OutputStatistic.Value, null),
            Throws.TypeOf<OutputShapeException>().With.Message.Contains("found shape (1, 2)").And.Message.Contains("has (2)"));

    [TestCase(float.NaN)]
    [TestCase(float.PositiveInfinity)]
    public void Create_NumberThatIsNotFinite_SaysWhere(float value) =>
        Assert.That(
            () => OutputPair.Read(Write("x", [1, 2, 3], 3), Write("y", [1, value, 3], 3), OutputStatistic.Value, null),
            Throws.TypeOf<RunFormatException>().With.Message.Contains("in image 1 at position 0"));

    [Test]
    public void Create_EmptyOrMissing_SaysSo()
    {
        Assert.That(() => OutputPair.Read(Write("x", [], 0), Write("y", [], 0), OutputStatistic.Value, null), Throws.TypeOf<RunFormatException>().With.Message.Contains("at least one image"));
        Assert.That(() => OutputPair.Read("/nowhere.npy", "/nowhere.npy", OutputStatistic.Value, null), Throws.TypeOf<RunFormatException>().With.Message.Contains("/nowhere.npy"));
    }

    [Test]
    public void Create_LabelsThatDoNotFit_SaysSo()
    {
        var labels = Path.Combine(_folder.Path, "labels.npy");
        NpyArray.FromBytes([0, 7], 2).Write(labels);

        Assert.That(() => OutputPair.Read(Write("x", [1, 2, 3, 4], 2, 2), Write("y", [1, 2, 3, 4], 2, 2), OutputStatistic.TrueClass, labels), Throws.TypeOf<RunFormatException>().With.Message.Contains("found class 7 for image 1"));
        Assert.That(() => OutputPair.Read("x", "y", OutputStatistic.TrueClass, null), Throws.ArgumentException.With.Message.Contains("--labels"));
        Assert.That(() => OutputPair.Read("x", "y", OutputStatistic.Mean, labels), Throws.ArgumentException.With.Message.Contains("only true-class and dice"));
    }

    /// <summary>Twenty cells that are all just within the margin by themselves are not all shown to be.</summary>
    [Test]
    public void Judge_ManyComparisons_AsksForMoreOfEach()
    {
        var differences = Enumerable.Range(0, 12).Select(i => i < 10 ? 0.0 : 0.02).ToArray();
        var alone = PairedEquivalence.Of(differences, new double[12], 1, new EquivalenceOptions());

        Assert.That(alone.Verdict(0.05), Is.EqualTo(EquivalenceVerdict.Equivalent));
        Assert.That(EquivalenceFamily.Judge([.. Enumerable.Repeat(alone, 20)], 0.05).Select(judged => judged.Verdict), Is.All.EqualTo(EquivalenceVerdict.Inconclusive));
    }

    private EquivalenceReport Report(float[] x, float[] y, EquivalenceOptions? options = null) =>
        EquivalenceReport.Create(Write("x", x, x.Length), Write("y", y, y.Length), OutputStatistic.Value, null, options ?? new EquivalenceOptions());

    private string Write(string name, float[] values, params int[] shape)
    {
        var path = Path.Combine(_folder.Path, name + ".npy");
        NpyArray.FromSingles(values, shape).Write(path);
        return path;
    }
}
