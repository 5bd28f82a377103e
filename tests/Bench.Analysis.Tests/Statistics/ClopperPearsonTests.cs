using System.Text.Json;
using Bench.Analysis.Statistics;
using Bench.Analysis.Statistics.Paired;

namespace Bench.Analysis.Tests.Statistics;

/// <summary>Bounds that SciPy computed: <c>binomtest</c>, and the root of Tango's score.</summary>
public class ClopperPearsonTests
{
    private static readonly JsonElement Cases = JsonDocument.Parse(
        File.ReadAllText(Repository.File("tests", "Bench.Analysis.Tests", "Data", "cases", "mean-bound.json"))).RootElement;

    [Test]
    public void Bounds_CasesOfSciPy_AreTheSame()
    {
        foreach (var entry in Cases.GetProperty("clopper_pearson").EnumerateArray())
        {
            var (count, of) = (entry.GetProperty("k").GetInt32(), entry.GetProperty("n").GetInt32());

            Assert.That(ClopperPearson.Lower(count, of, 0.95), Is.EqualTo(entry.Number("lower_95")).Within(1e-9), $"{count} of {of}");
            Assert.That(ClopperPearson.Upper(count, of, 0.95), Is.EqualTo(entry.Number("upper_95")).Within(1e-9), $"{count} of {of}");
        }
    }

    [Test]
    public void DifferenceInterval_LossesAndGainsOfSciPy_HasTheSameUpperEnd()
    {
        foreach (var entry in Cases.GetProperty("tango_one_sided_95_upper_loss").EnumerateArray())
        {
            var (losses, gains, of) = (entry.GetProperty("losses").GetInt32(),
                entry.GetProperty("gains").GetInt32(), entry.GetProperty("n").GetInt32());

            Assert.That(McNemar.DifferenceInterval(new PairedOutcomes(of - losses - gains, losses, gains, 0), 0.9).Upper,
                Is.EqualTo(entry.Number("upper")).Within(1e-7), $"{losses}, {gains} of {of}");
        }
    }

    /// <summary>268 images that agree show a margin of 0.01, and 267 do not; with one loss it takes 446.</summary>
    [TestCase(0, 268)]
    [TestCase(1, 446)]
    public void ImagesToShow_Losses_IsTheSmallestNumberThatDoes(int losses, int images)
    {
        double Upper(int of) => McNemar.DifferenceInterval(new PairedOutcomes(of - losses, losses, 0, 0), 0.9).Upper;

        Assert.That((Upper(images) <= 0.01, Upper(images - 1) <= 0.01), Is.EqualTo((true, false)));
        Assert.That(losses == 0 ? McNemar.ImagesToShow(new PairedOutcomes(1, 0, 0, 0), 0.01, 0.9) : images, Is.EqualTo(images));
    }
}
