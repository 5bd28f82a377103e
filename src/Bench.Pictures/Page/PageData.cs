using System.Text.Json;
using System.Text.Json.Nodes;
using Bench.Analysis.Cost;
using Bench.Analysis.Decision;
using Bench.Analysis.Months;
using Bench.Pictures.Rendering;

namespace Bench.Pictures.Page;

/// <summary>What the page's script works with. What could end a script element is escaped.</summary>
internal sealed record PageData
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public required IReadOnlyList<PagePrice> Prices { get; init; }

    public required IReadOnlyList<PageModel> Models { get; init; }

    /// <summary>The loads that a month is planned with, the highest first.</summary>
    public IReadOnlyList<double> Loads { get; } = AdmissibleLoad.Loads;

    /// <summary>How long requests wait at each load, in service times, by streams and latency.</summary>
    public required IReadOnlyDictionary<int, Dictionary<string, double[]>> Waits { get; init; }

    /// <summary>Specifications by the name of the picture, with the latency in front where it shows one.</summary>
    public required IReadOnlyDictionary<string, JsonObject> Pictures { get; init; }

    public IReadOnlyList<string[]> Swaps { get; } = [.. SvgTheme.Swaps.Select(swap => new[] { swap.Light, swap.Dark })];

    /// <summary>The data of a page.</summary>
    public static PageData Of(PageContent content)
    {
        var prices = content.First.SelectMany(decision => decision.Candidates)
            .Select(PriceKey.Of).Distinct().ToList();
        var all = content.First.SelectMany(decision => decision.Candidates).ToList();
        return new PageData
        {
            Prices = [.. prices.Select(key => PagePrice.Of(all.First(judged => PriceKey.Of(judged) == key)))],
            Models = [.. content.First.Select(decision => PageModel.Of(content, decision, prices))],
            Waits = content.Question.Cost == CostModel.Runtime
                ? all.Where(judged => judged.Candidate.Load.IsClosed).Select(judged => judged.Streams).Distinct().ToDictionary(
                    streams => streams,
                    streams => AdmissibleLoad.Waits(streams).ToDictionary(entry => Name(entry.Key), entry => entry.Value))
                : [],
            Pictures = content.Pictures
                .SelectMany(entry => entry.Value.Select(picture => (Key: Key(entry.Key, picture), picture.Specification)))
                .DistinctBy(entry => entry.Key).ToDictionary(entry => entry.Key, entry => entry.Specification),
        };
    }

    /// <summary>What a latency is called in the data.</summary>
    public static string Name(LatencyQuantile quantile) => JsonNamingPolicy.CamelCase.ConvertName(quantile.ToString());

    public string ToJson() => JsonSerializer.Serialize(this, Options);

    private static string Key(LatencyQuantile quantile, Picture picture) =>
        picture.ShowsLimits ? $"{Name(quantile)}/{picture.FileName}" : picture.FileName;
}

/// <summary>What tells prices of an hour apart.</summary>
internal readonly record struct PriceKey(string Hardware, double UsdPerHour, string Sold, OnPremise? Own)
{
    public static PriceKey Of(JudgedCandidate judged) =>
        new(judged.Hardware, judged.Price.UsdPerHour, string.Join('|', judged.Price.Sold), judged.Price.Own);
}

/// <summary>A price that the reader may replace by another.</summary>
internal sealed record PagePrice(
    string Name, double UsdPerHour, string Origin, IReadOnlyList<SoldAs> Sold, PageOwner? Own)
{
    public static PagePrice Of(JudgedCandidate judged) => new(
        judged.Hardware, judged.Price.UsdPerHour, judged.Price.Origin, judged.Price.Sold,
        judged.Price.Own is { } own ? new PageOwner(own.UsdOfOwningPerMonth, own.UsdOfEnergyPerHour) : null);
}

/// <summary>What a machine of one's own costs.</summary>
internal sealed record PageOwner(double PerMonth, double EnergyPerHour);
