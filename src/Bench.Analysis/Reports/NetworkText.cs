using System.Globalization;
using Bench.Analysis.Rendering;
using Bench.Analysis.Rows;

namespace Bench.Analysis.Reports;

/// <summary>Says in words what goes into a network without labels, and what comes out.</summary>
internal static class NetworkText
{
    public static string Of(ModelReport model)
    {
        var inputs = (model.Inputs ?? []).Select(input => $"`{input.Name}` {input.Type} {Shape(input.Shape)}, {input.From}");
        var outputs = (model.Outputs ?? [])
            .Select(output => $"`{output.Name}` {output.Type} {Shape(output.Shape)}{(output.IsJudged ? ", compared" : string.Empty)}");
        return string.Create(CultureInfo.InvariantCulture,
            $"Goes in: {string.Join("; ", inputs)}. Comes out: {string.Join("; ", outputs)}. No labels: what comes out for "
            + $"{model.EvaluatedImages} of {model.DataImages} images is compared as it is.");
    }

    private static string Shape(IReadOnlyList<int> shape) =>
        $"[{string.Join(", ", shape.Select(axis => axis < 0 ? "?" : Figures.Text(axis, "0")))}]";
}
