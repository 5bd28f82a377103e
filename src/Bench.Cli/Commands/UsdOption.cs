using System.CommandLine.Parsing;
using Bench.Analysis.Cost;

namespace Bench.Cli.Commands;

/// <summary>Parses <c>--usd-per-hour</c>.</summary>
internal static class UsdOption
{
    public static double? Parse(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (UsdText.TryParse(text, out var usdPerHour))
        {
            return usdPerHour;
        }

        result.AddError($"--usd-per-hour: found '{text}'; expected a price above 0 with a decimal point, such as 0.90.");
        return null;
    }
}
