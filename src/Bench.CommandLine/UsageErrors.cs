using System.CommandLine;
using System.CommandLine.Parsing;

namespace Bench.CommandLine;

/// <summary>What is wrong with a command line, in sentences that say what was probably meant.</summary>
public static class UsageErrors
{
    /// <summary>Lists what is wrong with a command line.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="hints">What to say of options that people bring from elsewhere, by option; null if there are none.</param>
    /// <returns>One sentence or two for each fault; none if there is nothing wrong, or if help was asked for.</returns>
    public static IReadOnlyList<string> Of(ParseResult parsed, IReadOnlyDictionary<string, string>? hints = null)
    {
        ArgumentNullException.ThrowIfNull(parsed);
        if (parsed.Action is HelpWithExamples)
        {
            // Who asks for help may leave out what is required.
            return [];
        }

        var command = parsed.CommandResult.Command;
        var help = $"See {Path(parsed.CommandResult)} --help.";
        var unknown = Unknown(parsed);
        if (command is RootCommand && unknown is [var verb, ..] && !verb.StartsWith('-') && command.Action is null)
        {
            // What follows a command that is not known is probably meant for it.
            unknown = [verb];
        }

        var faults = unknown.Select(word => Sentence(word, command, hints, help)).ToList();
        foreach (var error in parsed.Errors)
        {
            // A word that is not known is named once, and explains why the command is missing.
            if (!parsed.UnmatchedTokens.Any(word => error.Message.Contains($"'{word}'", StringComparison.Ordinal))
                && !(unknown.Count > 0 && command.Action is null))
            {
                faults.Add($"{error.Message} {help}");
            }
        }

        return faults;
    }

    /// <summary>Words that nothing took, and options that a list of arguments took because it takes anything.</summary>
    private static List<string> Unknown(ParseResult parsed) =>
    [
        // What follows an unknown option is probably its value.
        .. parsed.UnmatchedTokens.Where((word, i) => word.StartsWith('-') || i == 0 || !parsed.UnmatchedTokens[i - 1].StartsWith('-')),
        .. parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(result => result.Tokens).Select(token => token.Value)
            .Where(value => value.StartsWith("--", StringComparison.Ordinal) && value.Length > 2),
    ];

    private static string Sentence(string word, Command command, IReadOnlyDictionary<string, string>? hints, string help)
    {
        var name = word.Split('=')[0];
        if (hints?.GetValueOrDefault(name) is { } hint)
        {
            return $"{name}: {hint}";
        }

        var isOption = word.StartsWith('-');
        var known = isOption
            ? command.Options
                .Concat(command.Parents.OfType<Command>().SelectMany(parent => parent.Options.Where(option => option.Recursive)))
                .Where(option => !option.Hidden).SelectMany(option => option.Aliases.Append(option.Name))
            : command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name);
        var meant = Suggestion.For(name, known);
        return $"Found '{word}', which is no {(isOption || command.Subcommands.Count == 0 ? "option" : "command")}"
            + $"{(command is RootCommand ? string.Empty : $" of {command.Name}")}."
            + $"{(meant is null ? string.Empty : $" Did you mean '{meant}'?")} {help}";
    }

    private static string Path(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{Path(parent)} {result.Command.Name}" : result.Command.Name;
}
