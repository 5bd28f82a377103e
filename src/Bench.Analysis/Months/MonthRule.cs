using System.Globalization;
using Bench.Analysis.Cost;
using Bench.Analysis.Decision;

namespace Bench.Analysis.Months;

/// <summary>Works out what a month costs. Pure: the same candidates and demand give the same plans.</summary>
internal static class MonthRule
{
    private const double SecondsPerHour = 3600;
    private const double MillisecondsPerHour = 3_600_000;
    private const double MillisecondsPerSecond = 1000;
    private const double MostMachines = 1e6;

    /// <summary>The plan of one candidate.</summary>
    /// <param name="judged">The candidate, and what is said of it.</param>
    /// <param name="capacity">What one machine takes; null if none is known.</param>
    /// <param name="workMs">The time that one machine works for an image in ms.</param>
    /// <param name="limitMs">The limit in ms; null if requests may wait.</param>
    /// <param name="demand">What has to be done.</param>
    /// <returns>The plan; null where no number of machines does it.</returns>
    public static MonthPlan? Plan(JudgedCandidate judged, Capacity? capacity, double workMs, double? limitMs, Demand demand)
    {
        var candidate = judged.Candidate;
        if (capacity is null)
        {
            return null;
        }

        var imagesPerSecond = capacity.RequestsPerSecond * candidate.Cell.Batch;
        // Without a limit the work may be done at any hour.
        var needed = limitMs is null
            ? demand.ImagesPerMonth / imagesPerSecond / SecondsPerHour / WorkHours.OfMonth
            : demand.PeakRate / imagesPerSecond;
        if (!(needed <= MostMachines))
        {
            return null;
        }

        var machines = Math.Max(1, (int)Math.Ceiling(needed));
        var price = candidate.Price;
        return price.Own is not null || price.Sold.Count == 0
            ? WithMachines(judged, capacity, workMs, limitMs, demand, machines, null)
            : price.Sold.Select(sold => WithMachines(judged, capacity, workMs, limitMs, demand, machines, sold))
                .MinBy(plan => plan.BillUsd)!;
    }

    /// <summary>How long a machine works for an image in ms. Under an open load it waits for requests, too: the closed load of the cell
    /// says it.</summary>
    public static double WorkMs(Candidate candidate, IReadOnlyList<Candidate> all) => candidate.Load.IsClosed ? candidate.ImageMs
        : all.FirstOrDefault(other => other.Load.IsClosed && other.Cell == candidate.Cell && other.RunId == candidate.RunId)?.ImageMs
            ?? candidate.ImageMs;

    private static MonthPlan WithMachines(
        JudgedCandidate judged, Capacity capacity, double workMs, double? limitMs, Demand demand, int needed, SoldAs? sold)
    {
        var candidate = judged.Candidate;
        var price = candidate.Price;
        // What is paid works: without a limit all devices of what is sold share the work, and it is over sooner.
        var machines = sold is { Whole: >= 1 } && limitMs is null ? sold.CountFor(needed) * (int)sold.Whole : needed;
        var workHours = demand.ImagesPerMonth * workMs / MillisecondsPerHour;
        var starts = limitMs is null ? 1 : demand.Hours.DaysPerMonth;
        var startHours = starts * candidate.StartMs / MillisecondsPerHour;
        var hoursOn = limitMs is null ? (workHours / machines) + startHours : demand.Hours.PerMonth;
        var shares = (sold is null ? machines * price.UsdPerHour : machines / sold.Holds * sold.UsdPerHour) * hoursOn;
        return new MonthPlan(candidate)
        {
            Objections = [.. judged.Objections, .. Unfilled(candidate, machines, limitMs, demand)],
            Feasibility = judged.Feasibility,
            WorkHours = workHours,
            Machines = machines,
            BusyAtPeak = Math.Min(1, demand.PeakRate * workMs / MillisecondsPerSecond / machines),
            Basis = capacity.Basis,
            HoursOn = hoursOn,
            BillUsd = price.Own is { } own ? Owned(own) : sold is null ? shares : sold.CountFor(machines) * sold.UsdPerHour * hoursOn,
            SharesUsd = price.Own is { } owned ? Owned(owned) : shares,
            FewestMachines = Math.Max(1, (int)Math.Ceiling(demand.PeakRate * workMs / MillisecondsPerSecond)),
            StartMs = candidate.StartMs,
            ByUseUsd = price.Own is not null || limitMs is null ? null : ByUse(price, workHours, startHours),
            Offer = sold,
            Offers = sold?.CountFor(machines) ?? 0,
        };

        double Owned(OnPremise of) => (machines * of.UsdOfOwningPerMonth) + (workHours * of.UsdOfEnergyPerHour);
    }

    /// <summary>For the hours of work: nobody sells an hour of a part, so that all parts of what is sold share the work.</summary>
    private static double ByUse(HourlyPrice price, double workHours, double startHours) => price.Sold.Count == 0
        ? (workHours + startHours) * price.UsdPerHour
        : price.Sold.Min(sold => sold.Whole >= 1
            ? ((workHours / sold.Whole) + startHours) * sold.UsdPerHour
            : (workHours + startHours) * sold.CountFor(1) * sold.UsdPerHour);

    /// <summary>A request of many images has to wait until they are there, and the last of many requests for the others.</summary>
    private static IEnumerable<string> Unfilled(Candidate candidate, int machines, double? limitMs, Demand demand)
    {
        if (limitMs is not { } limit)
        {
            yield break;
        }

        var latency = candidate.Latency.UpperMs ?? candidate.Latency.EstimateMs ?? 0;
        var requests = Math.Ceiling((double)demand.Together / candidate.Cell.Batch);
        var turns = Math.Ceiling(requests / ((double)candidate.Cell.Streams * machines));
        if (turns > 1 && turns * latency > limit)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"the {requests:#,0} requests of a volume come together and take {turns:#,0} turns, {Time(turns * latency)} in all: "
                + $"beyond the limit");
        }

        var missing = candidate.Cell.Batch - demand.Together;
        if (missing <= 0)
        {
            yield break;
        }

        var fillMs = missing / (demand.MeanRate / machines) * MillisecondsPerSecond;
        if (fillMs + latency > limit)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{candidate.Cell.Batch} images for a request come together in {Time(fillMs)} at the mean rate, which is beyond the limit");
        }
    }

    private static string Time(double ms) => ms >= MillisecondsPerSecond
        ? string.Create(CultureInfo.InvariantCulture, $"{ms / MillisecondsPerSecond:0.#} s")
        : string.Create(CultureInfo.InvariantCulture, $"{ms:0.#} ms");
}
