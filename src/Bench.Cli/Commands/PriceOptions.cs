using System.CommandLine;
using Bench.Analysis.Cost;
using Bench.Analysis.Input;
using Bench.Analysis.Rows;

namespace Bench.Cli.Commands;

/// <summary>What the user says about the machines' price.</summary>
internal sealed class PriceOptions
{
    private readonly Option<string[]> _hardware = new("--hardware")
    {
        Description = "What the machines are: a key of the price catalogue (see prices); "
            + "or RUN=KEY, RUN being a run's id or its machine's host name; or RUN/CELLS=KEY for "
            + "some of its cells, such as 'RUN/*/ort-cpu/*=KEY'.",
        HelpName = "KEY",
    };

    private readonly Option<string[]> _usdPerHour = new("--usd-per-hour")
    {
        Description = "What an hour of the machines costs in USD; or RUN=X, or RUN/CELLS=X. "
            + "Of a machine with GPUs it is the price of the host with as many as the run found.",
        HelpName = "X",
    };

    private readonly Option<string?> _provider =
        new("--provider") { Description = "Count only this provider's offers, such as AWS.", HelpName = "NAME" };
    private readonly Option<string?> _prices = PricesOption();
    private readonly Option<Purchase?> _purchase = PurchaseOption();
    private readonly Option<bool> _reprice = new("--reprice") { Description = "Take the catalogue's price also where a run recorded one." };

    public void AddTo(Command command)
    {
        command.Options.Add(_hardware);
        command.Options.Add(_usdPerHour);
        command.Options.Add(_prices);
        command.Options.Add(_purchase);
        command.Options.Add(_provider);
        command.Options.Add(_reprice);
    }

    /// <exception cref="ArgumentException">An option is not what it should be.</exception>
    /// <exception cref="RunFormatException">The file of prices has a fault.</exception>
    public RunPrice Read(ParseResult result)
    {
        var (allHardware, hardware) = ByRun("--hardware", result.GetValue(_hardware) ?? []);
        var (allUsd, usdPerHour) = ByRun("--usd-per-hour", result.GetValue(_usdPerHour) ?? []);
        return new RunPrice(Catalogue(result.GetValue(_prices)), allHardware, allUsd is null ? null : Usd(allUsd))
        {
            HardwareOfRuns = hardware,
            UsdPerHourOfRuns = [.. usdPerHour.Select(entry => new PriceAssignment<double>(entry.Target, Usd(entry.Value)))],
            Purchase = result.GetValue(_purchase),
            Provider = result.GetValue(_provider),
            Reprice = result.GetValue(_reprice),
        };
    }

    /// <summary>Says so where a file of prices was given, and no run has any of them.</summary>
    public void SayUnused(ParseResult result, IReadOnlyList<PricedRun> runs)
    {
        if (result.GetValue(_prices) is not { } path)
        {
            return;
        }

        var own = PriceCatalogue.Read(path);
        var keys = own.Hardware.Select(hardware => hardware.Key).Concat(own.Offers.Select(offer => offer.Hardware)).Distinct().ToList();
        var used = runs.SelectMany(run => run.DevicePrices).Select(device => device.Price?.Hardware).ToList();
        if (keys.Count > 0 && !keys.Exists(used.Contains))
        {
            result.InvocationConfiguration.Error.WriteLine($"--prices {path}: no run has the price of {string.Join(", ", keys)}. "
                + "--hardware RUN=KEY says which machine it is; --reprice leaves a price out that a run recorded.");
        }
    }

    /// <summary>The built-in catalogue, and what a file adds to it.</summary>
    /// <exception cref="RunFormatException">The file, or both together, have a fault.</exception>
    public static PriceCatalogue Catalogue(string? path)
    {
        var catalogue = Unchecked(path);
        var faults = path is null ? [] : CatalogueCheck.Faults(catalogue, Today());
        return faults.Count == 0 ? catalogue : throw new RunFormatException(path!, string.Join(" ", faults));
    }

    /// <summary>The same, whatever is wrong with both together.</summary>
    /// <exception cref="RunFormatException">The file has a fault.</exception>
    public static PriceCatalogue Unchecked(string? path) =>
        path is null ? PriceCatalogue.BuiltIn() : PriceCatalogue.BuiltIn().With(PriceCatalogue.Read(path));

    public static DateOnly Today() => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    public static Option<string?> PricesOption() => new("--prices")
    {
        Description = "A CSV file with hardware, offers or machines of your own, added to the catalogue.",
        HelpName = "FILE",
    };

    public static Option<Purchase?> PurchaseOption() => new("--purchase")
    {
        Description = $"On what terms hours are paid: {Purchases.Names}. [default: on-demand]",
        HelpName = "on-demand|spot|reserved|on-premise",
        CustomParser = result =>
        {
            if (Purchases.TryParse(result.Tokens.Single().Value, out var purchase))
            {
                return purchase;
            }

            result.AddError($"--purchase: found '{result.Tokens.Single().Value}'; expected {Purchases.Names}.");
            return null;
        },
    };

    private static (string? OfAll, IReadOnlyList<PriceAssignment<string>> OfRuns) ByRun(string option, IReadOnlyList<string> values)
    {
        string? all = null;
        var ofRuns = new List<PriceAssignment<string>>();
        foreach (var value in values)
        {
            // A cell may have an equals sign in its name, a key and a price have none.
            var equals = value.LastIndexOf('=');
            var (target, what) = equals < 0 ? (string.Empty, value) : (value[..equals], value[(equals + 1)..]);
            if (equals < 0 ? all is not null : ofRuns.Exists(known => known.Target == target))
            {
                throw new ArgumentException($"{option}: found two values for {(target.Length == 0 ? "all runs" : target)}; expected one.");
            }

            if (equals < 0)
            {
                all = what;
            }
            else
            {
                ofRuns.Add(new PriceAssignment<string>(target, what));
            }
        }

        return (all, ofRuns);
    }

    private static double Usd(string text) => UsdText.TryParse(text, out var usdPerHour)
        ? usdPerHour
        : throw new ArgumentException($"--usd-per-hour: found '{text}'; expected a price above 0 with a decimal point, such as 0.90.");
}
