namespace Bench.Analysis.Exports;

/// <summary>One benchmark of an export, with one job and one set of parameters.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Launches">
/// For each process the time of one operation in each iteration, in ns, in the order of measurement; empty where only a summary is left, or it
/// failed. A brief export does not tell processes apart, so that its only launch may be several.
/// </param>
/// <param name="Summary">Mean and its uncertainty, where nothing else is left; else null.</param>
/// <param name="Failure">Why there are no times; null if there are.</param>
public sealed record ExportedBenchmark(
    BenchmarkName Name, IReadOnlyList<IReadOnlyList<double>> Launches, ExportedSummary? Summary, string? Failure);

/// <summary>What a table in markdown keeps of a benchmark.</summary>
/// <param name="MeanNs">The mean time of one operation, in ns.</param>
/// <param name="HalfWidthNs">Half of its 99.9 % interval as printed, in ns; null if that is not there.</param>
/// <param name="DeviationNs">The standard deviation as printed, in ns; null if that is not there.</param>
/// <param name="ResolutionNs">The unit of the mean's last printed digit, in ns.</param>
public sealed record ExportedSummary(double MeanNs, double? HalfWidthNs, double? DeviationNs, double ResolutionNs);

/// <summary>One or more exports of one run of benchmarks.</summary>
/// <param name="Files">The files that were read.</param>
/// <param name="Benchmarks">Their benchmarks.</param>
/// <param name="Machine">What is known of the machine, by name.</param>
/// <param name="IsMarkdown">Whether some of it is from tables in markdown: means only, rounded.</param>
public sealed record Export(
    IReadOnlyList<string> Files, IReadOnlyList<ExportedBenchmark> Benchmarks, IReadOnlyDictionary<string, string> Machine, bool IsMarkdown);
