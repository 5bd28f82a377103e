using Bench.Analysis.Cost;

namespace Bench.Analysis.Tests.Cost;

public class CostModelTests
{
    // The study's own cells, and one of DAWNBench's: resnet152 on p2.xlarge, 29.24 ms and 7.31e-6 USD an image.
    [TestCase(17.77, 0.90, 4.44)]
    [TestCase(3.34, 3.10, 2.88)]
    [TestCase(29.24, 0.90, 7.31)]
    public void UsdPerMillionImages_PublishedCosts_AreReproduced(double ms, double usdPerHour, double usd) =>
        Assert.That(CostModel.Runtime.UsdPerMillionImages(ms, 1000, HourlyPrice.Given(usdPerHour)), Is.EqualTo(usd).Within(0.005));

    [Test]
    public void UsdPerMillionImages_IdleTwoThirds_CostsThreeTimesAsMuch() =>
        Assert.That(
            new CostModel { Utilisation = 1.0 / 3 }.UsdPerMillionImages(3.6, 0, 1, onlyWhileWorking: false), Is.EqualTo(3).Within(1e-12));

    [Test]
    public void UsdPerMillionImages_PriceWithIdleHoursInIt_DoesNotCountThemTwice() =>
        Assert.That(
            new CostModel { Utilisation = 1.0 / 3 }.UsdPerMillionImages(3.6, 0, 1, onlyWhileWorking: true), Is.EqualTo(1).Within(1e-12));

    // 36 s for each 10,000 images are 3.6 ms an image.
    [Test]
    public void UsdPerMillionImages_Starts_AreSharedByTheirImages() =>
        Assert.That(new CostModel { ImagesPerStart = 10_000 }.UsdPerMillionImages(3.6, 36_000, 1, onlyWhileWorking: false),
            Is.EqualTo(2).Within(1e-12));

    // 3.6 USD buy 3,600 s, in which 30 images a second are 108,000: 33.33 USD for a million, whether an image takes 1 ms or 30.
    [TestCase(1.0)]
    [TestCase(30.0)]
    public void UsdPerMillionImages_RateOfImages_IsTheHourOverItsImages(double ms)
    {
        var model = new CostModel { ImagesPerSecond = 30 };

        Assert.That(model.UsdPerMillionImages(ms, 1000, 3.6, onlyWhileWorking: false), Is.EqualTo(1e6 * 3.6 / 108_000).Within(1e-9));
        Assert.That(model.UsdPerMillionPerMs(3.6, onlyWhileWorking: false), Is.Zero);
    }

    [Test]
    public void Check_SeveralFaults_AreReportedTogether() => Assert.That(
        () => new CostModel { Utilisation = 0, ImagesPerStart = 0, ImagesPerSecond = double.PositiveInfinity }.Check(),
        Throws.ArgumentException.With.Message.Contains("utilisation 0").And.Message.Contains("0 images per start")
            .And.Message.Contains("images a second; expected a number above 0").And.Message.Contains("images a second and a utilisation")
            .And.Message.Contains("images a second and images per start"));

    [TestCase(0.0)]
    [TestCase(-1.0)]
    [TestCase(double.NaN)]
    public void Check_ImpossibleRate_IsRefused(double rate) => Assert.That(
        () => new CostModel { ImagesPerSecond = rate }.Check(), Throws.ArgumentException.With.Message.Contains("--images-per-second"));

    [TestCase(double.NaN)]
    [TestCase(1.01)]
    public void Check_ImpossibleUtilisation_IsRefused(double utilisation) =>
        Assert.That(() => new CostModel { Utilisation = utilisation }.Check(), Throws.ArgumentException);
}
