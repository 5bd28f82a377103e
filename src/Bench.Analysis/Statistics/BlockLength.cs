namespace Bench.Analysis.Statistics;

/// <summary>How many neighbouring iterations depend on each other enough to count as one.</summary>
internal static class BlockLength
{
    /// <summary>The block length for launches whose iterations follow each other like an autoregression of order 1.</summary>
    /// <param name="launches">The values of each launch in the order in which they were measured.</param>
    /// <returns>At least 1 and at most a third of the shortest launch; 1 where neighbours are independent.</returns>
    /// <remarks>
    /// The length that minimises the mean squared error of the moving blocks' variance, (√6 ρ / (1 − ρ²))^⅔ n^⅓ for lag-1 autocorrelation
    /// ρ: Politis and White 2004, https://doi.org/10.1081/ETC-120028836, with the autoregression's spectrum put in; Carlstein 1986,
    /// https://doi.org/10.1214/aos/1176350057. Moving blocks are Künsch's, 1989, https://doi.org/10.1214/aos/1176347265.
    /// </remarks>
    public static int Of(IReadOnlyList<IReadOnlyList<double>> launches)
    {
        var shortest = launches.Min(launch => launch.Count);
        var correlation = Math.Clamp(Autocorrelation(launches), 0, 0.95);
        var length = Math.Pow(Math.Sqrt(6) * correlation / (1 - (correlation * correlation)), 2.0 / 3) * Math.Cbrt(shortest);
        return Math.Clamp((int)Math.Ceiling(length), 1, Math.Max(1, shortest / 3));
    }

    /// <summary>The lag-1 autocorrelation within launches, in [−1, 1]; 0 where nothing varies.
    /// Corrected for its bias in short series.</summary>
    private static double Autocorrelation(IReadOnlyList<IReadOnlyList<double>> launches)
    {
        var product = 0.0;
        var square = 0.0;
        var count = 0;
        foreach (var launch in launches)
        {
            var mean = launch.Average();
            for (var i = 0; i < launch.Count; i++)
            {
                square += (launch[i] - mean) * (launch[i] - mean);
                product += i == 0 ? 0 : (launch[i] - mean) * (launch[i - 1] - mean);
            }

            count += launch.Count;
        }

        // Estimated around its own mean, a series of n looks less correlated by about (1 + 3ρ) / n:
        // Kendall 1954, https://doi.org/10.1093/biomet/41.3-4.403.
        var raw = square > 0 ? product / square : 0;
        return Math.Clamp(raw + ((1 + (3 * raw)) * launches.Count / count), -1, 1);
    }
}
