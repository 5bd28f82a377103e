using System.CommandLine;
using Bench.Analysis.Cost;
using Bench.Analysis.Runs;

namespace Bench.Cli.Commands;

/// <summary>What the user says about the machines' price.</summary>
internal sealed class PriceOptions
{
    private readonly Option<string[]> _hardware = new("--hardware") { Description = "What the machines are: a key of the price catalogue (see prices); or RUN=KEY, RUN being a run's id or its machine's name.", HelpName = "KEY" };
    private readonly Option<string[]> _usdPerHour = new("--usd-per-hour") { Description = "What an hour of the machines costs in USD, or RUN=X.", HelpName = "X" };
    private readonly Option<string?> _prices = PricesOption();
    private readonly Option<Purchase?> _purchase = PurchaseOption();
    private readonly Option<bool> _reprice = new("--reprice") { Description = "Take the catalogue's price also where a run recorded one." };

    public void AddTo(Command command)
    {
        command.Options.Add(_hardware);
        command.Options.Add(_usdPerHour);
        command.Options.Add(_prices);
        command.Options.Add(_purchase);
        command.Options.Add(_reprice);
    }

    /// <exception cref="ArgumentException">An option is not what it should be.</exception>
    /// <exception cref="RunFormatException">The file of prices has a fault.</exception>
    public RunPrice Read(ParseResult result)
    {
        var hardware = ByRun("--hardware", result.GetValue(_hardware) ?? []);
        var usdPerHour = ByRun("--usd-per-hour", result.GetValue(_usdPerHour) ?? []);
        return new RunPrice(Catalogue(result.GetValue(_prices)), hardware.GetValueOrDefault(string.Empty), usdPerHour.TryGetValue(string.Empty, out var all) ? Usd(all) : null)
        {
            HardwareOfRuns = hardware.Where(entry => entry.Key.Length > 0).ToDictionary(),
            UsdPerHourOfRuns = usdPerHour.Where(entry => entry.Key.Length > 0).ToDictionary(entry => entry.Key, entry => Usd(entry.Value)),
            Purchase = result.GetValue(_purchase),
            Reprice = result.GetValue(_reprice),
        };
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

    public static Option<string?> PricesOption() => new("--prices") { Description = "A CSV file with hardware, offers or machines of your own, added to the catalogue.", HelpName = "FILE" };

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

    private static Dictionary<string, string> ByRun(string option, IReadOnlyList<string> values)
    {
        var byRun = new Dictionary<string, string>();
        foreach (var value in values)
        {
            var parts = value.Split('=', 2);
            var (run, what) = parts.Length == 2 ? (parts[0], parts[1]) : (string.Empty, value);
            if (!byRun.TryAdd(run, what))
            {
                throw new ArgumentException($"{option}: found two values for {(run.Length == 0 ? "all runs" : run)}; expected one.");
            }
        }

        return byRun;
    }

    private static double Usd(string text) => UsdText.TryParse(text, out var usdPerHour)
        ? usdPerHour
        : throw new ArgumentException($"--usd-per-hour: found '{text}'; expected a price above 0 with a decimal point, such as 0.90.");
}
