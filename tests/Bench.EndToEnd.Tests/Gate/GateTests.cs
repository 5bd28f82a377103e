using System.Diagnostics;
using Bench.Arrays.Npy;
using Bench.EndToEnd.Tests.Cli;
using Bench.EndToEnd.Tests.Runs;
using Bench.Inference.Tests;
using Bench.Models;
using Bench.Models.Files;
using Bench.Models.Networks;

namespace Bench.EndToEnd.Tests.Gate;

/// <summary>
/// The whole way: two real runs of the same code, and one that is 10 % slower, through the real engine and the gate. The machine is busy with other tests:
/// that is what control cells are for.
/// </summary>
[NonParallelizable]
public class GateTests
{
    // What a gate does not decide is measured again, as its message says. How often it is wrong is the experiment's business, not this test's.
    private const int Attempts = 4;

    [Test]
    public void Gate_RealRuns_PassesTheSameCodeAndStopsWhatIsTenPercentSlower()
    {
        using var folder = new TemporaryFolder();
        var card = SmallUNet(folder);
        var clock = Stopwatch.StartNew();
        var baseline = Run(folder, card, "base");

        var same = Decide(0, folder, baseline, "same", card);
        Assert.That(same.Code, Is.Zero, same.Output + same.Error);

        var slower = Decide(1, folder, baseline, "slower", card, "--slow-down", "ort-cpu=10%");
        Assert.That(slower.Code, Is.EqualTo(1), slower.Output + slower.Error);
        Assert.That(slower.Output, Does.Match("slow-down on purpose of small-unet/ort-cpu/fp32/[a-z0-9-]+: nothing → 10 %").And.Contain("**regression** `small-unet/ort-cpu/fp32/"));

        var refused = BenchProgram.Run("gate", baseline, LatestRun(folder, "slower"), "--accept");
        Assert.That(refused.Code, Is.EqualTo(4), refused.Output);
        Assert.That(refused.Error, Does.Contain("slowed down on purpose"));
        TestContext.Out.WriteLine($"{clock.Elapsed.TotalSeconds:0} s");
    }

    private static (int Code, string Output, string Error) Decide(int expected, TemporaryFolder folder, string baseline, string name, string card, params string[] options)
    {
        var result = (Code: -1, Output: string.Empty, Error: string.Empty);
        for (var attempt = 0; attempt < Attempts && result.Code != expected; attempt++)
        {
            result = BenchProgram.Run("gate", baseline, Run(folder, card, name, options), "--control", "*/ort-cpu@*");
        }

        return result;
    }

    private static string Run(TemporaryFolder folder, string card, string name, params string[] options)
    {
        var result = HostProgram.Run(
            folder.Path, ["--profile", "gate", "--launches", "10", "--models", card, "--backends", "ort-cpu,ort-cpu@1.30.0", "--precisions", "fp32", "--output", folder.File(name), .. options]);
        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Error);
        return LatestRun(folder, name);
    }

    private static string LatestRun(TemporaryFolder folder, string name) => Directory.GetDirectories(folder.File(name)).Order(StringComparer.Ordinal).Last();

    /// <summary>A U-Net of a few milliseconds, with random weights and images.</summary>
    private static string SmallUNet(TemporaryFolder folder)
    {
        const int Size = 96;
        const int Images = 8;
        var network = UNet.Describe(Size, 16);
        ModelFiles.Write(network, RandomWeights.For(network, 5), ModelFormat.Onnx, Precision.Fp32, "logits", folder.File("small-unet.onnx"));
        var random = new Random(7);
        NpyArray.FromSingles([.. Enumerable.Range(0, Images * Size * Size).Select(_ => random.NextSingle())], Images, 1, Size, Size).Write(folder.File("images.npy"));
        NpyArray.FromBytes([.. Enumerable.Range(0, Images * Size * Size).Select(_ => (byte)random.Next(2))], Images, 1, Size, Size).Write(folder.File("masks.npy"));
        return folder.Write("small-unet.json", $$"""
            {
              "id": "small-unet", "title": "A small U-Net", "task": "segmentation",
              "network": { "onnx": { "fp32": "small-unet.onnx" } },
              "input": { "name": "input", "shape": [1, 1, {{Size}}, {{Size}}] },
              "output": { "name": "logits", "shape": [1, 1, {{Size}}, {{Size}}], "values": "logits" },
              "data": { "inputs": "images.npy", "labels": "masks.npy" },
              "metric": "dice", "licence": "MIT"
            }
            """);
    }
}
