using System.Globalization;
using Bench.Analysis.Input;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Cost;

/// <summary>
/// What an hour of what a cell ran on costs: what the user says of the cell, or else of its run, or else what the run recorded, or else
/// what the device is called.
/// </summary>
/// <remarks>
/// A cell on a graphics processor costs that device's share of its host. A cell on the processor costs a processor machine: the price of a
/// host with graphics processors, of which a run used some, is not the price of its processor's work.
/// </remarks>
/// <param name="Prices">Prices by hardware.</param>
/// <param name="Hardware">The hardware of all runs; null to take what each run recorded.</param>
/// <param name="UsdPerHour">The price of an hour of all machines; null to take what each run recorded.</param>
public sealed record RunPrice(PriceCatalogue Prices, string? Hardware = null, double? UsdPerHour = null)
{
    /// <summary>The hardware of single runs, or of some of their cells.</summary>
    public IReadOnlyList<PriceAssignment<string>> HardwareOfRuns { get; init; } = [];

    /// <summary>The price of an hour of single runs' machines, or of what some of their cells ran on.</summary>
    public IReadOnlyList<PriceAssignment<double>> UsdPerHourOfRuns { get; init; } = [];

    /// <summary>On what terms hours are paid; null for on demand, or the price of one's own machine where nobody rents it out.</summary>
    public Purchase? Purchase { get; init; }

    /// <summary>The only provider whose offers count; null for all.</summary>
    public string? Provider { get; init; }

    /// <summary>Whether the catalogue's price is taken also where a run recorded one.</summary>
    public bool Reprice { get; init; }

    /// <summary>Whether the user said anything of hardware, prices or providers.</summary>
    internal bool IsGiven =>
        Hardware is not null || UsdPerHour is not null || Provider is not null || HardwareOfRuns.Count > 0 || UsdPerHourOfRuns.Count > 0;

    /// <summary>Finds the price of what a cell ran on.</summary>
    /// <param name="folder">The run's folder, for messages.</param>
    /// <param name="manifest">What the run recorded.</param>
    /// <param name="cell">A cell of the run.</param>
    /// <returns>The price, or why there is none.</returns>
    /// <exception cref="RunFormatException">The run recorded a hardware or a price that is none.</exception>
    public PriceFinding Of(RunFolder folder, RunManifest manifest, CellFacts cell)
    {
        if (manifest.IsSlowedDown)
        {
            return PriceFinding.None("its times are made up in part: inferences were slowed down on purpose");
        }

        var device = CellDevice.Of(manifest.Machine, cell);
        var finding = OfCell(manifest, cell, device) ?? OfRun(folder, manifest, device) ?? Matched(device);
        return finding.Price is { Providers.Count: > 0, OnlyWhileWorking: false } price && manifest.Machine.Os == "windows"
            ? new PriceFinding(price.Doubting($"the price of {price.Hardware} is that of Linux; with a licence of Windows it is higher"))
            : finding;
    }

    /// <summary>Checks what the user gave.</summary>
    /// <exception cref="ArgumentException">There is no such hardware or provider.</exception>
    public void Check()
    {
        if (Provider is not null && !Prices.Providers.Contains(Provider, StringComparer.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"--provider: found '{Provider}'; expected one of {string.Join(", ", Prices.Providers)}.");
        }

        // Whoever gives a price may call the hardware what they like.
        var ofRuns = HardwareOfRuns.Where(entry => UsdPerHourOfRuns.All(price => price.Target != entry.Target))
            .Select(entry => entry.Value);
        foreach (var hardware in ofRuns.Prepend(UsdPerHour is null ? Hardware : null).OfType<string>())
        {
            if (Find(hardware) is null)
            {
                throw new ArgumentException(Unknown(hardware));
            }
        }
    }

    /// <summary>Checks that what the user said of runs and cells fits those that there are.</summary>
    /// <param name="runs">The runs.</param>
    /// <exception cref="ArgumentException">It fits none, or two machines, or is the hardware of another kind of device.</exception>
    public void Check(IReadOnlyList<RunManifest> runs) => new PriceAssignmentCheck(this).Check(runs);

    /// <summary>What kind of device a key is; null where the catalogue does not have it.</summary>
    internal HardwareKind? KindOf(string hardware) => Prices.Hardware.FirstOrDefault(known => known.Key == hardware)?.Kind;

    private PriceFinding? OfCell(RunManifest manifest, CellFacts cell, CellDevice device)
    {
        var hardware = HardwareOfRuns.LastOrDefault(entry => entry.IsFor(manifest, cell))?.Value;
        return UsdPerHourOfRuns.LastOrDefault(entry => entry.IsFor(manifest, cell)) is { } given
            ? new PriceFinding(HourlyPrice.Given(given.Value, hardware))
            : hardware is not null ? Priced(hardware, device, "given by the user")
            : null;
    }

