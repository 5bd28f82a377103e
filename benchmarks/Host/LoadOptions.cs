using System.Globalization;
using Bench.Analysis.Measurements;

namespace Bench.Benchmarks.Host;

/// <summary>Open loads: their rates, and what is to be shown under them.</summary>
internal static class LoadOptions
{
    private const double HighestRate = 1e6;
    private const double DefaultQuantile = 0.99;
    private const double ClosedQuantile = 0.9;

    private static readonly Dictionary<string, double> Quantiles = new() { ["p90"] = 0.9, ["p99"] = 0.99, ["p99.9"] = 0.999 };

    /// <summary>The open loads.</summary>
    /// <param name="given">What stands on the command line.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public static IReadOnlyList<Load> Read(GivenOptions given, List<string> faults)
    {
        if (given.Result.GetValue(given.Options.Rate) is not { } text)
        {
            return [];
        }

        var loads = new List<Load>();
        foreach (var rate in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (double.TryParse(rate, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                && number is > 0 and <= HighestRate)
            {
                loads.Add(new Load(number));
            }
            else
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture,
                    $"--rate: found '{rate}'; expected requests per second, above 0 and at most {HighestRate:0}."));
            }
        }

        if (loads.Count == 0 && faults.Count == 0)
        {
            faults.Add("--rate: found no rate; expected requests per second, such as 20,50,100.");
        }

        return [.. loads.Distinct()];
    }

    /// <summary>The limit that is to be shown to be met.</summary>
    /// <param name="given">What stands on the command line.</param>
    /// <param name="loads">The open loads.</param>
    /// <param name="faults">Takes what is wrong.</param>
    /// <returns>The limit and its quantile; no limit if none is given.</returns>
    public static (TimeSpan? Limit, double Quantile) Limit(GivenOptions given, IReadOnlyList<Load> loads, List<string> faults)
    {
        var (options, result) = given;
        TimeSpan? limit = null;
        var findRate = result.GetValue(options.FindRate);
        if (result.GetValue(options.Limit) is { } text)
        {
            limit = MeasuringOptions.Time(text);
            if (limit is null)
            {
                faults.Add($"--limit: found '{text}'; expected a time such as 20ms.");
            }
        }
        else if (findRate)
        {
            faults.Add("--find-rate: found without --limit; expected both, as in --find-rate --limit 20ms --quantile p99.");
        }

        // Few requests bound P99: without an open load, which takes as many as it needs, P90 is what they do.
        var isClosed = loads.Count == 0 && !findRate;
        var quantile = isClosed ? ClosedQuantile : DefaultQuantile;
        if (result.GetValue(options.Quantile) is { } name && (!Quantiles.TryGetValue(name, out quantile)
            || result.GetValue(options.Limit) is null))
        {
            faults.Add(Quantiles.ContainsKey(name)
                ? "--quantile: found without --limit; expected both."
                : $"--quantile: found '{name}'; expected {string.Join(", ", Quantiles.Keys)}.");
        }

        if (isClosed && quantile > DefaultQuantile)
        {
            faults.Add("--quantile: found p99.9 without --rate and --find-rate; expected p90 or p99: "
                + "only an open load counts late requests.");
        }

        return (limit, quantile);
    }
}
