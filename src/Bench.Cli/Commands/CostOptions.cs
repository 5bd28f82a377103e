using System.CommandLine;
using System.Globalization;
using Bench.Analysis.Cost;

namespace Bench.Cli.Commands;

/// <summary>What the user says about how times and prices become costs.</summary>
internal sealed class CostOptions
{
    private readonly Option<string> _utilisation = new("--utilisation")
    {
        Description = "The share of paid hours in which the machines work: 0.3 or 30%.",
        DefaultValueFactory = _ => "1",
        HelpName = "30%",
    };
    private readonly Option<string?> _images = new("--images")
    {
        Description = "Add the cost of a start, loading the network and building the engine, for every N images. Left out if not given.",
        HelpName = "N",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_utilisation);
        command.Options.Add(_images);
    }

    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public CostModel Read(ParseResult result) => new()
    {
        Utilisation = Share(result.GetRequiredValue(_utilisation)),
        ImagesPerStart = result.GetValue(_images) is { } images ? Images(images) : null,
    };

    private static long Images(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var images)
        && images > 0
        ? images
        : throw new ArgumentException($"--images: found '{text}'; expected a whole number above 0, such as 1000000.");

    private static double Share(string text) => Quantity.TryParse(text, Quantity.Shares, out var share)
        ? share
        : throw new ArgumentException($"--utilisation: found '{text}'; expected a share above 0 and at most 1, such as 0.3 or 30%.");
}
