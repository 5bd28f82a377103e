using System.Globalization;
using Bench.Analysis.Decision;

namespace Bench.Analysis.Months;

/// <summary>Turns a decision into a month's plans.</summary>
public static class MonthBuilder
{
    // How far from the asked volume one looks for another answer, and how finely.
    private const double Farthest = 1e5;
    private const int StepsPerDecade = 20;
    private const int Halvings = 50;
    private const int Digits = 3;

    /// <summary>Plans a month.</summary>
    /// <param name="decision">What was decided of a model, with its limit.</param>
    /// <param name="demand">What has to be done.</param>
    /// <returns>The plans.</returns>
    /// <exception cref="ArgumentException">The demand is out of range.</exception>
    public static MonthDecision Build(ModelDecision decision, Demand demand)
    {
        demand.Check();
        var options = new Options(decision);
        var plans = options.Plans(demand).OrderBy(plan => plan.BillUsd).ThenBy(plan => plan.WorkHours).ToList();
        var chosen = Best(plans);
        return new MonthDecision
        {
            Model = decision.Model,
            Demand = demand,
            LimitMs = decision.LimitMs,
            Quantile = decision.Quantile,
            Outcome = chosen is not null ? DecisionOutcome.Chosen
                : decision.Candidates.Any(judged => judged is { IsAcceptable: true, Feasibility: Feasibility.Undecided }
                    && !plans.Exists(plan => plan.Candidate == judged.Candidate && !plan.IsAcceptable))
                    ? DecisionOutcome.Undecided
                : DecisionOutcome.NoSolution,
            Plan = chosen,
            Cheaper = plans.Find(plan => plan is { IsAcceptable: true, Feasibility: Feasibility.Undecided }
                && !(plan.BillUsd >= chosen?.BillUsd)),
            FastestUndecided = chosen is not null ? null : decision.FastestUndecided,
            RunnerUp = chosen is null ? null : Best(plans.Where(plan => plan.Hardware != chosen.Hardware)),
            Changes = chosen is null ? [] : [.. Changes(options, demand, chosen)],
            Turns = [.. Turns(options, demand)],
            Remarks = decision.RunRemarks,
            Plans = plans,
            Unplanned = [.. options.Unplanned, .. options.TooMany(demand)],
        };
    }

    /// <summary>The cheapest; of those that cost the same the one that works least, and so has the most to spare.</summary>
    private static MonthPlan? Best(IEnumerable<MonthPlan> plans) => plans
        .Where(plan => plan is { IsAcceptable: true, Feasibility: Feasibility.Feasible })
        .OrderBy(plan => plan.BillUsd).ThenBy(plan => plan.WorkHours).ThenBy(plan => plan.Basis).FirstOrDefault();

    private static IEnumerable<MonthChange> Changes(Options options, Demand demand, MonthPlan chosen)
    {
        MonthPlan? At(double images) => Best(options.Plans(demand with { ImagesPerMonth = images }));
        bool IsOther(double images) => At(images) is { } plan && plan.Hardware != chosen.Hardware;
        foreach (var isAbove in new[] { false, true })
        {
            if (First(demand.ImagesPerMonth, isAbove, IsOther) is { Beyond: var beyond })
            {
                var images = Rounded(beyond, isAbove, IsOther);
                yield return new MonthChange(images, At(images)!, isAbove);
            }
        }
    }

    private static IEnumerable<OwnOrRented> Turns(Options options, Demand demand)
    {
        (MonthPlan? Own, MonthPlan? Rented) At(double images)
        {
            var plans = options.Plans(demand with { ImagesPerMonth = images });
            return (Best(plans.Where(plan => plan.IsOwn)), Best(plans.Where(plan => !plan.IsOwn)));
        }

        bool? IsOwnCheaper(double images) => At(images) is ({ } own, { } rented) ? own.BillUsd < rented.BillUsd : null;
        if (IsOwnCheaper(demand.ImagesPerMonth) is not { } now)
        {
            yield break;
        }

        foreach (var isAbove in new[] { false, true })
        {
            if (First(demand.ImagesPerMonth, isAbove, images => IsOwnCheaper(images) == !now) is { } turn)
            {
                // Of the two sides the one on which one's own is cheaper.
                var ownFromThere = isAbove ? !now : now;
                var images = Rounded(now ? turn.Last : turn.Beyond, ownFromThere, at => IsOwnCheaper(at) == true);
                if (At(images) is ({ } own, { } rented))
                {
                    yield return new OwnOrRented(images, ownFromThere, own, rented);
                }
            }
        }
    }

