using System.Buffers;

namespace Bench.Analysis.Comparison;

/// <summary>What the names of benchmarks begin with: namespace and class, which nobody wants to read in every row.</summary>
internal static class CommonPrefix
{
    // Behind these a full stop is none between namespace, class and method.
    private static readonly SearchValues<char> EndOfPath = SearchValues.Create("(<[ '\"`{");

    /// <summary>The longest beginning of all names that ends with a full stop between namespace, class and method.</summary>
    /// <param name="names">The names.</param>
    /// <returns>The beginning, with the full stop; empty if they have none in common.</returns>
    public static string Of(IReadOnlyCollection<string> names)
    {
        if (names.Count == 0)
        {
            return string.Empty;
        }

        var common = names.Aggregate((one, other) => one[..one.AsSpan().CommonPrefixLength(other)]);
        var end = common.AsSpan().IndexOfAny(EndOfPath);
        return common[..((end < 0 ? common : common[..end]).LastIndexOf('.') + 1)];
    }
}
