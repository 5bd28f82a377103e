using Bench.Analysis.Statistics.Queueing;

namespace Bench.Benchmarks.Loads;

/// <summary>Where the share of late requests is probably the allowed one. It steers the search and proves nothing.</summary>
/// <remarks>
/// The logarithm of the share of late requests falls about linearly with 1/rate: far from its start the distribution of waiting times is
/// exponential, and in heavy traffic its rate is proportional to 1/ρ − 1 (Kingman 1962,
/// https://doi.org/10.1111/j.2517-6161.1962.tb00465.x). At saturation all requests are late in the long run. So this is a straight line
/// through that point and those measured, weighted by how many bursts of late requests each has.
/// </remarks>
/// <param name="Rate">The rate in requests per second; above 0.</param>
/// <param name="Slope">By how much the logarithm of the share grows with the relative distance from that rate; above 0.</param>
internal sealed record RateEstimate(double Rate, double Slope)
{
    // How far a straight line may be off, at e times the allowed share; and how well the share at saturation is known.
    private const double Bend = 0.2;
    private const double SaturationVariance = 0.5;
    private const double LeastBursts = 0.5;

    // Rates and slopes beyond are not believed.
    private const double LowestUtilisation = 0.005;
    private const double HighestUtilisation = 0.99;
    private const double LeastSlope = 1;

    /// <summary>Estimates from the launches that were not overloaded.</summary>
    /// <param name="history">The launches; may be empty.</param>
    /// <param name="settings">What is known from the start.</param>
    /// <returns>The estimate; null without a launch that tells anything.</returns>
    public static RateEstimate? Of(IEnumerable<RateProbe> history, RateSearchSettings settings)
    {
        var allowed = 1 - settings.Quantile;
        var points = history.Where(probe => probe is { IsOverloaded: false, Requests: > 0 })
            .Select(probe => Point(probe, allowed, settings.SaturationRate)).ToList();
        if (points.Count == 0)
        {
            return null;
        }

        points.Add((1, -Math.Log(allowed), 1 / (SaturationVariance + Square(Bend * Math.Log(allowed)))));
        var total = points.Sum(point => point.Weight);
        var (x, y) = (points.Sum(point => point.Weight * point.X) / total, points.Sum(point => point.Weight * point.Y) / total);
        var slope = points.Sum(point => point.Weight * (point.X - x) * (point.Y - y))
            / points.Sum(point => point.Weight * Square(point.X - x));
        slope = Math.Min(slope, -LeastSlope / 10);
        var utilisation = Math.Clamp(1 / Math.Max(1, x - (y / slope)), LowestUtilisation, HighestUtilisation);
        // d ln(share) / d ln(rate) = −slope / utilisation.
        return new RateEstimate(utilisation * settings.SaturationRate, Math.Max(LeastSlope, -slope / utilisation));
    }

    /// <summary>The expected share of late requests at a rate, as a multiple of the allowed one.</summary>
    public double ShareOfAllowed(double rate) => Math.Exp(Slope * Math.Log(rate / Rate));

    private static (double X, double Y, double Weight) Point(RateProbe probe, double allowed, double saturation)
    {
        var utilisation = probe.Rate / saturation;
        var burst = OpenLoadPlan.Burst(Math.Min(utilisation, HighestUtilisation))!.Value;
        var bursts = Math.Max(LeastBursts, probe.LateShare * probe.Requests / burst);
        var y = Math.Log(bursts * burst / probe.Requests / allowed);
        return (1 / utilisation, y, 1 / ((1 / bursts) + Square(Bend * y)));
    }

    private static double Square(double value) => value * value;
}
