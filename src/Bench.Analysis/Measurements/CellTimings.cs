namespace Bench.Analysis.Measurements;

/// <summary>The timed inferences of one launch.</summary>
/// <param name="Round">The round, from 1.</param>
/// <param name="LatenciesMs">The latencies in ms, in the order in which they were measured; at least one.</param>
public sealed record LaunchTimings(int Round, IReadOnlyList<double> LatenciesMs)
{
    /// <summary>How long the machine took for a request, all streams together, in ms; null where one stream was measured.</summary>
    public double? SharedRequestMs { get; init; }

    /// <summary>The node that it ran on, where several machines of a kind have measured the model; null where one has.</summary>
    public string? Node { get; init; }

    /// <summary>How long the machine took for a request in ms: of one stream the mean latency.</summary>
    public double RequestMs => SharedRequestMs ?? LatenciesMs.Average();
}

/// <summary>Every timed inference of one cell, launch by launch.</summary>
/// <param name="CellId">The cell.</param>
/// <param name="Launches">The launches, by round.</param>
public sealed record CellTimings(CellId CellId, IReadOnlyList<LaunchTimings> Launches)
{
    /// <summary>All latencies in ms, one launch after the other.</summary>
    public IEnumerable<double> All => Launches.SelectMany(launch => launch.LatenciesMs);

    /// <summary>How many there are.</summary>
    public int Count => Launches.Sum(launch => launch.LatenciesMs.Count);

    /// <summary>Whether nodes stand in place of launches: the model was measured on several, this cell on one of them at least.</summary>
    internal bool IsOfNodes => AreOfNodes(Launches);

    /// <summary>The launches by what is independent of each other: each for itself, or all of a node together where nodes stand in their
    /// place.</summary>
    internal IReadOnlyList<IReadOnlyList<LaunchTimings>> Units => UnitsOf(Launches);

    /// <summary>Keeps some rounds only: those that ran to their end.</summary>
    /// <param name="rounds">The rounds.</param>
    /// <returns>Their timings.</returns>
    public CellTimings Only(IReadOnlyCollection<int> rounds) =>
        this with { Launches = [.. Launches.Where(launch => rounds.Contains(launch.Round))] };

    /// <summary>Some launches as <see cref="Units"/> has all.</summary>
    internal static IReadOnlyList<IReadOnlyList<LaunchTimings>> UnitsOf(IReadOnlyList<LaunchTimings> launches) => AreOfNodes(launches)
        ? [.. launches.GroupBy(launch => launch.Node).Select(node => node.ToList())]
        : [.. launches.Select(launch => new[] { launch })];

    private static bool AreOfNodes(IReadOnlyList<LaunchTimings> launches) => launches.Any(launch => launch.Node is not null);
}
