using Bench.Analysis.Cost;
using Bench.Analysis.Decision;
using static Bench.Analysis.Tests.Decision.DecisionFixture;

namespace Bench.Analysis.Tests.Decision;

/// <summary>What would make a candidate win that was not chosen.</summary>
public class WouldWinTests
{
    private static readonly DecisionOptions Anything = new();

    /// <summary>What is said to be enough to win is enough, and a little less is not.</summary>
    [FsCheck.NUnit.Property]
    public void WouldWin_AnyLosers_IsJustEnough(FsCheck.NonEmptyArray<(byte Ms, byte Usd)> values, byte limit)
    {
        var candidates = values.Get.Select((value, i) => Candidate($"c{i}", 1 + value.Ms, 1 + value.Usd))
            .Append(Candidate("anyway", 0.5, 500)).ToList();
        var options = Anything with { LimitMs = 0.5 + limit, Draws = 100 };
        var decision = DecisionRule.Decide("m", candidates, options);

        foreach (var loser in decision.Candidates.Where(candidate => candidate.WouldWin is not null))
        {
            var others = candidates.Where(candidate => candidate.Measurement != loser.Cell).ToList();
            var name = loser.Label;
            var ms = loser.Latency.EstimateMs!.Value;
            bool Wins(double time, double usdPerHour) =>
                DecisionRule.Decide("m", [.. others, Candidate(name, time, usdPerHour)], options).Choice?.Hardware == name;
            Assert.That(Wins(ms / (loser.WouldWin!.SpeedUp!.Value * (1 + 1e-9)), loser.Price.UsdPerHour), Is.True, $"{name} faster");
            if (loser.WouldWin.SpeedUp > 1 + 1e-6)
            {
                Assert.That(
                    Wins(ms / (loser.WouldWin.SpeedUp.Value * (1 - 1e-7)), loser.Price.UsdPerHour), Is.False, $"{name} hardly faster");
            }

            if (loser.WouldWin.UsdPerHour is { } price)
            {
                Assert.That(Wins(ms, price * (1 - 1e-9)), Is.True, $"{name} cheaper");
                Assert.That(price >= loser.Price.UsdPerHour || !Wins(ms, price * (1 + 1e-7)), Is.True, $"{name} hardly cheaper");
            }
        }
    }

    [Test]
    public void WouldWin_OtherMachineOfTheSamePrice_CanWinByItsPrice() =>
        Assert.That(
            DecisionRule.Decide("m", [Candidate("choice", 1, 1), Candidate("other", 2, 1)], Anything).Candidates[1].WouldWin?.UsdPerHour,
            Is.EqualTo(0.5));

    [Test]
    public void WouldWin_CellOfTheSameMachine_CannotWinByItsPrice()
    {
        var slower = Candidate("slower", 2, 1) with { RunId = "run of choice", Hardware = "choice" };

        var loser = DecisionRule.Decide("m", [Candidate("choice", 1, 1), slower], Anything).Candidates[1];

        Assert.That(loser.WouldWin, Is.EqualTo(new WouldWin(null, 2)), "whatever the hour costs, it costs that for both");
    }

    [Test]
    public void WouldWin_StartDearerThanTheChoice_NoSpeedIsEnough()
    {
        var cost = new CostModel { ImagesPerStart = 1 };
        var slowStart = Candidate("slow start", 1, 1) with
        {
            StartMs = 100,
            Cost = new CostEstimate(cost.UsdPerMillionImages(1, 100, 1, onlyWhileWorking: false), null, 0, 0),
        };

        var decision = DecisionRule.Decide("m", [slowStart, Candidate("choice", 10, 1)], Anything with { Cost = cost });

        Assert.That(decision.Candidates.Single(candidate => candidate.Label == "slow start").WouldWin?.SpeedUp, Is.Null);
    }
}
