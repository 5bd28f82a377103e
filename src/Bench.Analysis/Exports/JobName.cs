using System.Globalization;
using System.Text.RegularExpressions;
using Bench.Analysis.Measurements;

namespace Bench.Analysis.Exports;

/// <summary>The name of a BenchmarkDotNet job in exports of version 1: backend, precision, platform and round.
/// The model is a parameter.</summary>
/// <remarks>
/// The full JSON has no field for the job: only <c>DisplayInfo</c>, for example
/// <c>InferenceBenchmark.Infer: ort-cpu_fp32_linux-x64_r1(EnvironmentVariables=…) [Model=inceptionv3]</c>, tells jobs apart.
/// </remarks>
/// <param name="Backend">The backend's name.</param>
/// <param name="Precision">The precision's name.</param>
/// <param name="Platform">Operating system and architecture, for example <c>linux-x64</c>.</param>
/// <param name="Round">The round of interleaved launches, from 1.</param>
internal sealed partial record JobName(string Backend, string Precision, string Platform, int Round)
{
    /// <summary>The name as BenchmarkDotNet gets it.</summary>
    /// <returns>The four parts joined by underscores.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Backend}_{Precision}_{Platform}_r{Round}");

    /// <summary>The cell that a launch of this job on a model belongs to.</summary>
    /// <param name="model">The model's name.</param>
    /// <returns>The cell's id.</returns>
    /// <exception cref="FormatException">A part is none of an id.</exception>
    public CellId CellId(string model) => Measurements.CellId.Parse(IdOn(model));

    /// <summary>Finds job and model in a <c>DisplayInfo</c>.</summary>
    /// <param name="displayInfo">The text.</param>
    /// <param name="job">The job.</param>
    /// <param name="model">The model's name.</param>
    /// <returns>Whether the text is that of one of Bench's own jobs.</returns>
    public static bool TryParse(string displayInfo, out JobName job, out string model)
    {
        var match = Pattern().Match(displayInfo);
        model = match.Groups["model"].Value;
        job = match.Success
            ? new JobName(
                match.Groups["backend"].Value,
                match.Groups["precision"].Value,
                match.Groups["platform"].Value,
                int.Parse(match.Groups["round"].Value, CultureInfo.InvariantCulture))
            : new JobName(string.Empty, string.Empty, string.Empty, 0);
        return match.Success && Measurements.CellId.TryParse(job.IdOn(model), null, out _);
    }

    /// <summary>Finds job and model in the name of an exported benchmark.</summary>
    /// <param name="name">The name.</param>
    /// <param name="job">The job.</param>
    /// <param name="model">The model's name.</param>
    /// <returns>Whether it is that of one of Bench's own jobs.</returns>
    internal static bool TryParse(BenchmarkName name, out JobName job, out string model)
    {
        var id = name.Job.Name;
        return TryParse($"{name.Method}: {id} [{name.Parameters}]", out job, out model);
    }

    private string IdOn(string model) => $"{model}/{Backend}/{Precision}/{Platform}";

    [GeneratedRegex(
        @"^[^:]+: (?<backend>[^_\s(]+)_(?<precision>[a-z0-9]+)_(?<platform>[a-z0-9-]+)_r(?<round>[0-9]{1,6})(\(.*\))? "
        + @"\[Model=(?<model>[a-z0-9-]+)\]$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
