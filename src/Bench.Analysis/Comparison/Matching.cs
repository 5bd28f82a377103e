using Bench.Analysis.Runs;

namespace Bench.Analysis.Comparison;

/// <summary>The same cell or benchmark on both sides.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Base">The base's; it has times.</param>
/// <param name="Current">The current one; it has times.</param>
internal sealed record MatchedPair(string Name, SideBenchmark Base, SideBenchmark Current);

/// <summary>Which benchmark of one side is which of the other. Nothing is dropped.</summary>
internal sealed record Matching(IReadOnlyList<MatchedPair> Pairs, IReadOnlyList<Unmatched> Missing, IReadOnlyList<Unmatched> New, IReadOnlyList<Unmatched> Failed)
{
    /// <exception cref="RunFormatException">A side has a name twice.</exception>
    public static Matching Of(ComparisonSide baseline, ComparisonSide current)
    {
        // A table in markdown has no full names, so both sides go by the short ones.
        var byShortName = baseline.IsMarkdown || current.IsMarkdown;
        string Key(SideBenchmark benchmark) => byShortName ? benchmark.ShortName : benchmark.Name;
        var from = Groups(baseline, Key);
        var to = Groups(current, Key);
        var pairs = new List<MatchedPair>();
        var missing = new List<Unmatched>();
        var added = new List<Unmatched>();
        var failed = new List<Unmatched>();
        foreach (var (name, candidates) in from)
        {
            var others = to.GetValueOrDefault(name, []);

            // A single job on each side is the same one, whatever it is called there.
            var isSingle = candidates.Count == 1 && others.Count == 1;
            foreach (var candidate in candidates)
            {
                var other = isSingle ? others[0] : others.Find(benchmark => benchmark.Job == candidate.Job);
                Match(candidate, other, isSingle ? candidate.Name : candidate.Label);
            }
        }

        foreach (var (name, candidates) in to)
        {
            var others = from.GetValueOrDefault(name, []);
            foreach (var candidate in candidates.Where(candidate => !(candidates.Count == 1 && others.Count == 1) && !others.Exists(other => other.Job == candidate.Job)))
            {
                if (candidate.Failure is null)
                {
                    added.Add(new Unmatched(candidate.Label, "the base does not have it", IsNew: true));
                }
                else if (candidate.WasTried)
                {
                    failed.Add(new Unmatched(candidate.Label, $"the base does not have it, and it failed: {candidate.Failure}", IsNew: true));
                }
            }
        }

        return new Matching(pairs, missing, added, failed);

        void Match(SideBenchmark before, SideBenchmark? now, string name)
        {
            if (before.Failure is null && now?.Failure is null && now is not null)
            {
                pairs.Add(new MatchedPair(name, before, now));
            }
            else if (before.Failure is null)
            {
                missing.Add(new Unmatched(name, now is null ? "the current side does not have it" : $"{(now.WasTried ? "failed" : "unavailable")} on the current side: {now.Failure}"));
            }
            else if (now is { Failure: null })
            {
                added.Add(new Unmatched(name, $"{(before.WasTried ? "failed" : "unavailable")} in the base: {before.Failure}"));
            }
            else if (before.WasTried || now?.WasTried == true)
            {
                failed.Add(new Unmatched(name, now is null ? $"failed in the base, and the current side does not have it: {before.Failure}" : $"failed on both sides, now: {now.Failure}"));
            }
        }
    }

    private static Dictionary<string, List<SideBenchmark>> Groups(ComparisonSide side, Func<SideBenchmark, string> key)
    {
        var groups = side.Benchmarks.GroupBy(key).ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);
        foreach (var group in groups.Values.Where(group => group.DistinctBy(benchmark => benchmark.Job).Count() < group.Count))
        {
            throw new RunFormatException(side.Source, $"found {group[0].Label} {group.Count} times; expected every benchmark once. Benchmarks whose names differ only in what an export leaves out cannot be told apart.");
        }

        return groups;
    }
}
