using Bench.Analysis.Equivalence;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Tests.Equivalence;

/// <summary>Outputs of which nobody knows the truth.</summary>
public class RawEvidenceTests
{
    private const int Images = 300;

    private static readonly EquivalenceOptions Options = EquivalenceOptions.For(new ModelFacts
    {
        Id = "mine",
        Title = "Mine",
        Task = "none",
        HasLabels = false,
        Files = new Dictionary<string, FileFacts>(),
        DataCount = Images,
        EvaluatedCount = Images,
    });

    [Test]
    public void SameOutputs_EqualNumbers_AreIdentical() => Assert.That(Verdict(_ => 0, 5), Is.EqualTo(EquivalenceVerdict.Identical));

    [TestCase(0.001, EquivalenceVerdict.Equivalent)]
    [TestCase(0.09, EquivalenceVerdict.Equivalent)]
    [TestCase(0.11, EquivalenceVerdict.Different)]
    public void SameOutputs_DifferenceOfEveryImage_IsJudgedByTheSpan(double difference, EquivalenceVerdict expected) =>
        Assert.That(Verdict(image => difference * (1 + (image % 5 * 0.01)), span: 10), Is.EqualTo(expected));

    [TestCase(4, EquivalenceVerdict.Equivalent)]
    [TestCase(10, EquivalenceVerdict.Different)]
    public void SameOutputs_ImagesBeyondTheMargin_MayBeFew(int percent, EquivalenceVerdict expected) =>
        Assert.That(Verdict(image => image % 100 < percent ? 0.02 : 0.0001, span: 1), Is.EqualTo(expected));

    [Test]
    public void SameOutputs_RuinedImages_AreNotMadeGoodByTheirSmallNumber() =>
        Assert.That(Verdict(image => image % 100 < 4 ? 1 : 0.0001, span: 1), Is.Not.EqualTo(EquivalenceVerdict.Equivalent));

    [Test]
    public void SameOutputs_ReferenceThatGivesZerosAlone_AllowsNoDifference() =>
        Assert.That(Verdict(_ => 1e-9, span: 0), Is.EqualTo(EquivalenceVerdict.Different));

    [TestCase(0, EquivalenceVerdict.Equivalent)]
    [TestCase(3, EquivalenceVerdict.Equivalent)]
    [TestCase(4, EquivalenceVerdict.Inconclusive)]
    [TestCase(20, EquivalenceVerdict.Different)]
    public void SameOutputs_OtherTopClasses_MayBeAsManyAsTheMarginAllows(int changed, EquivalenceVerdict expected) =>
        Assert.That(Verdict(_ => 0.001, span: 1, changed), Is.EqualTo(expected));

    /// <summary>Images whose differences have a long tail and are on average exactly at the margin: seldom called equivalent.</summary>
    [Test]
    public void SameOutputs_MeanExactlyAtTheMargin_IsCalledEquivalentInAtMostFivePercent()
    {
        const int Trials = 1_000;
        var random = new Random(20261127);
        var equivalent = 0;
        for (var trial = 0; trial < Trials; trial++)
        {
            double[] largest = [.. Enumerable.Range(0, 60).Select(_ => -Math.Log(1 - random.NextDouble()) * Options.Margin)];
            equivalent += RawEvidence.Of(new ImageDifferences(largest, new RawDifferences(1, 1, null)),
                Options with { ToleratedShare = 0.99 })
                .SameOutputs() == EquivalenceVerdict.Equivalent ? 1 : 0;
        }

        // Three standard errors of a share of 5 % above it.
        Assert.That(equivalent, Is.LessThanOrEqualTo(Trials * (0.05 + (3 * Math.Sqrt(0.05 * 0.95 / Trials)))));
    }

    [Test]
    public void Add_Outputs_AreCounted()
    {
        var census = new RawCensus([]);
        census.Add([0.2, 0.8], [0.3, 0.7]);
        census.Add([0.6, 0.4], [0.4, 0.6]);

        // numpy: a @ b / (norm(a) * norm(b)) of the second image.
        Assert.That(census.Result.Span, Is.EqualTo(0.6).Within(1e-12));
        Assert.That(census.Result.LowestCosine, Is.EqualTo(0.9230769230769231).Within(1e-12));
        Assert.That(census.Result.ChangedTopClasses, Is.EqualTo(1));
    }

