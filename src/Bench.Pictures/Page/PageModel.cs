using Bench.Analysis.Consoles;
using Bench.Analysis.Decision;
using Bench.Analysis.Months;

namespace Bench.Pictures.Page;

/// <summary>A model, as the page's script knows it.</summary>
internal sealed record PageModel
{
    public required string Id { get; init; }

    public required string Quantile { get; init; }

    public required double? LimitMs { get; init; }

    public required double? ImagesPerSecond { get; init; }

    /// <summary>How many images a month are asked first; null if none.</summary>
    public required double? ImagesPerMonth { get; init; }

    /// <summary>How many windows a volume has; null for a model without.</summary>
    public required long? Windows { get; init; }

    /// <summary>How likely the first choice is the cheapest; null if that is not known.</summary>
    public required double? Chance { get; init; }

    public required IReadOnlyList<PageCandidate> Candidates { get; init; }

    /// <summary>How many times as dear the second must be so that it is told from the first; null where nothing tells them apart.</summary>
    public required IReadOnlyList<double?[]> Ties { get; init; }

    public static PageModel Of(PageContent content, ModelDecision decision, IReadOnlyList<PriceKey> prices)
    {
        var question = content.Question;
        var candidates = decision.Candidates.Select(judged => judged.Candidate).ToList();
        var names = Names(candidates);
        return new PageModel
        {
            Id = decision.Model,
            Quantile = PageData.Name(question.Quantile),
            LimitMs = question.LimitMs,
            ImagesPerSecond = question.Cost.ImagesPerSecond,
            ImagesPerMonth = question.Demands.GetValueOrDefault(decision.Model)?.ImagesPerMonth,
            Windows = content.Report.Models.Single(model => model.Id == decision.Model).Volume?.Inferences,
            Chance = content.IsAsAsked ? decision.Choice?.ProbabilityCheapest : null,
            Candidates = [.. decision.Candidates.Select((judged, i) => PageCandidate.Of(content, judged, names[i], candidates)
                with { Price = prices.Index().First(entry => entry.Item == PriceKey.Of(judged)).Index })],
            Ties = [.. candidates.Select(one => candidates.Select(other => Finite(CostTie.LargestTied(one, other))).ToArray())],
        };
    }

    /// <summary>Short names, or where two would be the same the long ones.</summary>
    private static List<string> Names(List<Candidate> candidates)
    {
        var names = candidates.ConvertAll(ConsoleNames.Of);
        return [.. names.Select((name, i) => names.Count(other => other == name) > 1 ? candidates[i].Label : name)];
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}

/// <summary>A candidate, as the page's script knows it.</summary>
internal sealed record PageCandidate
{
    public required string Cell { get; init; }

    public required string Run { get; init; }

    public required string Name { get; init; }

    public required string Engine { get; init; }

    public required string Settings { get; init; }

    public required string Label { get; init; }

    public required string Hardware { get; init; }

    /// <summary>Which of the prices is its.</summary>
    public int Price { get; init; }

    public required int Batch { get; init; }

    public required int Streams { get; init; }

    public required IReadOnlyList<string> Objections { get; init; }

    public required Feasibility? HoldsRate { get; init; }

    public required string Outputs { get; init; }

    public required double? MetricChange { get; init; }

    public required double ImagesPerSecond { get; init; }

    /// <summary>The time that the machine works for an image in ms.</summary>
    public required double WorkMs { get; init; }

    public required double StartMs { get; init; }

    /// <summary>The most requests a second that a closed load gave.</summary>
    public required double MostRequests { get; init; }

    /// <summary>The rate of an open load; null for a closed one.</summary>
    public required double? OpenRate { get; init; }

    public required PageCost Cost { get; init; }

    /// <summary>The same for each USD that an hour costs, if the reader says what it does.</summary>
    public required double CostPerUsd { get; init; }

    public required double? HalfWidthPerUsd { get; init; }

    /// <summary>What is known of each latency.</summary>
    public required IReadOnlyDictionary<string, LatencyBound> Latency { get; init; }

    public static PageCandidate Of(PageContent content, JudgedCandidate judged, string name, IReadOnlyList<Candidate> all)
    {
        var (candidate, cost) = (judged.Candidate, content.Question.Cost);
        return new PageCandidate
        {
            Cell = judged.Cell.ToString(),
            Run = judged.Run,
            Name = name,
            Engine = $"{candidate.Cell.Backend} {candidate.Cell.Precision}",
            Settings = ConsoleNames.Settings(candidate.Measurement),
            Label = candidate.Label,
            Hardware = candidate.Hardware,
            Batch = judged.Batch,
            Streams = judged.Streams,
            Objections = judged.Objections,
            HoldsRate = judged.HoldsRate,
            Outputs = judged.Outputs,
            MetricChange = judged.MetricChange,
            ImagesPerSecond = candidate.Throughput.ImagesPerSecond,
            WorkMs = MonthRule.WorkMs(candidate, all),
            StartMs = candidate.StartMs,
            MostRequests = Capacity.MostRequestsPerSecond(candidate),
            OpenRate = candidate.Load.RequestsPerSecond,
            Cost = new PageCost(
                candidate.Cost.UsdPerMillionImages, candidate.Cost.HalfWidth,
                candidate.Cost.LowUsdPerMillionImages, candidate.Cost.HighUsdPerMillionImages),
            CostPerUsd = cost.UsdPerMillionImages(candidate.ImageMs, candidate.StartMs, 1, onlyWhileWorking: false),
            HalfWidthPerUsd = candidate.Throughput.ImageInterval is { } interval && cost.ImagesPerSecond is null
                ? interval.HalfWidth * cost.UsdPerMillionPerMs(1, onlyWhileWorking: false) : null,
            Latency = content.Decisions.ToDictionary(entry => PageData.Name(entry.Key), entry => Same(entry.Value, judged).Latency),
        };
    }

    private static JudgedCandidate Same(IReadOnlyList<ModelDecision> decisions, JudgedCandidate judged) =>
        decisions.SelectMany(decision => decision.Candidates).First(other => other.Candidate == judged.Candidate);
}

/// <summary>What a million images cost in USD.</summary>
internal sealed record PageCost(double Usd, double? HalfWidth, double Low, double High);
