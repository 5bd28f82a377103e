using System.Globalization;
using System.Text.Json.Nodes;
using Bench.Analysis.Decision;
using Bench.Analysis.Measurements;
using Bench.Analysis.Reports;
using Bench.Analysis.Rows;
using Bench.Analysis.Runs;
using Bench.Pictures.Charts;
using Bench.Pictures.Rendering;

namespace Bench.Pictures;

/// <summary>The pictures of a report, in the manner of the study's three figures, and two more.</summary>
public static class PictureSet
{
    /// <summary>Makes the pictures.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="report">The report on them.</param>
    /// <param name="decisions">What to buy, a decision for each model; empty if that was not decided.</param>
    /// <returns>The pictures of each model, the most important first.</returns>
    public static IReadOnlyList<Picture> Create(IReadOnlyList<PricedRun> runs, Report report, IReadOnlyList<ModelDecision> decisions) =>
        [.. report.Models.Zip(FileStems([.. report.Models.Select(model => model.Id)]))
            .SelectMany(model => OfModel(
                runs, model.First, decisions.FirstOrDefault(decision => decision.Model == model.First.Id), model.Second)
                .Concat(OfSearch(report, model.First, model.Second)))];

    /// <summary>Draws pictures into files.</summary>
    /// <param name="pictures">The pictures.</param>
    /// <param name="folder">The folder; it is created if it is not there.</param>
    /// <returns>The files.</returns>
    /// <exception cref="PicturesUnavailableException">Vega-Lite was not there when this library was built.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static IReadOnlyList<string> Write(IReadOnlyList<Picture> pictures, string folder)
    {
        using var renderer = new VegaRenderer();
        var drawn = pictures.Select(
            picture => (Path: Path.Combine(folder, picture.FileName), Svg: renderer.ToSvg(picture.Specification.ToJsonString()))).ToList();
        Directory.CreateDirectory(folder);
        foreach (var (path, svg) in drawn)
        {
            File.WriteAllText(path, svg);
        }

        return drawn.ConvertAll(file => file.Path);
    }

    /// <summary>Names for files, whatever the models are called, no two of them the same.</summary>
    private static List<string> FileStems(IReadOnlyList<string> models)
    {
        var stems = new List<string>();
        foreach (var model in models)
        {
            var plain = string.Concat(model.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter : '_'));
            var stem = plain;
            for (var number = 2; stems.Contains(stem, StringComparer.OrdinalIgnoreCase); number++)
            {
                stem = string.Create(CultureInfo.InvariantCulture, $"{plain}-{number}");
            }

            stems.Add(stem);
        }

        return stems;
    }

    private static IEnumerable<Picture> OfSearch(Report report, ModelReport model, string stem)
    {
        if (report.Runs.Select(run => run.Tune).FirstOrDefault(tune => tune?.Default.Model == model.Id) is { } tune
            && TuneChart.Create(tune) is { } search)
        {
            yield return new Picture(
                model.Id, $"{stem}-tune.svg", "tune", $"What each configuration of {model.Id} cost in the search for the cheapest", search);
        }
    }

    private static IEnumerable<Picture> OfModel(IReadOnlyList<PricedRun> runs, ModelReport model, ModelDecision? decision, string stem)
    {
        Picture Named(string kind, string alternative, JsonObject specification) =>
            new(model.Id, $"{stem}-{kind}.svg", kind, alternative, specification);
        var cells = ChartCell.Of(model, decision);
        if (cells.Count == 0)
        {
            yield break;
        }

        var known = cells.DistinctBy(cell => (cell.Row.RunId, cell.Row.Measurement))
            .ToDictionary(cell => (cell.Row.RunId, cell.Row.Measurement));
        ChartCell Cell(Candidate candidate) => known[(candidate.RunId, candidate.Measurement)];
        if (decision is not null)
        {
            if (DecisionChart.Create(decision, Cell) is { } steps)
            {
                yield return Named("decision", $"Cost of the cheapest choice for {model.Id} against the time limit", steps);
            }

            if (ParetoChart.Create(decision, Cell) is { } pareto)
            {
                yield return Named("pareto", $"Latency and cost of each cell of {model.Id}", pareto);
            }
        }

        if (CostChart.Create(model.Id, cells) is { } cost)
        {
            yield return Named("cost", $"Time and cost of each cell of {model.Id}", cost);
        }

        yield return Named("time", $"Time of each cell of {model.Id} by platform", TimeChart.Create(model.Id, cells));
        if (LatencyChart.Create(model.Id, Timings(runs, cells)) is { } latency)
        {
            yield return Named("latency", $"Distribution of the latencies of each cell of {model.Id}", latency);
        }
    }

    private static List<(string Label, CellTimings Timings, LatencyEstimate Latency)> Timings(
        IReadOnlyList<PricedRun> runs, IReadOnlyList<ChartCell> cells)
    {
        var found = new List<(string, CellTimings, LatencyEstimate)>();
        foreach (var cell in cells.Where(cell => cell.Row.Status == CellStatus.Measured))
        {
            var run = runs.First(run => run.Manifest.Id == cell.Row.RunId);
            if (run.Measured.TimingsOf(cell.Row.Facts) is { } timings)
            {
                found.Add((cell.Label, timings, cell.Row.Latency!));
            }
        }

        return found;
    }
}
