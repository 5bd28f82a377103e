using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Configs;
using Bench.Benchmarks.Host;

namespace Bench.EndToEnd.Tests.Host;

/// <summary>Rates, limits and what is said of wrong ones.</summary>
public class LoadOptionsTests
{
    private static readonly Profile Default = Profile.All.Single(profile => profile.Name == "default");

    [Test]
    public void Read_Rates_AreLoads() => Assert.That(
        LoadOptions.Read(GivenOptions.Parse("--rate", "20, 0.5,20"), Faults(out _)), Is.EqualTo([new Load(20), new Load(0.5)]));

    [TestCase("0")]
    [TestCase("-3")]
    [TestCase("many")]
    [TestCase("1e3")]
    [TestCase("2000000")]
    [TestCase("NaN")]
    public void Read_WhatIsNoRate_IsAFault(string text)
    {
        LoadOptions.Read(GivenOptions.Parse("--rate", text), Faults(out var faults));

        Assert.That(faults, Is.EqualTo([$"--rate: found '{text}'; expected requests per second, above 0 and at most 1000000."]));
    }

    [Test]
    public void Read_NoRateAtAll_IsAFault()
    {
        LoadOptions.Read(GivenOptions.Parse("--rate", ","), Faults(out var faults));

        Assert.That(faults, Is.EqualTo(["--rate: found no rate; expected requests per second, such as 20,50,100."]));
    }

    [Test]
    public void Plan_RateWithLimit_HasQuantileAndBudget()
    {
        var plan = Plan(out var faults, "--rate", "20", "--limit", "20ms");

        Assert.That(faults, Is.Empty);
        Assert.That((plan!.LimitMs, plan.Quantile, plan.BudgetSeconds, plan.FindRate), Is.EqualTo((20, 0.99, 600, false)));
    }

    [Test]
    public void Plan_FindRate_TakesItsBudgetAndQuantile()
    {
        var plan = Plan(out var faults, "--find-rate", "--limit", "0.1s", "--quantile", "p90", "--budget", "2min");

        Assert.That(faults, Is.Empty);
        Assert.That((plan!.LimitMs, plan.Quantile, plan.BudgetSeconds, plan.FindRate), Is.EqualTo((100, 0.9, 120, true)));
    }

    [TestCase(0.9)]
    [TestCase(0.99, "--quantile", "p99")]
    public void Plan_LimitWithoutRate_IsThatOfRequestsOneByOne(double quantile, params string[] words)
    {
        var plan = Plan(out var faults, ["--limit", "20ms", .. words]);

        Assert.That(faults, Is.Empty);
        Assert.That((plan!.LimitMs, plan.Quantile, plan.BudgetSeconds), Is.EqualTo(((double?)20, (double?)quantile, (double?)null)));
    }

    [Test]
    public void Plan_NoLoad_IsAsBefore()
    {
        var plan = Plan(out _);

        Assert.That((plan!.LimitMs, plan.Quantile, plan.BudgetSeconds), Is.EqualTo(((double?)null, (double?)null, (double?)null)));
    }

    [TestCase("--find-rate: found without --limit; expected both, as in --find-rate --limit 20ms --quantile p99.", "--find-rate")]
    [TestCase(
        "--quantile: found p99.9 without --rate and --find-rate; expected p90 or p99: only an open load counts late requests.",
        "--limit", "20ms", "--quantile", "p99.9")]
    [TestCase("--limit: found 'soon'; expected a time such as 20ms.", "--rate", "5", "--limit", "soon")]
    [TestCase("--limit: found '0.00001ms'; expected a time such as 20ms.", "--rate", "5", "--limit", "0.00001ms")]
    [TestCase("--quantile: found without --limit; expected both.", "--rate", "5", "--quantile", "p99")]
    [TestCase("--quantile: found 'p12'; expected p90, p99, p99.9.", "--rate", "5", "--limit", "1s", "--quantile", "p12")]
    public void Plan_WhatDoesNotGoTogether_IsAFault(string fault, params string[] words)
    {
        Plan(out var faults, words);

        Assert.That(faults, Is.EqualTo([fault]));
    }

    private static MeasuringPlan? Plan(out List<string> faults, params string[] words)
    {
        var given = GivenOptions.Parse(words);
        faults = [];
        return MeasuringOptions.Read(given, Default, LoadOptions.Read(given, faults), faults);
    }

    private static List<string> Faults(out List<string> faults) => faults = [];
}
