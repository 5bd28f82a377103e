using Bench.Analysis.Comparison;
using Bench.Analysis.Gate;
using Bench.Analysis.Runs;
using Bench.CommandLine;

namespace Bench.Cli.Commands;

/// <summary><c>gate --accept</c>: puts CURRENT in BASE's place if it may be there and passes, or if there is no BASE yet.</summary>
internal sealed record Acceptance
{
    public required string BasePath { get; init; }

    public required string CurrentPath { get; init; }

    /// <summary>Whether small losses count anew from this reference on.</summary>
    public required bool AsFirst { get; init; }

    /// <summary>Reads the noise file, so that a damaged one is found even where the gate is not asked.</summary>
    public required Action CheckNoise { get; init; }

    /// <summary>Asks the gate.</summary>
    public required Func<GateReport> Gate { get; init; }

    /// <summary>Prints what the gate says, and gives its exit code.</summary>
    public required Func<GateReport, int> Print { get; init; }

    public int Run(TextWriter error)
    {
        var isRun = File.Exists(new RunFolder(CurrentPath).ManifestPath);
        var objections = isRun ? ReferenceRun.Objections(new RunFolder(CurrentPath)) : ReferenceExport.Objections(CurrentPath);
        if (objections.Count > 0)
        {
            error.WriteLine($"{CurrentPath} cannot become the reference: {string.Join(" ", objections)}");
            return ExitCodes.Incomplete;
        }

        CheckPlaces(isRun);
        CheckNoise();
        GateReport? report = null;
        if (!ReferencePlace.IsFree(BasePath))
        {
            report = Gate();
            var code = Print(report);
            if (code != ExitCodes.Success)
            {
                error.WriteLine($"{CurrentPath} was not accepted; {BasePath} is still the reference.");
                return code;
            }
        }

        Replace(isRun, AsFirst ? null : report?.Comparison);

        // What is printed beside it may be JSON.
        var id = isRun ? new RunFolder(BasePath).ReadManifest().Id : ReferenceExport.IdOf(BasePath);
        var what = report is null ? "No reference yet, so that nothing was compared: made one" : "Accepted";
        error.WriteLine($"{what}: {BasePath} is now {id}.");
        if (!isRun && ReferenceExport.Remark(BasePath) is { } remark)
        {
            error.WriteLine(remark);
        }

        return ExitCodes.Success;
    }

    private void CheckPlaces(bool isRun)
    {
        if (isRun)
        {
            ReferencePlace.Check(BasePath, CurrentPath);
            _ = ReferencePlace.IsFree(BasePath) ? null : new RunFolder(BasePath).ReadManifest();
            return;
        }

        if (File.Exists(new RunFolder(BasePath).ManifestPath))
        {
            throw new ArgumentException($"gate --accept: {BasePath} is a run of Bench, and {CurrentPath} holds exports; expected both of "
                + "one kind.");
        }

        ReferenceExport.CheckPlaces(BasePath, CurrentPath);
    }

    private void Replace(bool isRun, ComparisonReport? comparison)
    {
        if (isRun)
        {
            ReferenceRun.Replace(new RunFolder(BasePath), new RunFolder(CurrentPath), comparison, TimeProvider.System);
        }
        else
        {
            ReferenceExport.Replace(BasePath, CurrentPath, comparison, TimeProvider.System);
        }
    }
}
