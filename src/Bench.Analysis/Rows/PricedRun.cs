using Bench.Analysis.Cost;
using Bench.Analysis.Input;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Rows;

/// <summary>A run, and what an hour of what its cells ran on costs.</summary>
/// <param name="Measured">The run.</param>
/// <param name="Prices">What the user says about prices.</param>
public sealed record PricedRun(MeasuredRun Measured, RunPrice Prices)
{
    /// <summary>The run's folder.</summary>
    public RunFolder Folder => Measured.Folder;

    /// <summary>What the run recorded.</summary>
    public RunManifest Manifest => Measured.Manifest;

    /// <summary>Reads runs.</summary>
    /// <param name="folders">The run folders.</param>
    /// <param name="price">What the user says about the machines' price.</param>
    /// <returns>The runs.</returns>
    /// <exception cref="RunFormatException">A folder, or a file in it, is missing or damaged.</exception>
    /// <exception cref="ArgumentException">A hardware key or price is not a valid one.</exception>
    public static IReadOnlyList<PricedRun> Read(IReadOnlyList<RunFolder> folders, RunPrice price)
    {
        price.Check();
        var runs = folders.Select(MeasuredRun.Read).Select(run => new PricedRun(run, price)).ToList();
        price.Check([.. runs.Select(run => run.Manifest)]);
        return runs;
    }

    /// <summary>What an hour of what a cell ran on costs, or why that is not known.</summary>
    /// <param name="cell">A cell of the run.</param>
    /// <returns>The price.</returns>
    /// <exception cref="RunFormatException">The run recorded a hardware or a price that is none.</exception>
    public PriceFinding PriceOf(CellFacts cell) => Prices.Of(Folder, Manifest, cell);

    /// <summary>The prices of all that has a time, each once, with what it is the price of.</summary>
    public IReadOnlyList<DevicePrice> DevicePrices =>
    [
        .. Manifest.Cells.Where(cell => cell.Status is CellStatus.Measured or CellStatus.Published && cell.NotComparable is null)
            .Select(cell => (Device: CellDevice.Of(Manifest.Machine, cell).Label, Finding: PriceOf(cell)))
            .Select(entry => new DevicePrice(entry.Device, entry.Finding.Price, entry.Finding.WhyNot))
            .DistinctBy(entry => (entry.Device, entry.Price?.UsdPerHour, entry.Price?.Origin, entry.WhyNot)),
    ];

    /// <summary>What this run recorded of a model; null if nothing.</summary>
    internal ModelFacts? Model(string id) => Manifest.Models.FirstOrDefault(model => model.Id == id);
}

/// <summary>What an hour of a device costs.</summary>
/// <param name="Device">What cells ran on.</param>
/// <param name="Price">The price; null if unknown.</param>
/// <param name="WhyNot">Why it is unknown; null if it is not.</param>
public sealed record DevicePrice(string Device, HourlyPrice? Price, string? WhyNot);
