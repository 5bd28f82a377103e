using System.Diagnostics.CodeAnalysis;
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

        var recorded = Recorded(folder, manifest);
        var ownUsd = Named(UsdPerHourOfRuns, manifest, out var usd) ? usd : (double?)null;
        var ownHardware = Named(HardwareOfRuns, manifest, out var key) ? key : null;

        // What is said of one run goes before what is said of all, and that before what the run recorded.
        var finding = ownUsd is { } one ? new PriceFinding(HourlyPrice.Given(one, ownHardware ?? Hardware ?? manifest.Hardware))
            : ownHardware is not null ? new PriceFinding(Find(ownHardware))
            : UsdPerHour is { } all ? new PriceFinding(HourlyPrice.Given(all, Hardware ?? manifest.Hardware))
            : Hardware is not null ? new PriceFinding(Find(Hardware))
            : recorded is not null && !Reprice ? new PriceFinding(recorded)
            : manifest.Hardware is { } known ? OfRecorded(known, recorded is not null, folder)
            : Matched(manifest.Machine);
        return ForSystem(
            finding.Price is null && recorded is not null ? new PriceFinding(recorded with { Origin = $"{recorded.Origin}; the catalogue has none, for {finding.WhyNot}" }) : finding,
            manifest.Machine);
    }

    /// <summary>Checks what the user gave.</summary>
    /// <exception cref="ArgumentException">There is no such hardware.</exception>
    public void Check()
    {
        // Whoever gives a price may call the hardware what they like.
        var ofRuns = HardwareOfRuns.Where(entry => !UsdPerHourOfRuns.ContainsKey(entry.Key)).Select(entry => entry.Value);
        foreach (var hardware in ofRuns.Prepend(UsdPerHour is null ? Hardware : null).OfType<string>())
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

    private PriceFinding OfRecorded(string hardware, bool hasPrice, RunFolder folder) =>
        Find(hardware) is { } price ? new PriceFinding(price)
        : hasPrice ? PriceFinding.None($"it has no price for the hardware '{hardware}'")
        : throw new RunFormatException(folder.ManifestPath, Unknown(hardware));

    private HourlyPrice? Recorded(RunFolder folder, RunManifest manifest)
    {
        if (manifest.UsdPerHour is not { } usdPerHour)
        {
            return null;
        }

        if (!(usdPerHour > 0 && usdPerHour <= UsdText.HighestUsd))
        {
            throw new RunFormatException(folder.ManifestPath, $"found usdPerHour {usdPerHour}; expected a price above 0.");
        }

        var origin = manifest.Published is null ? "given by the user" : "recorded with the published figures";
        return HourlyPrice.Given(usdPerHour, manifest.Hardware, Purchase is { } terms ? $"{origin}, {terms.Name()} or not" : origin);
    }

    private static bool Named<T>(IReadOnlyDictionary<string, T> ofRuns, RunManifest manifest, [MaybeNullWhen(false)] out T value) =>
        ofRuns.TryGetValue(manifest.Id, out value) || ofRuns.TryGetValue(manifest.Machine.Name, out value);

    /// <summary>The catalogue's prices are Linux's; a licence of Windows costs more.</summary>
    private static PriceFinding ForSystem(PriceFinding finding, MachineFacts machine) =>
        finding.Price is { Providers.Count: > 0, OnlyWhileWorking: false } price && machine.Os == "windows"
            ? finding with { Price = price with { Doubts = [.. price.Doubts, $"the price of {price.Hardware} is that of Linux; with a licence of Windows it is higher"] } }
            : finding;

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
    internal static PriceFinding None(string why) => new(null, why);
}
