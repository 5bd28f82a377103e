namespace Bench.Models.Images;

/// <summary>The weights of resampling with a triangle.</summary>
internal static class Triangle
{
    /// <summary>For each place of a resampled line, which places of the line it is made of, and with what weight.</summary>
    /// <param name="length">How long the line is.</param>
    /// <param name="resampled">How long it becomes.</param>
    public static (int From, double Weight)[][] Weights(int length, int resampled)
    {
        var ratio = (double)length / resampled;
        // Where a line becomes longer, neighbours are mixed; where it becomes shorter, all that fall into a place are.
        var reach = Math.Max(1, ratio);
        var weights = new (int, double)[resampled][];
        for (var place = 0; place < resampled; place++)
        {
            var centre = (place + 0.5) * ratio;
            var first = Math.Max(0, (int)(centre - reach + 0.5));
            var end = Math.Min(length, (int)(centre + reach + 0.5));
            var raw = new double[end - first];
            for (var i = 0; i < raw.Length; i++)
            {
                raw[i] = Math.Max(0, 1 - (Math.Abs(first + i + 0.5 - centre) / reach));
            }

            var sum = raw.Sum();
            weights[place] = [.. raw.Select((weight, i) => (first + i, weight / sum))];
        }

        return weights;
    }
}
