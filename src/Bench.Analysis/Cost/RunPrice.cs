using Bench.Analysis.Runs;

namespace Bench.Analysis.Cost;

/// <summary>What an hour of a run's machine costs: what the user says, or else what the run recorded, or else what the machine is called.</summary>
/// <param name="Prices">Prices by hardware.</param>
/// <param name="Hardware">The hardware of all runs; null to take what each run recorded.</param>
/// <param name="UsdPerHour">The price of an hour of all machines; null to take what each run recorded.</param>
public sealed record RunPrice(PriceCatalogue Prices, string? Hardware = null, double? UsdPerHour = null)
{
    /// <summary>The hardware of single runs, by the run's id or its machine's name.</summary>
    public IReadOnlyDictionary<string, string> HardwareOfRuns { get; init; } = new Dictionary<string, string>();

    /// <summary>The price of an hour of single runs, by the run's id or its machine's name.</summary>
    public IReadOnlyDictionary<string, double> UsdPerHourOfRuns { get; init; } = new Dictionary<string, double>();

    /// <summary>On what terms hours are paid; null for on demand, or the price of one's own machine where nobody rents it out.</summary>
    public Purchase? Purchase { get; init; }

    /// <summary>Whether the catalogue's price is taken also where a run recorded one.</summary>
    public bool Reprice { get; init; }

    /// <summary>Finds the price.</summary>
    /// <param name="folder">The run's folder, for messages.</param>
    /// <param name="manifest">What the run recorded.</param>
    /// <returns>The price, or why there is none.</returns>
    /// <exception cref="RunFormatException">The run recorded a hardware or a price that is none.</exception>
    /// <exception cref="ArgumentException">The user gave one that is none.</exception>
    public PriceFinding Of(RunFolder folder, RunManifest manifest)
    {
        Check();
        if (manifest.IsSlowedDown)
        {
            return PriceFinding.None("its times are made up in part: inferences were slowed down on purpose");
        }

        var (hardware, usdPerHour) = Said(manifest);
        if (usdPerHour is { } said)
        {
            return new PriceFinding(HourlyPrice.Given(said, hardware ?? manifest.Hardware));
        }

        if (hardware is not null)
        {
            return PriceFinding.Of(Find(hardware));
        }

        if (manifest.UsdPerHour is { } recorded && !(Reprice && manifest.Hardware is not null))
        {
            return recorded > 0 && double.IsFinite(recorded)
                ? new PriceFinding(manifest.Published is null ? HourlyPrice.Given(recorded, manifest.Hardware) : HourlyPrice.Given(recorded, manifest.Hardware, "recorded with the published figures"))
                : throw new RunFormatException(folder.ManifestPath, $"found usdPerHour {recorded}; expected a price above 0.");
        }

        return manifest.Hardware is { } key
            ? PriceFinding.Of(Find(key) ?? throw new RunFormatException(folder.ManifestPath, Unknown(key)))
            : Matched(manifest.Machine);
    }

    /// <summary>Checks what the user gave.</summary>
    /// <exception cref="ArgumentException">There is no such hardware.</exception>
    public void Check()
    {
        foreach (var hardware in HardwareOfRuns.Values.Prepend(Hardware).OfType<string>())
        {
            if (Find(hardware) is null)
            {
                throw new ArgumentException(Unknown(hardware));
            }
        }
    }

    /// <summary>Checks that what the user said of single runs is said of runs that there are.</summary>
    /// <param name="runs">The runs.</param>
    /// <exception cref="ArgumentException">A name is neither a run's id nor a machine's name.</exception>
    public void Check(IEnumerable<RunManifest> runs)
    {
        var names = runs.SelectMany(run => new[] { run.Id, run.Machine.Name }).ToHashSet();
        var unknown = HardwareOfRuns.Keys.Concat(UsdPerHourOfRuns.Keys).Where(name => !names.Contains(name)).ToList();
        if (unknown.Count > 0)
        {
            throw new ArgumentException($"Found a price for {string.Join(", ", unknown)}; expected the id or the machine of a run: {string.Join(", ", names)}.");
        }
    }

    private (string? Hardware, double? UsdPerHour) Said(RunManifest manifest)
    {
        foreach (var name in new[] { manifest.Id, manifest.Machine.Name })
        {
            var hardware = HardwareOfRuns.GetValueOrDefault(name);
            double? usdPerHour = UsdPerHourOfRuns.TryGetValue(name, out var value) ? value : null;
            if (hardware is not null || usdPerHour is not null)
            {
                return (hardware, usdPerHour);
            }
        }

        return (Hardware, UsdPerHour);
    }

    private PriceFinding Matched(MachineFacts machine)
    {
        var match = HardwareMatch.Of(machine, Prices.Hardware);
        if (match.Hardware is not { } hardware)
        {
            return PriceFinding.None(match.Explanation);
        }

        return Find(hardware.Key) is { } price
            ? new PriceFinding(price with { Origin = $"{price.Origin} ({match.Explanation})" })
            : PriceFinding.None($"{match.Explanation}, but there is no such price");
    }

    private HourlyPrice? Find(string hardware) => Prices.Find(hardware, Purchase);

    private string Unknown(string hardware) =>
        $"Found no {(Purchase is { } terms ? terms.Name() + " " : string.Empty)}price for the hardware '{hardware}'; "
        + $"expected one of {string.Join(", ", Prices.Priced)}, or --usd-per-hour.";
}

/// <summary>The price of a run's machine, or why there is none.</summary>
/// <param name="Price">The price; null if unknown.</param>
/// <param name="WhyNot">Why it is unknown; null if it is not.</param>
public sealed record PriceFinding(HourlyPrice? Price, string? WhyNot = null)
{
    internal static PriceFinding Of(HourlyPrice? price) => new(price);

    internal static PriceFinding None(string why) => new(null, why);
}
