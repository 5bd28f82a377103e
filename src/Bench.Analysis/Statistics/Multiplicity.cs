namespace Bench.Analysis.Statistics;

/// <summary>P-values of a whole family of tests, corrected for there being many.</summary>
internal static class Multiplicity
{
    /// <summary>Holm's correction: the chance of even one false finding in the family stays below the level.
    /// Holm 1979, https://www.jstor.org/stable/4615733.</summary>
    /// <param name="pValues">The p-values, each in [0, 1].</param>
    /// <returns>The corrected ones in the same order, in [0, 1]; R's <c>p.adjust(method = "holm")</c>.</returns>
    /// <exception cref="ArgumentException">A value is not in [0, 1].</exception>
    public static IReadOnlyList<double> Holm(IReadOnlyList<double> pValues)
    {
        var order = Order(pValues);
        var adjusted = new double[pValues.Count];
        var largest = 0.0;
        for (var i = 0; i < order.Length; i++)
        {
            largest = Math.Max(largest, Math.Min(1, (order.Length - i) * pValues[order[i]]));
            adjusted[order[i]] = largest;
        }

        return adjusted;
    }

    private static int[] Order(IReadOnlyList<double> pValues)
    {
        for (var i = 0; i < pValues.Count; i++)
        {
            if (!(pValues[i] >= 0 && pValues[i] <= 1))
            {
                throw new ArgumentException($"Found {pValues[i]} at position {i}; expected p-values in [0, 1].", nameof(pValues));
            }
        }

        return [.. Enumerable.Range(0, pValues.Count).OrderBy(i => pValues[i])];
    }
}
