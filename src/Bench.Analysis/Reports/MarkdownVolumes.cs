using System.Globalization;
using System.Text;
using Bench.Analysis.Rendering;
using Bench.Analysis.Rows;

namespace Bench.Analysis.Reports;

/// <summary>Writes what whole volumes take and cost, where a network takes windows of them.</summary>
internal static class MarkdownVolumes
{
    private const double Thousand = 1000;
    private const double Million = 1e6;

    public static void WriteTo(StringBuilder text, ModelReport model)
    {
        var measured = model.Rows.Where(row => row.HasComparableTime).ToList();
        if (model.Volume is not { } volume || measured.Count == 0)
        {
            return;
        }

        var mirrored = volume.Mirrors == 0 ? string.Empty
            : string.Create(CultureInfo.InvariantCulture, $", mirrored along {volume.Mirrors} {(volume.Mirrors == 1 ? "axis" : "axes")}");
        var folds = volume.Folds == 1 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $", by {volume.Folds} networks");
        var how = $"windows of {string.Join('×', volume.Window)}, {Figures.Percent(volume.Overlap)} of each shared with the next"
            + mirrored + folds;
        text.Append(CultureInfo.InvariantCulture,
            $"\nA volume of {string.Join('×', volume.Size)} takes {Figures.Text(volume.Inferences, "#,0")} inferences: {how}. ")
            .Append("What is done besides, such as cutting windows out and putting them together, is not measured.\n\n");
        var table = new MarkdownTable("cell", "seconds per volume ± CI99 half-width", "USD per 1,000 volumes");
        foreach (var row in measured)
        {
            var (mean, half) = (row.Throughput!.ImageMs, row.Throughput.ImageInterval?.HalfWidth);
            table.Add(
                row.Label,
                $"{Seconds(mean * volume.Inferences)}{(half is { } width ? $" ± {Seconds(width * volume.Inferences)}" : string.Empty)}",
                row.Cost is { } cost ? Figures.Usd(cost.UsdPerMillionImages / Million * volume.Inferences * Thousand) : Figures.None);
        }

        table.WriteTo(text);
    }

    private static string Seconds(double ms) => Figures.Text(ms / Thousand, "0.000");
}
