using Bench.Analysis.Cost;
using Bench.Analysis.Equivalence;
using Bench.Analysis.Input;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Comparison;

/// <summary>Puts two sides next to each other.</summary>
public static class Comparer
{
    /// <summary>Reads two sides and compares them.</summary>
    /// <param name="basePath">A run folder, an export of BenchmarkDotNet, or a folder of exports.</param>
    /// <param name="currentPath">The same of the current side; null to compare cells of one run, as the options say.</param>
    /// <param name="options">How.</param>
    /// <param name="noisePath">How runs differ on this machine; null if nobody measured it.</param>
    /// <returns>The comparison.</returns>
    /// <exception cref="RunFormatException">A side or the noise file is missing, damaged, or measured nothing.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static ComparisonReport Compare(string basePath, string? currentPath, ComparisonOptions options, string? noisePath = null)
    {
        var (baseline, current, noise) = Read(basePath, currentPath, options, noisePath);
        return Compare(baseline, current, options with { Noise = noise });
    }

    /// <summary>Reads two sides, and how runs differ.</summary>
    internal static (ComparisonSide Base, ComparisonSide Current, NoiseFile? Noise) Read(
        string basePath, string? currentPath, ComparisonOptions options, string? noisePath)
    {
        var noise = noisePath is null ? null : NoiseFile.Read(noisePath);
        var (baseline, current) = ComparisonSide.ReadBoth(basePath, currentPath, options with { Noise = noise });
        noise?.CheckMachine(baseline, options.Control, noisePath!);
        return (baseline, current, noise);
    }

    /// <summary>Compares two sides.</summary>
    /// <param name="baseline">The base.</param>
    /// <param name="current">The current side.</param>
    /// <param name="options">How.</param>
    /// <returns>The comparison.</returns>
    /// <exception cref="RunFormatException">The base measured nothing, or outputs are damaged.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static ComparisonReport Compare(ComparisonSide baseline, ComparisonSide current, ComparisonOptions options)
    {
        options.Check();
        var matching = Matching.Of(baseline, current);
        if (matching.Pairs.Count == 0 && matching.Missing.Count == 0 && matching.Ambiguous.Count == 0)
        {
            throw new RunFormatException(baseline.Source, "found nothing in it that was measured; there is nothing to compare with.");
        }

        var control = ControlCells.Of(baseline, matching.Pairs, options);
        IReadOnlyList<string> leftOut = [];
        if (options.Filter is { } filter)
        {
            (matching, leftOut) = matching.Only(filter, pair => control?.Contains(pair) == true);
        }

        var differences = Differences.Between(baseline, current, matching.Pairs, control, options.Pairing is not null);
        var isOfOneMachine = differences.All(difference => !difference.BreaksComparison);
        List<CellComparison> cells =
        [
            .. matching.Pairs.Select(pair => Compare(pair, baseline, current, control, options))
                .Select(cell => isOfOneMachine ? cell : cell.Without()),
        ];
        return new ComparisonReport
        {
            Base = options.Pairing is { } pairing ? $"{pairing.Base} in {baseline.Source}" : baseline.Source,
            Current = options.Pairing is { } paired ? $"{paired.Current} in {current.Source}" : current.Source,
            Threshold = options.Threshold,
            Level = options.Level,
            Control = options.Control,
            Filter = options.Filter,
            LeftOut = leftOut,
            Drifts = control?.Drifts ?? [],
            Differences = differences,
            Cells = cells,
            Missing = matching.Missing,
            New = matching.New,
            Failed = matching.Failed,
            Ambiguous = matching.Ambiguous,
            Remarks = [.. ComparisonRemarks.Of(baseline, current, cells, options)],
        };
    }

    private static CellComparison Compare(
        MatchedPair pair, ComparisonSide baseline, ComparisonSide current, ControlCells? control, ComparisonOptions options)
    {
        var isControl = control?.Contains(pair) == true;
        var levels = isControl ? null : control?.For(pair);
        return new CellComparison
        {
            Name = pair.Name,
            Checks = [.. Checks(pair, levels, Between(pair, levels, isControl, options), options)],
            Memory = MemoryComparison.Of(pair.Base.Memory, pair.Current.Memory, options.For(pair.Name).Allocation),
            ImagesPerSecond = Throughputs.ImagesPerSecond(pair),
            Cost = Cost(pair),
            ModelBytes = ModelBytes(pair, baseline, current),
            Metric = Metric(pair),
            Quality = Quality(pair, baseline, current),
            IsControl = isControl,
            IsCell = pair.Base.Identity is null,
            NotComparable = WhyNot(pair.Base.Cell) ?? WhyNot(pair.Current.Cell),
        };
    }

