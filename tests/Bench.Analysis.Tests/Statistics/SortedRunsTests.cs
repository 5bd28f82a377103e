using Bench.Analysis.Statistics;

namespace Bench.Analysis.Tests.Statistics;

public class SortedRunsTests
{
    [FsCheck.NUnit.Property]
    public bool Merge_AnySamples_IsWhatSortingGives(FsCheck.NormalFloat[][] samples)
    {
        double[][] runs = [[], .. samples.Select(sample => sample.Select(value => value.Get).Order().ToArray())];

        return SortedRuns.Merge(runs).SequenceEqual(runs.SelectMany(run => run).Order());
    }
}
