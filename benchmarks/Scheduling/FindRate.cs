using System.Globalization;
using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Analysis.Statistics.Queueing;
using Bench.Benchmarks.Host;
using Bench.Benchmarks.Loads;

namespace Bench.Benchmarks.Scheduling;

/// <summary>Looks for the highest rate of each cell at which the limit is met: one launch after the other, each at the rate that the ones
/// before it suggest. What comes next depends on what is on the disk alone, so that a search that was stopped goes on.</summary>
/// <param name="cells">The cells, whose closed loads are measured.</param>
/// <param name="launches">What was measured.</param>
/// <param name="planner">Knows the closed loads.</param>
/// <param name="measuring">The limit, its quantile and the budget.</param>
/// <param name="taken">The open loads that were asked for, whose launches are not the search's.</param>
internal sealed class FindRate(
    IReadOnlyList<CellId> cells, LaunchFolder launches, OpenPlanner planner, MeasuringPlan measuring, IReadOnlyList<Load> taken)
    : ILaunchPolicy
{
    private const int LikelyLaunches = 8;
    private const int Digits = 4;
    private const double NextLower = 0.999;

    private int _made;
    private int _ended;

    public int Expected(LaunchHistory history) => Math.Max(_made + 1, _made + ((cells.Count - _ended) * LikelyLaunches / 2));

    public IEnumerable<LaunchName> Launches(LaunchHistory history)
    {
        foreach (var cell in cells)
        {
            foreach (var name in Search(cell, history))
            {
                _made++;
                yield return name;
            }

            _ended++;
        }
    }

    private IEnumerable<LaunchName> Search(CellId cell, LaunchHistory history)
    {
        if (planner.Closed(cell) is not { } closed)
        {
            yield break;
        }

        if (closed.WhyNoRate(measuring.LimitMs!.Value) is { } reason)
        {
            launches.Write(new RateBand
            {
                Cell = cell,
                SaturationRate = closed.SaturationRate,
                End = RateSearchEnd.NothingMet,
                Remark = reason,
                Seconds = 0,
                Trials = [],
            });
            yield break;
        }

        var search = new RateSearch(new RateSearchSettings
        {
            SaturationRate = closed.SaturationRate,
            Quantile = measuring.Quantile!.Value,
            BudgetSeconds = measuring.BudgetSeconds!.Value,
            LaunchSeconds = closed.LaunchSeconds + OpenPlanner.SettlingSeconds(closed),
        });
        var probes = new List<RateProbe>();
        var trials = new List<RateTrial>();
        RateStep step;
        while ((step = search.Next(probes)) is NextProbe probe)
        {
            var load = Named(probe.Rate);
            var name = new LaunchName(new MeasurementId(cell, load), trials.Count(trial => trial.Rate == load.RequestsPerSecond) + 1);
            launches.Write(planner.Of(closed, load, probe.Requests));
            yield return name;
            var left = launches.Read(name);
            if (left?.Failure is { } failure)
            {
                var reached = ShownRates.Of(probes, closed.SaturationRate).End(RateSearchEnd.LaunchFailed);
                launches.Write(Band(closed, reached, probes, trials) with
                {
                    Remark = string.Create(CultureInfo.InvariantCulture,
                        $"a launch at {load.RequestsPerSecond} requests a second failed: {failure.Reason}"),
                });
                yield break;
            }

            if (left is not { IsFinished: true, Facts.Open: { } open } record)
            {
                // The run was interrupted, and goes on from here.
                yield break;
            }

            var late = LateShare.Judge(open.Cycles, measuring.Quantile!.Value);
            probes.Add(new RateProbe
            {
                Rate = load.RequestsPerSecond!.Value,
                Verdict = late.Verdict,
                LateShare = late.Share,
                Requests = open.Cycles.Requests,
                Planned = probe.Requests,
                Seconds = (record.EndedUtc - record.StartedUtc).TotalSeconds,
                IsOverloaded = open.IsOverloaded,
                IsConfirmation = probe.IsConfirmation,
            });
            trials.Add(new RateTrial(
                load.RequestsPerSecond!.Value, name.Round, open.Cycles.Requests, double.IsNaN(late.Share) ? null : late.Share, late.Verdict,
                open.IsOverloaded, probe.IsConfirmation));
        }

        launches.Write(Band(closed, (RateSearchResult)step, probes, trials));
    }

    private static RateBand Band(ClosedFacts closed, RateSearchResult end, List<RateProbe> probes, List<RateTrial> trials) => new()
    {
        Cell = closed.Cell,
        Met = end.Met,
        Missed = end.Missed,
        SaturationRate = closed.SaturationRate,
        End = end.Reason,
        Seconds = probes.Sum(probe => probe.Seconds),
        Trials = trials,
    };

    /// <summary>A load whose measurements are the search's alone: one that was asked for by its rate has launches of its own.</summary>
    private Load Named(double rate)
    {
        var load = new Load(Rounded(rate));
        while (taken.Contains(load))
        {
            load = new Load(Rounded(load.RequestsPerSecond!.Value * NextLower));
        }

        return load;
    }

    /// <summary>Rates are names, too.</summary>
    internal static double Rounded(double rate) => double.Parse(
        rate.ToString($"E{Digits - 1}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
