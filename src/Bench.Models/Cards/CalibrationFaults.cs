using Bench.Models.Quantization;

namespace Bench.Models.Cards;

/// <summary>What may be wrong with what a card says of 8-bit files.</summary>
internal static class CalibrationFaults
{
    public static IEnumerable<string> Of(ModelCard card)
    {
        if (card.Calibration is not { } calibration)
        {
            yield break;
        }

        if (calibration.Method is { } method && !CalibrationMethods.TryParse(method, out _))
        {
            yield return $"found calibration.method '{method}'; expected one of {string.Join(", ", CalibrationMethods.Names)}.";
        }

        if (calibration.Count is <= 0)
        {
            yield return $"found calibration.count {calibration.Count}; expected 1 or more.";
        }

        if (calibration is { Inputs: not null, Files.Count: > 0 })
        {
            yield return "found calibration.inputs beside calibration.files; expected one of them.";
        }

        if (calibration.Exclude.Any(string.IsNullOrWhiteSpace))
        {
            yield return "found an empty name under calibration.exclude; expected names of nodes, first or last.";
        }
    }
}
