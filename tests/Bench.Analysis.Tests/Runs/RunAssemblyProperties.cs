using Bench.Analysis.Runs;
using FsCheck;

namespace Bench.Analysis.Tests.Runs;

/// <summary>A run may be killed at any moment, and its launches may have ended in any order.</summary>
public class RunAssemblyProperties
{
    private const int MostRounds = 9;
    private const int Shares = 3;

    [FsCheck.NUnit.Property(MaxTest = 60)]
    public void ReadManifest_WhateverLaunchesAreThere_HasExactlyThoseAndEachImageOnce(int[] order, NonEmptyArray<bool> isFinished)
    {
        using var temporary = new TemporaryFolder();
        var folder = LaunchFixture.Create(temporary.File("run"), LaunchFixture.Plain);
        // In the order that the numbers say; those that are not finished leave what a killed process leaves.
        var rounds = Enumerable.Range(1, MostRounds).OrderBy(round => order.Length == 0 ? round : order[round % order.Length])
            .ToList();
        var finished = new List<int>();
        foreach (var round in rounds)
        {
            var record = LaunchFixture.Record(
                LaunchFixture.Plain, round, LaunchFixture.Share(folder, LaunchFixture.ImagesOf(round, Shares), round));
            record = record with { Outputs = record.Outputs! with { Graded = [.. record.Outputs.Images.Select(_ => round / 10.0)] } };
            LaunchFixture.Write(folder, record);
            if (isFinished.Get[round % isFinished.Get.Length])
            {
                finished.Add(round);
            }
            else
            {
                File.Delete(Path.Combine(folder.Launches.Path, $"{record.Name}.json"));
            }
        }

        finished.Sort();
        var run = MeasuredRun.Read(folder);
        var cell = run.Manifest.Cells[0];

        if (finished.Count == 0)
        {
            Assert.That(cell.Status, Is.EqualTo(CellStatus.Pending));
            return;
        }

        Assert.That(cell.Launches.Select(launch => launch.Round), Is.EqualTo(finished));
        Assert.That(cell.Iterations, Is.EqualTo(finished.Count * LaunchFixture.Requests));
        Assert.That(run.TimingsOf(cell)!.Launches.Select(launch => launch.LatenciesMs),
            Is.EqualTo(finished.Select(round => LaunchFixture.Latencies(round))));
        var firstOf = Enumerable.Range(0, LaunchFixture.Images)
            .Select(image => finished.Find(round => (round - 1) % Shares == image % Shares)).ToList();
        if (firstOf.Contains(0))
        {
            Assert.That(cell.TaskMetric, Is.Null);
            Assert.That(cell.Warnings, Has.One.StartsWith($"outputs of {firstOf.Count(round => round > 0)} of 6 images only"));
        }
        else
        {
            Assert.That(cell.TaskMetric!.Graded, Is.EqualTo(firstOf.Select(round => round / 10.0)), "the first launch of each image");
        }
    }
}
