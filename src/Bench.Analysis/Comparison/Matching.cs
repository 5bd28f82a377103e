using Bench.Analysis.Input;
using Bench.Analysis.Measurements;

namespace Bench.Analysis.Comparison;

/// <summary>The same cell or benchmark on both sides.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Base">The base's; it has times.</param>
/// <param name="Current">The current one; it has times.</param>
internal sealed record MatchedPair(string Name, SideBenchmark Base, SideBenchmark Current);

/// <summary>Which benchmark of one side is which of the other. What cannot be paired is listed.</summary>
/// <param name="Pairs">What has times on both sides.</param>
/// <param name="Missing">What the base measured and the current side did not.</param>
/// <param name="New">What only the current side measured.</param>
/// <param name="Failed">What failed, and was not measured by the base either.</param>
/// <param name="Ambiguous">What stands several times on a side under one name, so that nobody can tell which is which.</param>
internal sealed record Matching(
    IReadOnlyList<MatchedPair> Pairs,
    IReadOnlyList<Unmatched> Missing,
    IReadOnlyList<Unmatched> New,
    IReadOnlyList<Unmatched> Failed,
    IReadOnlyList<Unmatched> Ambiguous)
{
    private const int MostNames = 10;

    /// <summary>All names, as tables and rules have them.</summary>
    private IEnumerable<string> Names => Pairs.Select(pair => pair.Name)
        .Concat(new[] { Missing, New, Failed, Ambiguous }.SelectMany(list => list).Select(entry => entry.Name));

    /// <summary>What matches a pattern, and what is the control of it.</summary>
    /// <param name="filter">The pattern.</param>
    /// <param name="isControl">Whether a pair is a control.</param>
    /// <returns>What is left, and the names of what is not.</returns>
    /// <exception cref="ArgumentException">The pattern matches nothing; some of what there is is named.</exception>
    public (Matching Matching, IReadOnlyList<string> LeftOut) Only(string filter, Func<MatchedPair, bool> isControl)
    {
        var all = Names.Order(StringComparer.Ordinal).ToList();
        var kept = new Matching([.. Pairs.Where(pair => Matches(pair.Name) || isControl(pair))], Only(Missing), Only(New), Only(Failed),
            Only(Ambiguous));
        return all.Exists(Matches)
            ? (kept, [.. all.Except(kept.Names)])
            : throw new ArgumentException(
                $"--filter: '{filter}' matches nothing; expected a pattern of whole names, such as '*{LastPart(all[0])}*'. "
                + $"There {(all.Count == 1 ? "is" : "are")} {string.Join(", ", all.Take(MostNames))}{AndMore(all.Count - MostNames)}.");

        // Where a name has its job behind it, whoever leaves the job out means all jobs.
        bool Matches(string name) => CellPattern.Matches(filter, name)
            || (name.EndsWith(']') && name.LastIndexOf(" [", StringComparison.Ordinal) is var job and > 0
                && CellPattern.Matches(filter, name[..job]));

        IReadOnlyList<Unmatched> Only(IReadOnlyList<Unmatched> list) => [.. list.Where(entry => Matches(entry.Name))];
    }

    private static string AndMore(int count) => count > 0 ? $" and {count} more" : string.Empty;

    // Of Acme.Text.Joining.Builder(N: 10) that is Builder, of a cell its model.
    private static string LastPart(string name) =>
        CellId.TryParse(name, null, out var cell) ? cell.Model : name.Split('(', ' ')[0].Split('.')[^1];

    /// <summary>Pairs the benchmarks of two sides.</summary>
    public static Matching Of(ComparisonSide baseline, ComparisonSide current)
    {
        var (from, to) = (new HashSet<SideBenchmark>(baseline.Benchmarks, ReferenceEqualityComparer.Instance),
            new HashSet<SideBenchmark>(current.Benchmarks, ReferenceEqualityComparer.Instance));
        var paired = new Dictionary<SideBenchmark, SideBenchmark>(ReferenceEqualityComparer.Instance);
        foreach (var (name, key) in MatchKeys.All)
        {
            if (from.Count == 0 || to.Count == 0)
            {
                break;
            }

            var (ones, others) = (Once(from, baseline.Benchmarks, name, key), Once(to, current.Benchmarks, name, key));
            foreach (var (text, one) in ones)
            {
                if (others.TryGetValue(text, out var other) && MatchKeys.MayBeSame(one, other))
                {
                    paired[one] = other;
                    from.Remove(one);
                    to.Remove(other);
                }
            }
        }

        return new Sorter(baseline, current).Sort(paired, to);
    }

    /// <summary>What is left of a side, by a key; without keys that several have.</summary>
    private static Dictionary<string, SideBenchmark> Once(
        HashSet<SideBenchmark> left, IReadOnlyList<SideBenchmark> side, Func<SideBenchmark, string?> name, MatchKeys.Key key)
    {
        var siblings = side.Where(benchmark => name(benchmark) is not null).ToLookup(benchmark => name(benchmark)!);
        var groups = siblings.SelectMany(group =>
        {
            IReadOnlyList<SideBenchmark> all = [.. group];
            return all.Where(left.Contains).Select(benchmark => (Benchmark: benchmark, Key: key(benchmark, all)!));
        });
        return groups.GroupBy(entry => entry.Key).Where(group => group.Count() == 1)
            .ToDictionary(group => group.Key, group => group.Single().Benchmark, StringComparer.Ordinal);
    }

    /// <summary>Says of each benchmark what it is: paired, missing, new, failed, or not to be told apart from another.</summary>
    private sealed class Sorter(ComparisonSide baseline, ComparisonSide current)
    {
        private readonly List<MatchedPair> _pairs = [];
        private readonly List<Unmatched> _missing = [];
        private readonly List<Unmatched> _new = [];
        private readonly List<Unmatched> _failed = [];

        public Matching Sort(Dictionary<SideBenchmark, SideBenchmark> paired, HashSet<SideBenchmark> leftOfCurrent)
        {
            var ambiguous = Ambiguous(baseline, [.. baseline.Benchmarks.Where(benchmark => !paired.ContainsKey(benchmark))], "base")
                .Concat(Ambiguous(current, [.. current.Benchmarks.Where(leftOfCurrent.Contains)], "current side"))
                .ToList();
            var names = ambiguous.Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
            foreach (var before in baseline.Benchmarks)
            {
                var now = paired.GetValueOrDefault(before);
                if (now is not null || !names.Contains(before.Label))
                {
                    Add(before, now, NameOf(before, now));
                }
            }

            foreach (var now in current.Benchmarks.Where(benchmark => leftOfCurrent.Contains(benchmark)
                && !names.Contains(benchmark.Label)))
            {
                AddNew(now);
            }

            return new Matching(_pairs, _missing, _new, _failed, ambiguous);
        }

        /// <summary>
        /// The name alone, as long as only one benchmark of each side has it; of what is on one side only, as long as no other has it.
        /// </summary>
        private string NameOf(SideBenchmark before, SideBenchmark? now)
        {
            var isAlone = Count(baseline, before.Name) == 1 && (now is null ? Count(current, before.Name) == 0
                : Count(current, now.Name) == 1);
            return isAlone ? before.Name : before.Label;
        }

        private static int Count(ComparisonSide side, string name) => side.Benchmarks.Count(benchmark => benchmark.Name == name);

        private static IEnumerable<Unmatched> Ambiguous(ComparisonSide side, IReadOnlyList<SideBenchmark> left, string where) =>
            left.GroupBy(benchmark => benchmark.Label, StringComparer.Ordinal)
                .Where(group => group.Count() > 1 || side.Benchmarks.Count(other => other.Label == group.Key) > 1)
                .Select(group => new Unmatched(group.Key, Reason(group.Key, side, where)));

        private static string Reason(string label, ComparisonSide side, string where)
        {
            var same = side.Benchmarks.Where(benchmark => benchmark.Label == label).ToList();
            var files = same.Select(benchmark => benchmark.File).Where(file => file.Length > 0).Distinct().ToList();
            return files.Count > 1
                ? $"stands {same.Count} times in the {where}, in {string.Join(" and ", files)}. "
                    + "Give the file that you mean, or keep runs in folders of their own"
                : $"stands {same.Count} times in the {where}, and nothing that the export keeps tells them apart. "
                    + "Give the parameters texts of their own";
        }

        private void Add(SideBenchmark before, SideBenchmark? now, string name)
        {
            if (before.Failure is null && now is { Failure: null })
            {
                _pairs.Add(new MatchedPair(name, before, now));
            }
            else if (before.Failure is null)
            {
                _missing.Add(new Unmatched(name, now is null
                    ? "the current side does not have it"
                    : $"{(now.WasTried ? "failed" : "unavailable")} on the current side: {now.Failure}")
                {
                    IsGone = now is null,
                });
            }
            else if (now is { Failure: null })
            {
                _new.Add(new Unmatched(name, $"{(before.WasTried ? "failed" : "unavailable")} in the base: {before.Failure}"));
            }
            else if (before.WasTried || now?.WasTried == true)
            {
                _failed.Add(new Unmatched(name, now is null
                    ? $"failed in the base, and the current side does not have it: {before.Failure}"
                    : $"failed on both sides, now: {now.Failure}"));
            }
        }

        private void AddNew(SideBenchmark now)
        {
            var name = Count(baseline, now.Name) == 0 && Count(current, now.Name) == 1 ? now.Name : now.Label;
            if (now.Failure is null)
            {
                _new.Add(new Unmatched(name, "the base does not have it", IsNew: true));
            }
            else if (now.WasTried)
            {
                _failed.Add(new Unmatched(name, $"the base does not have it, and it failed: {now.Failure}", IsNew: true));
            }
        }
    }
}
