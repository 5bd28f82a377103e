using System.Globalization;
using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Analysis.Statistics.Queueing;
using Bench.Benchmarks.Loads;

namespace Bench.Benchmarks.Host;

/// <summary>Decides how open loads are measured, from what the closed load of the same cell gave: how many requests it takes, and how long
/// that is. What takes too long is not measured at all: a shorter test would say nothing.</summary>
/// <param name="launches">What was measured: all closed loads.</param>
/// <param name="measuring">How much is measured.</param>
internal sealed class OpenPlanner(LaunchFolder launches, MeasuringPlan measuring)
{
    // Without a limit there is nothing to show: as long as a closed load on a device, at least.
    private const double LeastSeconds = 5;

    // So long a queue that only grows is watched, and at most at so many times the saturation: what is far beyond it shows sooner, and a
    // million requests a second would fill the memory.
    private const double OverloadSeconds = 60;
    private const double OverloadUtilisation = 2;
    private const double MostOverloadRequests = 3e5;

    private const double HighestUtilisation = 0.9;
    private const double TypicalUtilisation = 0.7;
    private const double MillisecondsPerSecond = 1000;

    // Read once: with many rates there are many launches, and those of closed loads do not change any more.
    private readonly Lazy<ILookup<CellId, LaunchRecord>> _closed = new(() => launches.ReadAll()
        .Where(record => record.IsFinished && record.Name.Measurement.Load.IsClosed).ToLookup(record => record.Name.Cell));

    /// <summary>Plans a measurement.</summary>
    /// <param name="measurement">The measurement.</param>
    /// <returns>The plan; null if the closed load of the cell was not measured.</returns>
    public OpenPlan? Plan(MeasurementId measurement)
    {
        if (Closed(measurement.Cell) is not { } closed)
        {
            return null;
        }

        return measuring.LimitMs is { } limit && closed.WhyNoRate(limit) is { } why
            ? Of(closed, measurement.Load, 0) with { Launches = 0, WhyNot = why }
            : WithLength(closed, measurement.Load);
    }

    /// <summary>A plan of one launch.</summary>
    /// <param name="closed">What the closed load of the cell gave.</param>
    /// <param name="load">The load.</param>
    /// <param name="requests">How many requests are counted.</param>
    public OpenPlan Of(ClosedFacts closed, Load load, long requests) => new()
    {
        Cell = closed.Cell,
        Load = load,
        SaturationRate = closed.SaturationRate,
        ServiceMs = closed.ServiceMs,
        Requests = requests,
        RequestsOfLaunch = requests,
        Launches = 1,
        Seconds = Seconds(closed, load.RequestsPerSecond!.Value, requests),
    };

    /// <summary>What the closed load of a cell gave.</summary>
    /// <param name="cell">The cell.</param>
    /// <returns>It; null if it was not measured.</returns>
    public ClosedFacts? Closed(CellId cell)
    {
        List<LaunchRecord> closed = [.. _closed.Value[cell]];
        if (closed.Count == 0)
        {
            return null;
        }

        var timings = closed.ConvertAll(launches.ReadTimings);
        return new ClosedFacts(
            cell, timings.Average(launch => launch.RequestMs), timings.Min(launch => launch.LatenciesMs.Min()),
            closed.Average(record => (record.EndedUtc - record.StartedUtc).TotalSeconds));
    }

    /// <summary>What a plan says to whoever waits.</summary>
    public static string Text(OpenPlan plan)
    {
        var name = new MeasurementId(plan.Cell, plan.Load);
        return plan.WhyNot is { } why ? $"{name}: {(plan.IsUndecided ? "undecided: " : string.Empty)}{why}" : Text(
            $"{name}: {plan.Load.RequestsPerSecond / plan.SaturationRate:P0} of what the cell can answer, {plan.Requests:#,0} requests in ")
            + Text($"{plan.Launches} {(plan.Launches == 1 ? "launch" : "launches")}, {Minutes(plan.Seconds)}");
    }

    /// <summary>A time in minutes, or in seconds where it is short.</summary>
    public static string Minutes(double seconds) => seconds < 90 ? Text($"{seconds:0} seconds") : Text($"{seconds / 60:0.0} minutes");

