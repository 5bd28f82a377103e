using Bench.Analysis.Decision;

namespace Bench.Pictures.Charts;

/// <summary>What a backend can do at a precision on one machine: its measurements, and lines through them by growing batch.</summary>
/// <param name="Name">The backend, the precision, and the machine where there are several.</param>
/// <param name="All">All its measurements, the cheapest first.</param>
/// <param name="Lines">Measurements that differ in nothing but the batch, at least two, by growing batch.</param>
internal sealed record Curve(
    string Name, IReadOnlyList<JudgedCandidate> All, IReadOnlyList<IReadOnlyList<JudgedCandidate>> Lines)
{
    /// <summary>Whether there is a line to be drawn.</summary>
    public bool IsLine => Lines.Count > 0;

    /// <summary>Whether a measurement is where a line begins or ends; of a backend without a line, its cheapest one.</summary>
    public bool IsEnd(JudgedCandidate candidate) => IsLine
        ? Lines.Any(line => candidate == line[0] || candidate == line[^1])
        : candidate == All[0];

    /// <summary>The curves of some candidates, in the order in which their cheapest stand.</summary>
    /// <param name="candidates">The candidates, the cheapest first.</param>
    /// <param name="cell">What the charts show of a candidate.</param>
    public static IReadOnlyList<Curve> Of(IEnumerable<JudgedCandidate> candidates, Func<Candidate, ChartCell> cell) =>
    [
        .. candidates.GroupBy(candidate => cell(candidate.Candidate).Series).Select(series => new Curve(
            series.Count() == 1 ? cell(series.First().Candidate).Label : series.Key, [.. series], [.. LinesOf(series)])),
    ];

    private static IEnumerable<IReadOnlyList<JudgedCandidate>> LinesOf(IEnumerable<JudgedCandidate> series) => series
        .GroupBy(candidate => (Knobs: candidate.Cell.Cell.Variant.With("batch", null), candidate.Cell.Load))
        .Select(same => same.OrderBy(candidate => candidate.Batch).ToList())
        .Where(line => line.Count > 1);
}
