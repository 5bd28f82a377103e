using Bench.Analysis.Statistics;

namespace Bench.Analysis.Tests.Statistics;

/// <summary>Against SciPy 1.10: trim_mean(x, 0.2), and the standard error of ttest_ind(x, zeros, trim=0.2), which is Yuen's.</summary>
public class TrimmedMeanTests
{
    [TestCase("0.01 0.02 -0.01 0.3 0 0.015 -0.02", 0.007000000000000001, -0.012979935258507632, 0.026979935258507635)]
    [TestCase("3.1 2.9 3.3 2.7 3.0", 3.0, 2.6486898757108093, 3.3513101242891907)]
    [TestCase("1 2", 1.5, -4.853102368216048, 7.853102368216048)]
    [TestCase("5 1 4 2 8 9 3 7 6 100", 5.5, 2.4403956323506013, 8.5596043676494)]
    public void Of_Values_IsScipys(string values, double mean, double lower, double upper)
    {
        var (value, interval) = TrimmedMean.Of(
            [.. values.Split(' ').Select(text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture))], 0.95);

        Assert.That(value, Is.EqualTo(mean).Within(1e-12));
        Assert.That(interval!.Lower, Is.EqualTo(lower).Within(1e-6).Percent);
        Assert.That(interval.Upper, Is.EqualTo(upper).Within(1e-6).Percent);
    }

    [Test]
    public void Of_OneValue_HasNoInterval() => Assert.That(TrimmedMean.Of([3], 0.95), Is.EqualTo((3.0, (ConfidenceInterval?)null)));

    [Test]
    public void Of_Nothing_IsRefused() => Assert.That(() => TrimmedMean.Of([], 0.95), Throws.TypeOf<ArgumentOutOfRangeException>());
}
