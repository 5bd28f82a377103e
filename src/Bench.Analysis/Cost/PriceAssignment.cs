using Bench.Analysis.Input;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Cost;

/// <summary>A price, or a hardware, that the user gives to some runs or to some of their cells.</summary>
/// <typeparam name="T">What is given.</typeparam>
/// <param name="Target">To what: <c>RUN</c>, or <c>RUN/CELLPATTERN</c>. RUN is a run's id or its machine's host name,
/// <c>*</c> standing for anything.</param>
/// <param name="Value">What.</param>
public sealed record PriceAssignment<T>(string Target, T Value)
{
    /// <summary>The pattern of runs.</summary>
    internal string Run => Target.Split('/', 2)[0];

    /// <summary>The pattern of cells; null for a whole run.</summary>
    internal string? Cells => Target.Split('/', 2) is [_, var cells] ? cells : null;

    /// <summary>Whether it is meant for a run, whole or in part.</summary>
    internal bool IsFor(RunManifest manifest) => CellPattern.Matches(Run, manifest.Id) || CellPattern.Matches(Run, manifest.Machine.Name);

    /// <summary>Whether it names a cell by a pattern.</summary>
    internal bool IsFor(RunManifest manifest, CellFacts cell) =>
        Cells is { } cells && IsFor(manifest) && CellPattern.Matches(cells, cell.Id.ToString());

    /// <summary>Whether it is for a run as a whole.</summary>
    internal bool IsForAllOf(RunManifest manifest) => Cells is null && IsFor(manifest);
}
