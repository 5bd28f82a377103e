namespace Bench.Analysis.Exports;

/// <summary>What a benchmark is called in an export: everything that tells it from the others.</summary>
/// <param name="Type">Namespace and class as far as the export tells, for example <c>Acme.Tests.SortBenchmarks</c>.</param>
/// <param name="Method">The method's title.</param>
/// <param name="Parameters">Parameters as <c>A=1&amp;B=x</c>, without those that do not apply to it; empty without any.</param>
/// <param name="FullName">BenchmarkDotNet's full name; null where an export has none. It cuts long arrays short, so that it
/// may not be unique.</param>
/// <param name="Job">Its job.</param>
/// <param name="Categories">Its categories as a table prints them; empty where an export has none.</param>
public sealed record BenchmarkName(string Type, string Method, string Parameters, string? FullName, JobTraits Job, string Categories = "")
{
    /// <summary>Type, method and parameters, for a table.</summary>
    public string Label =>
        Parameters.Length > 0 ? $"{Type}.{Method}({Parameters.Replace("&", ", ", StringComparison.Ordinal)})" : $"{Type}.{Method}";

    /// <summary>The name of a benchmark in a JSON export.</summary>
    internal static BenchmarkName Of(ExportCase benchmark)
    {
        var title = benchmark.MethodTitle ?? benchmark.Method ?? string.Empty;
        var type = benchmark.Type ?? string.Empty;
        var parameters = benchmark.Parameters ?? string.Empty;
        return new BenchmarkName(
            string.IsNullOrEmpty(benchmark.Namespace) ? type : $"{benchmark.Namespace}.{type}",
            title,
            parameters,
            benchmark.FullName,
            JobTraits.Parse(JobOf(benchmark.DisplayInfo ?? string.Empty, $"{type}.{title}: ", parameters)));
    }

    // The only place where the job's name stands: "Type.Title: Job [Parameters]".
    private static string JobOf(string displayInfo, string prefix, string parameters)
    {
        var job = displayInfo.StartsWith(prefix, StringComparison.Ordinal)
            ? displayInfo[prefix.Length..]
            : displayInfo[(displayInfo.IndexOf(": ", StringComparison.Ordinal) + 1)..];
        var suffix = $"[{parameters.Replace("&", ", ", StringComparison.Ordinal)}]";
        if (parameters.Length > 0 && job.EndsWith(suffix, StringComparison.Ordinal))
        {
            job = job[..^suffix.Length];
        }
        else if (parameters.Length > 0 && job.EndsWith(']') && job.LastIndexOf(" [", StringComparison.Ordinal) is var start and >= 0)
        {
            job = job[..start];
        }

        return job.Trim();
    }
}
