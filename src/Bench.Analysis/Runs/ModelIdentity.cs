namespace Bench.Analysis.Runs;

/// <summary>Whether what runs call by one name is one network.</summary>
internal static class ModelIdentity
{
    /// <summary>Finds what is wrong with calling them one model.</summary>
    /// <param name="runs">What each run says of the model. A run has only the files that its engines and precisions needed.</param>
    /// <returns>What differs, each once; empty if it is one network as far as is told.</returns>
    public static IEnumerable<NetworkDifference> Differing(IReadOnlyList<(string Run, ModelFacts Model)> runs)
    {
        var files = runs.SelectMany(run => run.Model.Files.Select(file => (run.Run, file.Key, file.Value))).ToList();
        foreach (var kind in files.GroupBy(file => file.Key))
        {
            // Not by a single value: a run that tells no sources goes by its files.
            if (kind.Index().Any(file => kind.Take(file.Index).Any(earlier => !earlier.Value.IsSameNetworkAs(file.Item.Value))))
            {
                var areTold = kind.All(file => file.Value.Source is not null);
                yield return new NetworkDifference(kind.Key, areTold,
                    [.. kind.Select(file => (areTold ? file.Value.Source! : file.Value.Sha256, file.Run))]);
            }
        }

        foreach (var (index, (run, model)) in runs.Index())
        {
            foreach (var (earlier, other) in runs.Take(index).Where(earlier => HaveOtherSources(earlier.Model, model)))
            {
                yield return new NetworkDifference(string.Join(" and ", other.Files.Keys.Concat(model.Files.Keys)), true,
                    [.. Sources(other).Select(source => (source, earlier)), .. Sources(model).Select(source => (source, run))]);
            }
        }
    }

    // Without a kind in common they can be told apart only where a file says that it is made from another:
    // each may be a network of its own.
    private static bool HaveOtherSources(ModelFacts one, ModelFacts other) =>
        !one.Files.Keys.Intersect(other.Files.Keys).Any()
        && one.Files.Values.Concat(other.Files.Values).Any(file => file.Recipe is not null)
        && Sources(one) is { Count: > 0 } sources && Sources(other) is { Count: > 0 } others && !sources.Overlaps(others);

    private static HashSet<string> Sources(ModelFacts model) => [.. model.Files.Values.Select(file => file.Source).OfType<string>()];
}

/// <summary>What runs call by one name, and is not one network.</summary>
/// <param name="Kind">Which files differ, as <see cref="ModelFacts.Files"/> calls them.</param>
/// <param name="IsOfSources">Whether their sources are told and differ; else the files do.</param>
/// <param name="Found">SHA-256 of source or file, and the run.</param>
internal sealed record NetworkDifference(string Kind, bool IsOfSources, IReadOnlyList<(string Sha256, string Run)> Found);
