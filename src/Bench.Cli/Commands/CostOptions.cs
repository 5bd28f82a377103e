using System.CommandLine;
using System.Globalization;
using Bench.Analysis.Cost;
using Bench.Analysis.Input;

namespace Bench.Cli.Commands;

/// <summary>What the user says about how times and prices become costs.</summary>
internal sealed class CostOptions
{
    private readonly Option<double> _utilisation = ShareOption.Create(
        "--utilisation", 1, ShareRange.AboveZeroToOne, "The share of paid hours in which the machines work: 0.3 or 30%.", example: "30%");

    private readonly Option<long?> _images = TextOption.Create<long>(
        "--images-per-start",
        "Add the cost of a start, loading the network and building the engine, for every N images. Left out if not given.",
        "N",
        "a whole number above 0, such as 1000000", Images);

    public void AddTo(Command command)
    {
        command.Options.Add(_utilisation);
        command.Options.Add(_images);
    }

    public CostModel Read(ParseResult result) => new()
    {
        Utilisation = result.GetValue(_utilisation),
        ImagesPerStart = result.GetValue(_images),
    };

    private static long? Images(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var images) && images > 0 ? images : null;
}