    /// <summary>The nearest volumes in a direction between which something begins to hold; null if there are none that are not too far.
    /// </summary>
    private static (double Last, double Beyond)? First(double from, bool isAbove, Func<double, bool> holds)
    {
        var step = Math.Pow(10, (isAbove ? 1.0 : -1.0) / StepsPerDecade);
        for (var (last, images) = (from, from * step); images >= 1 && images / from <= Farthest && from / images <= Farthest;
            last = images, images *= step)
        {
            if (!holds(images))
            {
                continue;
            }

            for (var halving = 0; halving < Halvings; halving++)
            {
                var middle = Math.Sqrt(last * images);
                (last, images) = holds(middle) ? (last, middle) : (middle, images);
            }

            return (last, images);
        }

        return null;
    }

    /// <summary>A volume in three digits at which something still holds; as it is if it does not hold there.</summary>
    private static double Rounded(double images, bool up, Func<double, bool> holds)
    {
        var unit = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(images)) - Digits + 1));
        var rounded = (up ? Math.Ceiling(images / unit) : Math.Floor(images / unit)) * unit;
        return holds(rounded) ? rounded : up ? Math.Ceiling(images) : Math.Floor(images);
    }

    /// <summary>The candidates with what a machine takes of each, which no volume changes.</summary>
    private sealed class Options
    {
        private readonly ModelDecision _decision;
        private readonly List<(JudgedCandidate Judged, Capacity? Capacity, double WorkMs)> _candidates;

        public Options(ModelDecision decision)
        {
            _decision = decision;
            List<Candidate> all = [.. decision.Candidates.Select(judged => judged.Candidate)];
            _candidates = [.. decision.Candidates.Select(judged => (
                judged,
                judged.IsAcceptable ? Capacity.Of(judged.Candidate, decision.LimitMs, decision.Quantile) : null,
                MonthRule.WorkMs(judged.Candidate, all)))];
        }

        public IEnumerable<Unplanned> Unplanned => _candidates.Where(entry => entry.Capacity is null)
            .OrderByDescending(entry => IsFast(entry.Judged)).ThenByDescending(entry => entry.Judged.IsAcceptable)
            .ThenBy(entry => entry.Judged.Price.UsdPerHour)
            .Select(entry => new Unplanned(entry.Judged.Cell, entry.Judged.Hardware, Why(entry.Judged), IsFast(entry.Judged)));

        public List<MonthPlan> Plans(Demand demand) => [.. _candidates.Select(entry => Plan(entry, demand)).OfType<MonthPlan>()];

        public IEnumerable<Unplanned> TooMany(Demand demand) => _candidates
            .Where(entry => entry.Capacity is not null && Plan(entry, demand) is null)
            .Select(entry => new Unplanned(entry.Judged.Cell, entry.Judged.Hardware, "it takes more than a million machines"));

        private MonthPlan? Plan((JudgedCandidate Judged, Capacity? Capacity, double WorkMs) entry, Demand demand) =>
            MonthRule.Plan(entry.Judged, entry.Capacity, entry.WorkMs, _decision.LimitMs, demand);

        private bool IsFast(JudgedCandidate judged) => judged is { IsAcceptable: false, Latency.EstimateMs: { } estimate }
            && (_decision.LimitMs is not { } limit || estimate <= limit);

        private string Why(JudgedCandidate judged) => !judged.IsAcceptable ? string.Join("; ", judged.Objections)
            : judged.Latency.EstimateMs is not { } estimate ? judged.Latency.Remark ?? $"{_decision.Quantile.Name()} is not known"
            : judged.Feasibility == Feasibility.Undecided
                ? string.Create(CultureInfo.InvariantCulture,
                    $"undecided: {_decision.Quantile.Name()} of a request alone is about {estimate:0.##} ms; "
                    + $"{judged.Latency.Remark ?? "the limit lies within its interval"}")
            : judged.Feasibility == Feasibility.Infeasible
                ? string.Create(CultureInfo.InvariantCulture,
                    $"{_decision.Quantile.Name()} of a request alone is {estimate:0.##} ms, which is beyond the limit")
            : string.Create(CultureInfo.InvariantCulture,
                $"{_decision.Quantile.Name()} of a request alone is {estimate:0.##} ms, which leaves no time to wait");
    }
}
