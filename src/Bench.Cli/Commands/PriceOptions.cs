using System.CommandLine;
using Bench.Analysis.Cost;

namespace Bench.Cli.Commands;

/// <summary>What the user says about the machines' price.</summary>
internal sealed class PriceOptions
{
    private readonly Option<string?> _hardware = new("--hardware") { Description = "What the machines are: a key of the price catalogue." };
    private readonly Option<double?> _usdPerHour = new("--usd-per-hour") { CustomParser = UsdOption.Parse, Description = "What an hour of the machines costs in USD." };

    public void AddTo(Command command)
    {
        command.Options.Add(_hardware);
        command.Options.Add(_usdPerHour);
    }

    public RunPrice Read(ParseResult result) => new(PriceCatalogue.BuiltIn(), result.GetValue(_hardware), result.GetValue(_usdPerHour));
}
