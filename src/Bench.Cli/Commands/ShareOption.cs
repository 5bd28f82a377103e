using System.CommandLine;
using System.CommandLine.Parsing;
using Bench.Analysis.Input;

namespace Bench.Cli.Commands;

/// <summary>Options that are shares: the same text is read on all verbs, each option says which shares mean something.</summary>
internal static class ShareOption
{
    public static Option<double> Create(string name, double fallback, ShareRange range, string description, string? example = null) =>
        new(name)
        {
            Description = description,
            DefaultValueFactory = _ => fallback,
            CustomParser = result => Parse(result, range),
            HelpName = example ?? new Share(fallback).ToString(),
        };

    /// <exception cref="ArgumentException">The text is no share of the range.</exception>
    public static double Read(string option, string text, ShareRange range, string? orElse = null) =>
        Share.TryParse(text, range, out var share)
            ? share.Value
            : throw new ArgumentException($"{option}: found '{text}'; expected {range}{orElse}.");

    private static double Parse(ArgumentResult result, ShareRange range)
    {
        var text = result.Tokens.Single().Value;
        if (!Share.TryParse(text, range, out var share))
        {
            result.AddError($"{(result.Parent as OptionResult)?.Option.Name}: found '{text}'; expected {range}.");
        }

        return share.Value;
    }
}