    private static string? WhyNot(CellFacts? cell) => cell?.NotComparable ?? cell?.WhyNoThroughput;

    private static IEnumerable<TimeCheck> Checks(MatchedPair pair, ControlLevels? control, BetweenRuns between, ComparisonOptions options)
    {
        var thresholds = options.For(pair.Name);
        var drifted = control?.Drift.IsBeyondOf(Math.Min(thresholds.Time, options.Threshold)) == true;

        // Of one stream and the same batch the mean is what an image takes, but for a factor that both sides have.
        TimeRatio? image = null;
        foreach (var subject in TimeSubjects.CarriedBy(pair.Base, pair.Current))
        {
            var ratio = TimeRatio.Of(pair, subject, options.Level, between, control);
            image = subject == TimeSubject.Mean ? ratio : image;
            yield return TimeCheck.Of(subject, ratio, thresholds.Time, drifted);
        }

        if (Throughputs.IsOwn(pair))
        {
            image = Throughputs.Ratio(pair, options.Level, between, control);
            yield return TimeCheck.OfImages(image, thresholds.Throughput, drifted);
        }

        if (image is not null
            && pair.Base is { Price: { } before, Throughput: not null } && pair.Current is { Price: { } now, Throughput: not null })
        {
            yield return TimeCheck.OfCost(image, now.UsdPerHour / before.UsdPerHour, thresholds.Cost, drifted);
        }
    }

    /// <summary>What is known of how runs of the same code differ, for a cell. A control cell shows what the machine did, and nothing is
    /// taken out of it.</summary>
    private static BetweenRuns Between(MatchedPair pair, ControlLevels? control, bool isControl, ComparisonOptions options)
    {
        var launches = (Base: LaunchesOf(pair.Base), Current: LaunchesOf(pair.Current));
        var noise = options.Noise?.Of(pair.Name, control is not null);
        var drift = control is not null && double.IsFinite(control.Drift.Ratio) ? Math.Log(control.Drift.Ratio) : 0;
        var kind = launches.Base < 2 || launches.Current < 2 ? RunEvidence.SingleLaunch
            : isControl ? RunEvidence.Control
            : options.Pairing is not null ? RunEvidence.Paired
            : control is not null ? noise is null ? RunEvidence.Control : RunEvidence.ControlAndNoiseFile
            : noise is null ? RunEvidence.Unknown : RunEvidence.NoiseFile;
        return new BetweenRuns(kind)
        {
            Drift = drift,
            IsPinned = control?.IsPinned == true,
            Noise = kind is RunEvidence.NoiseFile or RunEvidence.ControlAndNoiseFile ? noise : null,
            Launches = launches,
        };
    }

    // How many launches are behind a mean in a table nobody knows; one is what BenchmarkDotNet makes unless it is told otherwise.
    private static int LaunchesOf(SideBenchmark benchmark) => benchmark.Summary is null ? benchmark.Launches.Count : 1;

    private static Change? Cost(MatchedPair pair) =>
        pair.Base is { Throughput: { } measured, Price: { } before } && pair.Current is { Throughput: { } again, Price: { } now }
            ? new Change(
                CostModel.Runtime.UsdPerMillionImages(measured.ImageMs, 0, before),
                CostModel.Runtime.UsdPerMillionImages(again.ImageMs, 0, now))
            : null;

    private static Change? ModelBytes(MatchedPair pair, ComparisonSide baseline, ComparisonSide current) =>
        Differences.ModelFile(baseline, pair.Base) is { } before && Differences.ModelFile(current, pair.Current) is { } now
            ? new Change(before.Bytes, now.Bytes)
            : null;

    private static Change? Metric(MatchedPair pair) =>
        pair.Base.Cell?.TaskMetric is { } before && pair.Current.Cell?.TaskMetric is { } now && before.Name == now.Name
            ? new Change(before.Value, now.Value)
            : null;

    /// <summary>Outputs can be paired only if they are of the same images. Every cell is judged for itself:
    /// all of them must be accepted.</summary>
    private static OutputComparison? Quality(MatchedPair pair, ComparisonSide baseline, ComparisonSide current)
    {
        if (baseline.Run is not { } from || current.Run is not { } to
            || pair.Base.Cell is not { } before || pair.Current.Cell is not { } now)
        {
            return null;
        }

        var (expected, found) = (Differences.Model(baseline, pair.Base), Differences.Model(current, pair.Current));
        if (expected is null || found is null || expected.DataSha256 != found.DataSha256)
        {
            return null;
        }

        try
        {
            return OutputComparison.Between(from, before, to, now, EquivalenceOptions.Strictest([expected, found]));
        }
        catch (OutputShapeException)
        {
            // A new network may answer in another form; then there is nothing to pair.
            return null;
        }
    }
}