    /// <summary>How long a launch takes beside its start and its counted requests, of which a search does not know the rate yet.</summary>
    /// <param name="closed">What the closed load of the cell gave.</param>
    public static double SettlingSeconds(ClosedFacts closed) => Seconds(closed, TypicalUtilisation * closed.SaturationRate, 0)
        - closed.LaunchSeconds;

    private OpenPlan WithLength(ClosedFacts closed, Load load)
    {
        var rate = load.RequestsPerSecond!.Value;
        var isTooMuch = rate >= closed.SaturationRate;
        // More than can be answered shows in one launch.
        var rounds = isTooMuch ? 1 : measuring.Rounds;
        var requests = isTooMuch ? OverloadRequests(closed, rate)
            : measuring.LimitMs is null
                ? Math.Max(measuring.RequestsOf(closed.Cell.Batch), (long)Math.Ceiling(LeastSeconds * rate)) * rounds
                : OpenLoadPlan.Requests(rate / closed.SaturationRate, measuring.Quantile!.Value)!.Value;
        var ofLaunch = (requests + rounds - 1) / rounds;
        var seconds = rounds * Seconds(closed, rate, ofLaunch);
        var planned = Of(closed, load, ofLaunch) with { Requests = ofLaunch * rounds, Launches = rounds, Seconds = seconds };
        return measuring.BudgetSeconds is { } budget && seconds > budget && !isTooMuch
            ? planned with
            {
                Launches = 0,
                IsUndecided = true,
                WhyNot = Text($"takes {Minutes(seconds)} ({planned.Requests:#,0} requests at {rate} a second); ")
                    + $"--budget allows {Minutes(budget)}. Give it more, or measure a rate further below saturation "
                    + Text($"({closed.SaturationRate:0.#} a second)."),
            }
            : planned;
    }

    private long OverloadRequests(ClosedFacts closed, double rate) => (long)Math.Ceiling(
        Math.Min(MostOverloadRequests, Math.Min(OverloadSeconds, measuring.BudgetSeconds ?? double.PositiveInfinity)
        * Math.Min(rate, OverloadUtilisation * closed.SaturationRate)));

    /// <summary>How long a launch takes.</summary>
    private static double Seconds(ClosedFacts closed, double rate, long requests)
    {
        var tail = OpenLoadPlan.Tail(Math.Min(rate / closed.SaturationRate, HighestUtilisation)) ?? 0;
        return ((requests + tail) / rate) + (Arrivals.SettlingServices * closed.ServiceMs / MillisecondsPerSecond) + closed.LaunchSeconds;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What the closed load of a cell gave.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="RequestMs">How long the machine took for a request in ms, all streams together.</param>
/// <param name="ShortestMs">The shortest latency in ms.</param>
/// <param name="LaunchSeconds">How long a launch took.</param>
internal sealed record ClosedFacts(CellId Cell, double RequestMs, double ShortestMs, double LaunchSeconds)
{
    private const double MillisecondsPerSecond = 1000;

    /// <summary>Requests per second: more than that is never answered for long.</summary>
    public double SaturationRate => MillisecondsPerSecond / RequestMs;

    /// <summary>The mean time of a request in ms while all streams are busy.</summary>
    public double ServiceMs => RequestMs * Cell.Streams;

    /// <summary>Says why no rate can meet a limit.</summary>
    /// <param name="limitMs">The limit in ms.</param>
    /// <returns>The reason; null if one may. The others of several streams may be what makes a request slow.</returns>
    public string? WhyNoRate(double limitMs) => ShortestMs / Cell.Streams is var alone && alone > limitMs
        ? string.Create(CultureInfo.InvariantCulture, $"the limit of {limitMs} ms is below the {alone:0.#####} ms that ")
            + (Cell.Streams == 1 ? "the quickest request took: no rate meets it."
                : string.Create(CultureInfo.InvariantCulture, $"a request takes at least (the quickest took {ShortestMs:0.#####} ms, ")
                    + string.Create(CultureInfo.InvariantCulture, $"with {Cell.Streams} streams): no rate meets it."))
        : null;
}
