using System.CommandLine.Parsing;
using System.Globalization;

namespace Bench.Cli.Commands;

/// <summary>Parses numbers the same in every culture.</summary>
internal static class NumberOption
{
    public static double Parse(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value))
        {
            return value;
        }

        result.AddError(
            $"{(result.Parent as OptionResult)?.Option.Name}: found '{text}'; expected a number with a decimal point, such as 0.01.");
        return 0;
    }
}
