using System.Diagnostics.CodeAnalysis;
using Bench.Analysis.Measurements;

namespace Bench.Analysis.Exports;

/// <summary>Which measurement a benchmark of Bench's own exports is, from run folders of version 2 on: its parameters say it.</summary>
/// <remarks>
/// <c>Model=unet&amp;Backend=ort-cuda&amp;Precision=fp16&amp;graph=on</c>, and the platform as the name of the job. Tables have the knobs
/// in one column. In exports of version 1 only the model is a parameter: <see cref="JobName"/> reads them.
/// </remarks>
internal static class MeasurementParameters
{
    private const string Type = "InferenceBenchmark";
    private const string Method = "Infer";
    private const string Knobs = "Knobs";
    private const string NoKnobs = "-";
    private const string LoadName = "Load";

    /// <summary>Finds the measurement in the name of an exported benchmark.</summary>
    /// <param name="name">The name.</param>
    /// <param name="id">The measurement.</param>
    /// <returns>Whether it is that of one of Bench's own.</returns>
    public static bool TryParse(BenchmarkName name, [NotNullWhen(true)] out MeasurementId? id)
    {
        id = null;
        var parameters = name.Parameters.Split('&').Select(text => text.Split('=', 2)).ToList();
        if (name.Method != Method || name.Type.Split('.')[^1] != Type || parameters.Exists(parameter => parameter.Length < 2)
            || !parameters.Take(3).Select(parameter => parameter[0]).SequenceEqual(["Model", "Backend", "Precision"]))
        {
            return false;
        }

        var knobs = parameters.Skip(3).Where(parameter => parameter[0] != LoadName)
            .Select(parameter => parameter[0] == Knobs ? parameter[1] : string.Join('=', parameter))
            .Where(text => text != NoKnobs).ToList();
        var variant = string.Concat(knobs.Select(knob => $"{Variant.Separator}{knob}"));
        var load = string.Concat(parameters.Where(parameter => parameter[0] == LoadName).Select(parameter => $"{Load.Mark}{parameter[1]}"));
        return MeasurementId.TryParse(
            $"{parameters[0][1]}/{parameters[1][1]}{variant}/{parameters[2][1]}/{name.Job.Name}{load}", null, out id);
    }
}
