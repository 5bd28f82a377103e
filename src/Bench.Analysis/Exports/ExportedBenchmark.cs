using MathNet.Numerics.Distributions;

namespace Bench.Analysis.Exports;

/// <summary>One benchmark of an export, with one job and one set of parameters.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Launches">
/// For each process the time of one operation in each iteration, in ns, in the order of measurement; empty where only a summary is left, or
/// it failed. A brief export does not tell processes apart, so that its only launch may be several.
/// </param>
/// <param name="Summary">Mean and its uncertainty, where nothing else is left; else null.</param>
/// <param name="Failure">Why there are no times; null if there are.</param>
public sealed record ExportedBenchmark(
    BenchmarkName Name, IReadOnlyList<IReadOnlyList<double>> Launches, ExportedSummary? Summary, string? Failure)
{
    /// <summary>The file that it was read from, as given; empty where it was not a file.</summary>
    public string File { get; init; } = string.Empty;

    /// <summary>What MemoryDiagnoser counted; null where it was not used, or nothing was measured.</summary>
    public ExportedMemory? Memory { get; init; }
}

/// <summary>What is left of a benchmark where its measurements are not: a table in markdown, or an export from before 0.12.</summary>
/// <param name="MeanNs">The mean time of one operation, in ns.</param>
/// <param name="StandardErrorNs">Its standard error in ns, what was rounded away included; null if that is not known.</param>
/// <param name="DegreesOfFreedom">One less than the iterations that the error rests on; 0 if it is not known.</param>
public sealed record ExportedSummary(double MeanNs, double? StandardErrorNs, double DegreesOfFreedom)
{
    // BenchmarkDotNet's "Error" is half of the 99.9 % interval.
    private const double PrintedTail = 0.9995;

    // As good as the normal distribution, and the cautious guess where the deviation is not printed.
    private const int MaximumDegrees = 1000;

    /// <summary>Reads the columns of a table.</summary>
    /// <param name="meanNs">Mean, in ns.</param>
    /// <param name="halfWidthNs">Error: half of the 99.9 % interval as printed, in ns; null if that is not there.</param>
    /// <param name="deviationNs">StdDev as printed, in ns; null if that is not there.</param>
    /// <param name="resolutionNs">The unit of the mean's last printed digit, in ns.</param>
    /// <returns>
    /// The summary. How many iterations there were is not printed, but half-width over deviation is Student's quantile over the root of
    /// their number. Without an error it is unknown how certain the mean is.
    /// </returns>
    internal static ExportedSummary OfTable(double meanNs, double? halfWidthNs, double? deviationNs, double resolutionNs)
    {
        if (halfWidthNs is not { } halfWidth)
        {
            return new ExportedSummary(meanNs, null, 0);
        }

        var degrees = deviationNs is > 0 and var deviation && halfWidth > 0 ? DegreesOf(halfWidth / deviation) : MaximumDegrees;
        var error = halfWidth / StudentT.InvCDF(0, 1, degrees, PrintedTail);

        // What was rounded away is spread evenly over the last printed digit.
        return new ExportedSummary(meanNs, Math.Sqrt((error * error) + (resolutionNs * resolutionNs / 12)), degrees);
    }

    private static double DegreesOf(double ratio)
    {
        var count = 2;
        while (count < MaximumDegrees && StudentT.InvCDF(0, 1, count - 1, PrintedTail) / Math.Sqrt(count) > ratio)
        {
            count++;
        }

        return count - 1;
    }
}

/// <summary>One or more exports of one run of benchmarks.</summary>
/// <param name="Files">The files that were read.</param>
/// <param name="Benchmarks">Their benchmarks.</param>
/// <param name="Machine">What is known of the machine, by name.</param>
/// <param name="IsMarkdown">Whether some of it is from tables in markdown: means only, rounded.</param>
public sealed record Export(
    IReadOnlyList<string> Files, IReadOnlyList<ExportedBenchmark> Benchmarks, IReadOnlyDictionary<string, string> Machine, bool IsMarkdown);
