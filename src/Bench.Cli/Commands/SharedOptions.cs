using System.CommandLine;
using Bench.Analysis.Comparison;
using Bench.Analysis.Input;

namespace Bench.Cli.Commands;

/// <summary>The options that <c>compare</c> and <c>gate</c> share.</summary>
internal sealed class SharedOptions
{
    private readonly Option<double> _threshold = ShareOption.Create("--threshold", 0.05, ShareRange.AboveZero,
        "From which change of time, and of cost, on it matters; for tails twice as much.");

    private readonly Option<double> _level =
        ShareOption.Create("--level", 0.95, ShareRange.Between, "The confidence of the ratios' intervals.");

    private readonly Option<string?> _control = new("--control")
    {
        Description = "Cells that cannot have changed, as a pattern such as */ort-cpu@1.30.0/*: "
            + "what their times do, the machine did, and it is taken out of all others launch by launch.",
        HelpName = "PATTERN",
    };

    private readonly Option<string?> _base = new("--base-cell")
    {
        Description = "Compare cells of one run with each other, paired round by round: the base cells, such as '*/ort-cpu@1.30.0/*'.",
        HelpName = "PATTERN",
    };

    private readonly Option<string?> _current = new("--current-cell")
    {
        Description = "The cells that are compared with them, such as '*/ort-cpu@1.31.0/*': the stars stand for the same.",
        HelpName = "PATTERN",
    };

    private readonly Option<string?> _filter = new("--filter")
    {
        Description = "Take only the cells or benchmarks whose whole names match, such as '*/fp16/*' or '*.Parse*'; control cells stay.",
        HelpName = "PATTERN",
    };

    private readonly Option<bool> _all = new("--all")
    {
        Description = "Print every finding, and every list to its end, instead of the ten worst of each.",
    };

    private readonly PriceOptions _price = new();

    public void AddTo(Command command)
    {
        command.Options.Add(_threshold);
        command.Options.Add(_level);
        command.Options.Add(_control);
        command.Options.Add(_base);
        command.Options.Add(_current);
        command.Options.Add(_filter);
        command.Options.Add(_all);
        _price.AddTo(command);
    }

    /// <summary>Whether the user gave a threshold.</summary>
    public bool HasThreshold(ParseResult result) => result.GetResult(_threshold) is { Implicit: false };

    /// <summary>Whether everything is to be printed.</summary>
    public bool PrintsAll(ParseResult result) => result.GetValue(_all);

    /// <exception cref="ArgumentException">An option is not what it should be.</exception>
    public ComparisonOptions Read(ParseResult result) => new()
    {
        Threshold = result.GetValue(_threshold),
        Level = result.GetValue(_level),
        Control = result.GetValue(_control),
        Filter = result.GetValue(_filter),
        Pairing = (result.GetValue(_base), result.GetValue(_current)) switch
        {
            (null, null) => null,
            ({ } from, { } to) => new CellPairing(from, to),
            _ => throw new ArgumentException("Found one of --base-cell and --current-cell; expected both or none."),
        },
        Price = _price.Read(result),
    };

    /// <summary>The two sides, or the one run whose cells are compared.</summary>
    /// <exception cref="ArgumentException">There are too few or too many.</exception>
    public static (string Base, string? Current) Sides(string verb, IReadOnlyList<string> paths) => paths.Count switch
    {
        1 => (paths[0], null),
        2 => (paths[0], paths[1]),
        _ => throw new ArgumentException(
            $"{verb}: found {paths.Count} runs; expected BASE and CURRENT, or one RUN with --base-cell and --current-cell."),
    };
}
