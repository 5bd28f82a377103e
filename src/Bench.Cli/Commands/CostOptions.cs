using System.CommandLine;
using Bench.Analysis.Cost;

namespace Bench.Cli.Commands;

/// <summary>What the user says about how times and prices become costs.</summary>
internal sealed class CostOptions
{
    private readonly Option<string> _utilisation = new("--utilisation") { Description = "The share of paid hours in which the machines work: 0.3 or 30%.", DefaultValueFactory = _ => "1", HelpName = "30%" };
    private readonly Option<long?> _images = new("--images") { Description = "Add the cost of a start, loading the network and building the engine, for every N images. Left out if not given.", HelpName = "N" };

    public void AddTo(Command command)
    {
        command.Options.Add(_utilisation);
        command.Options.Add(_images);
    }

    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public CostModel Read(ParseResult result) => new() { Utilisation = Share(result.GetRequiredValue(_utilisation)), ImagesPerStart = result.GetValue(_images) };

    private static double Share(string text) => Quantity.TryParse(text, Quantity.Shares, out var share)
        ? share
        : throw new ArgumentException($"--utilisation: found '{text}'; expected a share above 0 and at most 1, such as 0.3 or 30%.");
}