    /// <summary>What was said of the machine as a whole. It is the price of the graphics processors' host where any
    /// cell ran on one.</summary>
    private PriceFinding? OfRun(RunFolder folder, RunManifest manifest, CellDevice device)
    {
        var ofHost = PriceAssignmentCheck.UsedGpu(manifest);
        var own = HardwareOfRuns.LastOrDefault(entry => entry.IsForAllOf(manifest))?.Value ?? Hardware;
        var hardware = own ?? manifest.Hardware;
        var recorded = Recorded(folder, manifest);
        var given = UsdPerHourOfRuns.LastOrDefault(entry => entry.IsForAllOf(manifest))?.Value
            ?? (HardwareOfRuns.Any(entry => entry.IsForAllOf(manifest)) ? null : UsdPerHour);
        if (given is null && own is null && recorded is null && hardware is null)
        {
            return null;
        }

        if (ofHost && !device.IsGpu && (hardware is null || KindOf(hardware) != HardwareKind.Cpu))
        {
            return Matched(device) is { Price: not null } matched ? matched : PriceFinding.None(
                "the price of its machine is that of a host with GPUs, which a cell on the processor does not use, and the catalogue has "
                + "none of its processor. Give the cell one of its own: --hardware 'RUN/CELLS=KEY' or --usd-per-hour 'RUN/CELLS=X'");
        }

        return given is { } usd ? Share(HourlyPrice.Given(usd, hardware), device)
            : own is not null ? Priced(own, device, "given by the user")
            : recorded is not null && !Reprice ? Share(recorded, device)
            : OfCatalogue(folder, hardware, recorded, device);
    }

    private PriceFinding OfCatalogue(RunFolder folder, string? hardware, HourlyPrice? recorded, CellDevice device)
    {
        var finding = hardware is null ? Matched(device)
            : Find(hardware) is not null ? Priced(hardware, device, "recorded with the run")
            : recorded is not null ? PriceFinding.None($"it has no price for the hardware '{hardware}'")
            : throw new RunFormatException(folder.ManifestPath, Unknown(hardware));
        return finding.Price is null && recorded is not null
            ? Share(recorded with { Origin = $"{recorded.Origin}; the catalogue has none, for {finding.WhyNot}" }, device)
            : finding;
    }

    private HourlyPrice? Recorded(RunFolder folder, RunManifest manifest)
    {
        if (manifest.UsdPerHour is not { } usdPerHour)
        {
            return null;
        }

        if (!(usdPerHour > 0 && usdPerHour <= UsdText.HighestUsd))
        {
            throw new RunFormatException(folder.ManifestPath,
                string.Create(CultureInfo.InvariantCulture, $"found usdPerHour {usdPerHour}; expected a price above 0."));
        }

        var origin = manifest.Published is null ? "given when it was measured" : "recorded with the published figures";
        return HourlyPrice.Given(usdPerHour, manifest.Hardware,
            $"{origin}{(Purchase is { } terms ? $", {terms.Name()} or not" : string.Empty)}"
            + $"{(Provider is null ? string.Empty : $", of {Provider} or not (--reprice takes the catalogue's)")}");
    }

    /// <summary>Of a machine's price, the share of one of its graphics processors.</summary>
    private static PriceFinding Share(HourlyPrice price, CellDevice device) => new(device is { IsGpu: true, Gpus: > 1 }
        ? (price with { Sold = [new SoldAs("given", "host", price.UsdPerHour, 1)] }).Times(
            1.0 / device.Gpus, string.Create(CultureInfo.InvariantCulture, $"one of {device.Gpus} GPUs of the machine"))
        : price);

    private PriceFinding Matched(CellDevice device)
    {
        var match = HardwareMatch.Of(device, Prices.Hardware);
        return match.Hardware is not { } hardware ? PriceFinding.None(match.Explanation)
            : Find(hardware.Key) is not null ? Priced(hardware.Key, device, match.Explanation)
            : PriceFinding.None($"{match.Explanation}, but there is no such price");
    }

    /// <summary>The catalogue's price of a hardware, brought to the cores that the cell may use.</summary>
    private PriceFinding Priced(string hardware, CellDevice device, string why)
    {
        var price = Find(hardware)!;
        price = price with { Origin = $"{price.Origin} ({why})" };
        var known = Prices.Hardware.FirstOrDefault(row => row.Key == hardware);
        if (known is not null && (known.Kind == HardwareKind.Gpu) != device.IsGpu)
        {
            return PriceFinding.None($"'{hardware}' is a {(device.IsGpu ? "processor" : "GPU")}, and it ran on {device.Label}");
        }

        if (known?.Kind == HardwareKind.Gpu)
        {
            return device.IsSlice
                ? PriceFinding.None($"it ran on a part of a GPU, '{device.Gpu}', and parts have no price of their own. Give --usd-per-hour")
                : new PriceFinding(price);
        }

        if (known?.VirtualCores is not { } virtualCores || price.OnlyWhileWorking || device.Cores is not { } cores || cores == virtualCores)
        {
            return new PriceFinding(price);
        }

        var what = cores == device.LogicalCores
            ? "cores"
            : string.Create(CultureInfo.InvariantCulture, $"of {device.LogicalCores} cores, as the quota allows");
        var how = string.Create(CultureInfo.InvariantCulture, $"by the vCPU: {cores:0.##} {what}, the offer has {virtualCores}");
        return new PriceFinding(price.Times(cores / virtualCores, how)
            .Doubting(string.Create(CultureInfo.InvariantCulture, $"{hardware} has {virtualCores} vCPU and the cell had {cores:0.##} "
                + $"{what}; the price is that of as many vCPU of the same family")));
    }

    private HourlyPrice? Find(string hardware) => Prices.Find(hardware, Purchase, Provider);

    private string Unknown(string hardware) =>
        $"Found no {(Purchase is { } terms ? terms.Name() + " " : string.Empty)}price "
        + $"{(Provider is null ? string.Empty : $"of {Provider} ")}for the hardware '{hardware}'; "
        + "expected one of "
        + $"{string.Join(", ", Prices.Hardware.Select(row => row.Key).Where(key => Find(key) is not null).Order(StringComparer.Ordinal))}, "
        + "or --usd-per-hour.";
}
