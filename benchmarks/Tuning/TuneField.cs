using Bench.Analysis.Measurements;
using Bench.Analysis.Rows;
using Bench.Analysis.Runs;

namespace Bench.Benchmarks.Tuning;

/// <summary>What is searched, after one launch of every precision of every engine has shown what is out of the question.</summary>
/// <param name="Candidates">The configurations; one of them is the default.</param>
/// <param name="Pruned">The others, with the reason.</param>
/// <param name="UsdPerHour">What an hour of what each precision of each engine runs on costs; empty where nobody knows any price.</param>
internal sealed record TuneField(
    IReadOnlyList<TuneCandidate> Candidates, IReadOnlyList<TuneStanding> Pruned,
    IReadOnlyDictionary<(string Engine, string Precision), double> UsdPerHour)
{
    /// <summary>What others are compared with; null if it cannot be measured.</summary>
    public TuneCandidate? Default => Candidates.FirstOrDefault(candidate => candidate.IsDefault);

    /// <summary>Whether costs are dollars; else they are the machine's time.</summary>
    public bool IsPriced => UsdPerHour.Count > 0;

    /// <summary>What an hour of a cell costs; 1 where no price is known.</summary>
    public double Price(CellId cell) => UsdPerHour.GetValueOrDefault((cell.Backend.ToString(), cell.Precision), 1);

    /// <summary>Puts it together.</summary>
    /// <param name="cells">All cells.</param>
    /// <param name="standard">The default.</param>
    /// <param name="rows">What the launches showed.</param>
    /// <param name="run">The run that they are of, for prices.</param>
    /// <param name="quality">What is asked of outputs.</param>
    public static TuneField Of(
        IReadOnlyList<CellFacts> cells, CellId standard, IReadOnlyList<MeasurementRow> rows, PricedRun run, TuneQuality quality)
    {
        static (string, string) Kind(CellId cell) => (cell.Backend.ToString(), cell.Precision);

        var prices = new Dictionary<(string, string), double>();
        foreach (var row in rows.Where(row => row.Latency is not null))
        {
            if (run.PriceOf(row.Facts).Price is { } price)
            {
                prices[Kind(row.CellId)] = price.UsdPerHour;
            }
        }

        var (candidates, pruned) = (new List<TuneCandidate>(), new List<TuneStanding>());
        foreach (var cell in cells)
        {
            var candidate = new TuneCandidate(cell.Id, cell.Id == standard);
            var row = rows.FirstOrDefault(row => Kind(row.CellId) == Kind(cell.Id));
            var reason = cell.Status != CellStatus.Pending ? cell.Reason
                : row is null ? "nothing is known of this precision of the engine"
                : row.Latency is null ? row.Reason
                : prices.Count > 0 && !prices.ContainsKey(Kind(cell.Id)) ? $"it has no price: {row.WhyNoCost}"
                // What others are compared with need not be good.
                : candidate.IsDefault ? null : quality.WhyNot(row);
            if (reason is null)
            {
                candidates.Add(candidate);
            }
            else
            {
                pruned.Add(new TuneStanding(candidate, TuneStage.Pruned, 0, reason));
            }
        }

        return new TuneField(candidates, pruned, prices);
    }
}
