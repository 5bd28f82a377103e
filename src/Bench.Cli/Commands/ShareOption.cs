using System.CommandLine.Parsing;
using Bench.Analysis.Comparison;

namespace Bench.Cli.Commands;

/// <summary>Parses shares: 5%, or 0.05.</summary>
internal static class ShareOption
{
    public static double Parse(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (Share.TryParse(text, out var share))
        {
            return share;
        }

        result.AddError($"{(result.Parent as OptionResult)?.Option.Name}: found '{text}'; expected a share above 0, such as 5% or 0.05.");
        return 0;
    }

    /// <summary>A share from 0 to below 1.</summary>
    public static double ParseBelowOne(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (text is "0" or "0%" || (Share.TryParse(text, out var share) && share < 1))
        {
            return text is "0" or "0%" ? 0 : Parse(result);
        }

        result.AddError(
            $"{(result.Parent as OptionResult)?.Option.Name}: found '{text}'; expected a share from 0 to below 1, such as 5% or 0.05.");
        return 0;
    }
}
