using System.Text.Json;
using System.Text.RegularExpressions;

namespace Bench.Models.Cards;

/// <summary>Says in plain words what JSON did not fit a card.</summary>
internal static partial class CardJsonFaults
{
    /// <summary>One sentence or two.</summary>
    /// <param name="fault">What the reader of JSON said, in the words of .NET.</param>
    public static string Of(JsonException fault)
    {
        var place = fault.LineNumber is { } line ? $" (line {line + 1})" : string.Empty;
        return Missing().Match(fault.Message) is { Success: true } missing
                ? $"found no {missing.Groups[1].Value.Replace("'", string.Empty, StringComparison.Ordinal)}{place}; expected it."
            : Unknown().Match(fault.Message) is { Success: true } unknown
                ? $"found '{unknown.Groups[1].Value}'{place}, which no card has; is it misspelt?"
            : fault.Message;
    }

    [GeneratedRegex(@"missing required properties including: (.*?)\.")]
    private static partial Regex Missing();

    [GeneratedRegex("The JSON property '(.*?)' could not be mapped")]
    private static partial Regex Unknown();
}
