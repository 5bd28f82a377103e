using MathNet.Numerics.Statistics;

namespace Bench.Analysis.Cost;

/// <summary>Offers that are far from the others of the same hardware on the same terms.</summary>
internal static class Outlier
{
    /// <summary>From how far off the median on, as a factor, an offer is called an outlier.</summary>
    public const double Factor = 1.5;

    private const int MinimumOffers = 3;

    /// <summary>How many times the median an offer is.</summary>
    /// <param name="usd">The offer, in USD for an hour of one device.</param>
    /// <param name="peers">All offers, itself among them.</param>
    /// <returns>The factor, or null if it is no outlier or there are too few to tell.</returns>
    public static double? Of(double usd, IReadOnlyList<double> peers)
    {
        var ratio = peers.Count >= MinimumOffers ? usd / peers.Median() : 1;
        return ratio > Factor || ratio < 1 / Factor ? ratio : null;
    }
}
