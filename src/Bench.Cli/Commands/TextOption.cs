using System.CommandLine;
using System.CommandLine.Parsing;

namespace Bench.Cli.Commands;

/// <summary>Options whose value is read from a text, the same in every culture; what is wrong with several is said at once.</summary>
internal static class TextOption
{
    /// <summary>An option that may be left out.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it does.</param>
    /// <param name="example">A value that it may have.</param>
    /// <param name="expected">What is expected, for messages.</param>
    /// <param name="parse">Reads a text; null if it is none.</param>
    /// <returns>The option; its value is null where it is left out.</returns>
    public static Option<T?> Create<T>(string name, string description, string example, string expected, Func<string, T?> parse)
        where T : struct => new(name)
        {
            Description = description,
            HelpName = example,
            CustomParser = result => Parse(result, name, expected, parse),
        };

    private static T? Parse<T>(ArgumentResult result, string name, string expected, Func<string, T?> parse)
        where T : struct
    {
        var text = result.Tokens.Single().Value;
        var value = parse(text);
        if (value is null)
        {
            result.AddError($"{name}: found '{text}'; expected {expected}.");
        }

        return value;
    }
}
