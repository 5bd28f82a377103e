using System.CommandLine;
using Bench.Analysis.Comparison;

namespace Bench.Cli.Commands;

/// <summary>The options that <c>compare</c> and <c>gate</c> share.</summary>
internal sealed class SharedOptions
{
    private readonly Option<double> _threshold = new("--threshold") { Description = "From which change of time, and of cost, on it matters.", DefaultValueFactory = _ => 0.05, CustomParser = ShareOption.Parse, HelpName = "5%" };
    private readonly Option<double> _level = new("--level") { Description = "The confidence of the ratios' intervals.", DefaultValueFactory = _ => 0.95, CustomParser = ShareOption.Parse, HelpName = "95%" };
    private readonly Option<string> _statistic = new("--statistic") { Description = "What stands for a launch: median or mean.", DefaultValueFactory = _ => "median" };
    private readonly Option<string?> _control = new("--control") { Description = "Cells that cannot have changed, as a pattern such as */ort-cpu@1.29.0/*: what their times do, the machine did, and it is taken out of all others launch by launch." };
    private readonly PriceOptions _price = new();

    public SharedOptions() => _statistic.AcceptOnlyFromAmong("median", "mean");

    public void AddTo(Command command)
    {
        command.Options.Add(_threshold);
        command.Options.Add(_level);
        command.Options.Add(_statistic);
        command.Options.Add(_control);
        _price.AddTo(command);
    }

    /// <summary>Whether the user gave a threshold.</summary>
    public bool HasThreshold(ParseResult result) => result.GetResult(_threshold) is { Implicit: false };

    public ComparisonOptions Read(ParseResult result) => new()
    {
        Threshold = result.GetValue(_threshold),
        Level = result.GetValue(_level),
        Statistic = result.GetValue(_statistic) == "mean" ? TimeStatistic.Mean : TimeStatistic.Median,
        Control = result.GetValue(_control),
        Price = _price.Read(result),
    };
}
