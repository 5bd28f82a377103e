namespace Bench.Analysis.Statistics.Launches;

/// <summary>Which kinds of launches may not have been seen.</summary>
internal static class UnseenLaunches
{
    private const double Doubt = 0.05;

    /// <summary>A kind of launch that is rarer than one in so many may not have been among the launches, with 95 % confidence.</summary>
    /// <param name="launches">How many launches there were; at least 1.</param>
    /// <returns>1 / (1 − 0.05^(1/launches)): 2.2 for 5 launches, 7.2 for 20.</returns>
    public static double RarerThanOneIn(int launches)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(launches, 1);
        return 1 / (1 - Math.Pow(Doubt, 1.0 / launches));
    }
}
