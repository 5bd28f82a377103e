using Bench.Analysis.Equivalence;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Rows;

/// <summary>Which cell another cell's outputs are compared with.</summary>
/// <param name="Run">The run that it is in.</param>
/// <param name="Cell">The cell.</param>
internal sealed record ReferenceCell(PricedRun Run, CellFacts Cell)
{
    /// <summary>
    /// Whether this has the role of the reference in its run: only against that does a comparison say whether accuracy was lost. Against
    /// an older version of the same engine it says what an upgrade changed.
    /// </summary>
    public bool IsOfQuality => RoleIn(Run, Cell.Model).Includes(Cell.Id);

    /// <summary>
    /// The cell with the role of the reference in the same run, or in another run that processed the same images; or else the first version
    /// of the cell's own backend at its own precision, so that two releases of any engine can be compared.
    /// </summary>
    /// <returns>The reference, or null if there is none.</returns>
    public static ReferenceCell? Of(PricedRun run, CellFacts cell, IReadOnlyList<PricedRun> runs)
    {
        var reference = runs.Where(other => SameImages(run, other, cell.Model)).Prepend(run)
            .SelectMany(candidate => Measured(candidate, cell.Model, RoleIn(candidate, cell.Model))
                .Select(found => new ReferenceCell(candidate, found)))
            .FirstOrDefault();
        var versions = Measured(run, cell.Model, new CellRole(cell.Backend.Name, cell.Precision));
        return reference ?? (versions.Count > 1 ? new ReferenceCell(run, versions[0]) : null);
    }

    /// <summary>The role of a run's reference. A network without labels that does not come at its precision is its own reference at the
    /// first precision that it comes at: then the question is only whether engines agree.</summary>
    /// <param name="run">The run.</param>
    /// <param name="model">The model.</param>
    internal static CellRole RoleIn(PricedRun run, string model) => ForModel(run, model, run.Manifest.Roles.Reference);

    /// <summary>A role, at the precision that <see cref="RoleIn"/> has for a model.</summary>
    internal static CellRole ForModel(PricedRun run, string model, CellRole role)
    {
        if (run.Model(model) is not { HasLabels: false })
        {
            return role;
        }

        var precisions = run.Measured.CellsOf(model).Select(cell => cell.Precision).Distinct().ToList();
        return precisions.Count == 0 || precisions.Contains(role.Precision) ? role : role with { Precision = precisions[0] };
    }

    /// <returns>The comparison, or null for the reference itself, or if either has no outputs and nothing was kept of them.</returns>
    public OutputComparison? Compare(PricedRun run, CellFacts cell, IReadOnlyList<PricedRun> runs)
    {
        if (Is(run, cell))
        {
            return null;
        }

        // The report prints one margin for a model, so that is the one that counts.
        List<ModelFacts> models = [.. runs.Select(other => other.Model(cell.Model)).OfType<ModelFacts>()];
        var comparison = OutputComparison.Between(Run.Measured, Cell, run.Measured, cell, EquivalenceOptions.Strictest(models));
        return ReferenceEquals(run, Run)
            ? comparison
            : comparison is null ? null : comparison with { ReferenceCellId = $"{Cell.Id} in {Run.Manifest.Id}" };
    }

    /// <summary>Why a cell that has outputs is not compared with this one; null if it has none, or is this one.</summary>
    public string? WhyNotCompared(PricedRun run, CellFacts cell) =>
        !Is(run, cell) && OutputDifferences.AreGone(Run.Measured, Cell, run.Measured, cell)
            ? $"its outputs, or those of {Cell.Id}, are gone from the run's folder, and quality.json keeps nothing that compares the two: "
                + "whether they are the same is not known."
            : null;

    public bool Is(PricedRun run, CellFacts cell) => ReferenceEquals(run, Run) && Cell.Measurement == cell.Measurement;

    private static bool SameImages(PricedRun run, PricedRun other, string model) =>
        !ReferenceEquals(run, other)
        && run.Model(model) is { DataSha256: { } hash } facts
        && other.Model(model) is { } others
        && (hash, facts.EvaluatedCount) == (others.DataSha256, others.EvaluatedCount);

    /// <summary>The measured cells of a backend, the plain one first, then versions and variants in the order of the run.</summary>
    private static List<CellFacts> Measured(PricedRun run, string model, CellRole role) => [.. run.Measured.CellsOf(model)
        .Where(cell => cell is { Status: CellStatus.Measured, OpenLoad: null } && role.Includes(cell.Id))
        .OrderBy(cell => cell.Id.IsPlain ? 0 : 1)];
}
