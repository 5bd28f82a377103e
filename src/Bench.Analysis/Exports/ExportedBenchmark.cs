using MathNet.Numerics.Distributions;

namespace Bench.Analysis.Exports;

/// <summary>One benchmark of an export, with one job and one set of parameters.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Launches">
/// For each process the time of one operation in each iteration, in ms, in the order of measurement; empty where only a summary is left, or
/// it failed. A brief export does not tell processes apart, so that its only launch may be several.
/// </param>
/// <param name="Summary">Mean and its uncertainty, where nothing else is left; else null.</param>
/// <param name="Failure">Why there are no times; null if there are.</param>
public sealed record ExportedBenchmark(
    BenchmarkName Name, IReadOnlyList<IReadOnlyList<double>> Launches, ExportedSummary? Summary, string? Failure)
{
    /// <summary>The file that it was read from, as given; empty where it was not a file.</summary>
    public string File { get; init; } = string.Empty;

    /// <summary>The numbers that the export has for the launches, in their order; empty where it has none, or the same one for several.
    /// </summary>
    public IReadOnlyList<int> LaunchNumbers { get; init; } = [];

    /// <summary>What MemoryDiagnoser counted; null where it was not used, or nothing was measured.</summary>
    public ExportedMemory? Memory { get; init; }
}

/// <summary>What is left of a benchmark where its measurements are not: a table in markdown, or an export from before 0.12.</summary>
/// <param name="MeanMs">The mean time of one operation, in ms.</param>
/// <param name="StandardErrorMs">Its standard error in ms, what was rounded away included; null if that is not known.</param>
/// <param name="DegreesOfFreedom">One less than the iterations that the error rests on; 0 if it is not known.</param>
public sealed record ExportedSummary(double MeanMs, double? StandardErrorMs, double DegreesOfFreedom)
{
    // BenchmarkDotNet's "Error" is half of the 99.9 % interval.
    private const double PrintedTail = 0.9995;

    // As good as the normal distribution, and the cautious guess where the deviation is not printed.
    private const int MaximumDegrees = 1000;

    /// <summary>Reads the columns of a table.</summary>
    /// <param name="meanMs">Mean, in ms.</param>
    /// <param name="halfWidthMs">Error: half of the 99.9 % interval as printed, in ms; null if that is not there.</param>
    /// <param name="deviationMs">StdDev as printed, in ms; null if that is not there.</param>
    /// <param name="resolutionMs">The unit of the mean's last printed digit, in ms.</param>
    /// <returns>
    /// The summary. How many iterations there were is not printed, but half-width over deviation is Student's quantile over the root of
    /// their number. Without an error it is unknown how certain the mean is.
    /// </returns>
    internal static ExportedSummary OfTable(double meanMs, double? halfWidthMs, double? deviationMs, double resolutionMs)
    {
        if (halfWidthMs is not { } halfWidth)
        {
            return new ExportedSummary(meanMs, null, 0);
        }

        var degrees = deviationMs is > 0 and var deviation && halfWidth > 0 ? DegreesOf(halfWidth / deviation) : MaximumDegrees;
        var error = halfWidth / StudentT.InvCDF(0, 1, degrees, PrintedTail);

        // What was rounded away is spread evenly over the last printed digit.
        return new ExportedSummary(meanMs, Math.Sqrt((error * error) + (resolutionMs * resolutionMs / 12)), degrees);
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
