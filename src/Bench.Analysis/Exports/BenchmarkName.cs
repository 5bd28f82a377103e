using System.Text.RegularExpressions;

namespace Bench.Analysis.Exports;

/// <summary>What a benchmark is called in an export.</summary>
/// <param name="Type">Namespace and class as far as the export tells, for example <c>Acme.Tests.SortBenchmarks</c>.</param>
/// <param name="Method">The method's title.</param>
/// <param name="Parameters">Parameters as <c>A=1&amp;B=x</c>; empty without any.</param>
/// <param name="FullName">BenchmarkDotNet's full name, with untrimmed parameters; null where an export has none.</param>
/// <param name="Job">What tells its job from others: the characteristics of an unnamed job, or name and characteristics.</param>
public sealed partial record BenchmarkName(string Type, string Method, string Parameters, string? FullName, string Job)
{
    /// <summary>Type, method and parameters, for a table.</summary>
    public string Label => Parameters.Length > 0 ? $"{Type}.{Method}({Parameters.Replace("&", ", ", StringComparison.Ordinal)})" : $"{Type}.{Method}";

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
            JobOf(benchmark.DisplayInfo ?? string.Empty, $"{type}.{title}: ", parameters));
    }

    /// <summary>What tells a job from others. Up to 0.15.1 the letters of an unnamed job are drawn anew in every run, so only its characteristics count.</summary>
    internal static string NormalizeJob(string job)
    {
        var unnamed = UnnamedJob().Match(job);
        var text = unnamed.Success ? unnamed.Groups["characteristics"].Value : job;

        // "250.0000 ms" and "250ms" are the same characteristic in different versions.
        return TrailingZeros().Replace(text, "${number}${unit}");
    }

    // The only place where the job's name stands: "Type.Title: Job [Parameters]".
    private static string JobOf(string displayInfo, string prefix, string parameters)
    {
        var job = displayInfo.StartsWith(prefix, StringComparison.Ordinal) ? displayInfo[prefix.Length..] : displayInfo[(displayInfo.IndexOf(": ", StringComparison.Ordinal) + 1)..];
        var suffix = $"[{parameters.Replace("&", ", ", StringComparison.Ordinal)}]";
        if (parameters.Length > 0 && job.EndsWith(suffix, StringComparison.Ordinal))
        {
            job = job[..^suffix.Length];
        }
        else if (parameters.Length > 0 && job.EndsWith(']') && job.LastIndexOf(" [", StringComparison.Ordinal) is var start and >= 0)
        {
            job = job[..start];
        }

        return NormalizeJob(job.Trim());
    }

    [GeneratedRegex(@"^Job-[A-Z]{6}(\((?<characteristics>.*)\))?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex UnnamedJob();

    [GeneratedRegex(@"(?<number>[0-9]+)\.0+ ?(?<unit>ns|us|ms|s)\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex TrailingZeros();
}
