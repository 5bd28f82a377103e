using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Host;
using Bench.CommandLine;

namespace Bench.EndToEnd.Tests.Host;

/// <summary>The exit code of searches for the highest rate.</summary>
public class RunConclusionTests
{
    private static readonly RateBand Met = Band(RateSearchEnd.Narrow, 70);
    private static readonly RateBand MetAsFarAsTimeWent = Band(RateSearchEnd.BudgetEnded, 40);
    private static readonly RateBand NothingMet = Band(RateSearchEnd.NothingMet, null);
    private static readonly RateBand NothingShown = Band(RateSearchEnd.BudgetEnded, null);

    [Test]
    public void OfSearches_None_IsSuccess() => Assert.That(RunConclusion.OfSearches([]), Is.EqualTo(ExitCodes.Success));

    [Test]
    public void OfSearches_RateWasFound_IsSuccess() =>
        Assert.That(RunConclusion.OfSearches([Met, NothingMet, MetAsFarAsTimeWent]), Is.EqualTo(ExitCodes.Success));

    [Test]
    public void OfSearches_NoCellMeetsTheLimit_IsNoSolution() =>
        Assert.That(RunConclusion.OfSearches([NothingMet, NothingMet]), Is.EqualTo(ExitCodes.Regression));

    [Test]
    public void OfSearches_OneShowsNothing_IsInconclusive()
    {
        Assert.That(RunConclusion.OfSearches([NothingShown]), Is.EqualTo(ExitCodes.Inconclusive));
        Assert.That(RunConclusion.OfSearches([NothingMet, NothingShown]), Is.EqualTo(ExitCodes.Inconclusive));
    }

    private static RateBand Band(RateSearchEnd end, double? met) => new()
    {
        Cell = CellId.Parse("m/ort-cpu/fp32/linux-x64"),
        End = end,
        Met = met,
        SaturationRate = 100,
        Seconds = 1,
        Trials = [],
    };
}