    [Test]
    public void SameOutputs_ReferenceThatGivesTheSameForEveryImage_ShowsNothing()
    {
        var census = new RawCensus([]);
        for (var image = 0; image < Images; image++)
        {
            census.Add([0.46095496], [0.46095502]);
        }

        var evidence = RawEvidence.Of(new ImageDifferences([.. Enumerable.Repeat(6e-8, Images)], census.Result), Options);

        Assert.That(census.Result.Span, Is.EqualTo(0.46095496), "rounding is measured by something");
        Assert.That(evidence.SameOutputs(), Is.EqualTo(EquivalenceVerdict.Inconclusive));
        Assert.That(evidence.WhyNotEquivalent, Has.One.Contains("gives the same for every image"));
    }

    /// <summary>Boxes of 0 to 640 beside scores of 0 to 1, with channels last and first: the margin of the whole is 6.4.</summary>
    [TestCase(0.9, true, EquivalenceVerdict.Inconclusive)]
    [TestCase(0.9, false, EquivalenceVerdict.Inconclusive)]
    [TestCase(0.005, true, EquivalenceVerdict.Equivalent)]
    [TestCase(0.005, false, EquivalenceVerdict.Equivalent)]
    public void SameOutputs_ScoresBesideBoxes_AreNotHiddenByTheSpanOfBoxes(
        double difference, bool isLast, EquivalenceVerdict expected)
    {
        const int Boxes = 7;
        var census = new RawCensus(isLast ? [1, Boxes, 5] : [5, Boxes]);
        var random = new Random(1910);
        for (var image = 0; image < Images; image++)
        {
            var reference = new double[5 * Boxes];
            for (var i = 0; i < reference.Length; i++)
            {
                reference[i] = random.NextDouble() * ((isLast ? i % 5 : i / Boxes) == 4 ? 1 : 640);
            }

            double[] found = [.. reference];
            found[isLast ? 9 : 4 * Boxes] += difference;
            census.Add(reference, found);
        }

        var evidence = RawEvidence.Of(new ImageDifferences([.. Enumerable.Repeat(difference, Images)], census.Result), Options);

        Assert.That(evidence.SameOutputs(), Is.EqualTo(expected));
        Assert.That(evidence.Doubt, expected == EquivalenceVerdict.Equivalent ? Is.Null : Does.Match(
            @"^some numbers of the output are of a smaller scale \(span (1|0\.99\d*) of (640|639\.\d)\) and differ by up to 0\.9, which"));
    }

    [TestCase(new[] { 3 }, new double[] { 1, 2, 3 }, new double[] { 500, 501, 502 }, Description = "one scale")]
    [TestCase(new[] { 3 }, new double[] { 0, 0.001, 0 }, new double[] { 1, 0, 1 }, Description = "probabilities are of one scale")]
    public void Add_NumbersOfOneScale_HaveNoOther(int[] shape, double[] one, double[] other)
    {
        var census = new RawCensus(shape);
        census.Add(one, one);
        census.Add(other, other);

        Assert.That(census.Result.OtherScale, Is.Null);
    }

    [Test]
    public void Add_ManyFeatures_AreOfOneKind()
    {
        var census = new RawCensus([129]);
        census.Add(new double[129], new double[129]);
        census.Add([.. Enumerable.Range(0, 129).Select(i => i == 0 ? 0.01 : 100.0)], new double[129]);

        Assert.That(census.Result.OtherScale, Is.Null);
    }

    [TestCase(new double[] { 1, 2 }, new double[] { 1, 2 })]
    [TestCase(new double[] { 1 }, new double[] { 1 })]
    public void Add_NumbersThatAreNoScores_HaveNoTopClass(double[] one, double[] other)
    {
        var census = new RawCensus([]);
        census.Add(one, other);

        Assert.That(census.Result.ChangedTopClasses, Is.Null);
    }

    [Test]
    public void Add_Zeros_HaveTheSameDirectionAsZerosAlone()
    {
        var (same, other) = (new RawCensus([]), new RawCensus([]));
        same.Add([0, 0], [0, 0]);
        other.Add([0, 0], [0, 1]);

        Assert.That((same.Result.LowestCosine, other.Result.LowestCosine), Is.EqualTo((1.0, 0.0)));
    }

    private static EquivalenceVerdict Verdict(Func<int, double> largest, double span, int? changed = null) => RawEvidence.Of(
        new ImageDifferences([.. Enumerable.Range(0, Images).Select(largest)], new RawDifferences(span, 1, changed)),
            Options).SameOutputs();
}
