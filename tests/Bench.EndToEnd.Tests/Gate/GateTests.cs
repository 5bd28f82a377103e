using Bench.Arrays.Npy;
using Bench.EndToEnd.Tests.Cli;
using Bench.EndToEnd.Tests.Runs;
using Bench.Inference.Tests;
using Bench.Models;
using Bench.Models.Files;
using Bench.Models.Networks;

namespace Bench.EndToEnd.Tests.Gate;

/// <summary>
/// The whole way: real runs of the same code, and one that takes four times as long, through the real engine and the gate. How often a gate
/// is wrong about small changes is simulated (tests/Bench.Simulations); the machine is busy with other tests, so that here only
/// what is certain is asserted.
/// </summary>
[NonParallelizable]
public class GateTests
{
    [Long]
    [Test]
    public void Gate_RealRuns_StopsWhatTakesTwentyTimesAsLong()
    {
        using var folder = new TemporaryFolder();
        var card = SmallUNet(folder);
        var baseline = Run(folder, card, "base");
        var same = Gate(baseline, Run(folder, card, "same"), "--control", "*/ort-cpu@*");
        Assert.That(same.Code, Is.AnyOf(0, 1, 3), same.Output + same.Error);
        Assert.That(
            same.Output, Does.StartWith($"## Gate: {(same.Code == 0 ? "passed" : same.Code == 1 ? "regression" : "inconclusive")}"));

        var slower = Gate(baseline, Run(folder, card, "slower", "--slow-down", "ort-cpu=1900%"), "--control", "*/ort-cpu@*");
        Assert.That(slower.Code, Is.EqualTo(1), slower.Output + slower.Error);
        Assert.That(slower.Output, Does.Match("slow-down on purpose of small-unet/ort-cpu/fp32/[a-z0-9-]+: nothing → 1900 %")
            .And.Contain("**regression** `small-unet/ort-cpu/fp32/"));

        var paired = Gate(LatestRun(folder, "slower"), "--base-cell", "*/ort-cpu@1.30.0/*", "--current-cell", "*/ort-cpu/*");
        Assert.That(paired.Code, Is.EqualTo(1), paired.Output + paired.Error);
        Assert.That(paired.Output, Does.Contain("**regression** `small-unet/ort-cpu/fp32/"));

        var refused = BenchProgram.Run("gate", baseline, LatestRun(folder, "slower"), "--accept");
        Assert.That(refused.Code, Is.EqualTo(4), refused.Output);
        Assert.That(refused.Error, Does.Contain("slowed down on purpose"));
    }

    private static (int Code, string Output, string Error) Gate(params string[] arguments) => BenchProgram.Run(["gate", .. arguments]);

    private static string Run(TemporaryFolder folder, string card, string name, params string[] options)
    {
        var result = HostProgram.Run(
            folder.Path, ["--profile", "gate", "--launches", "4", "--models", card, "--backends", "ort-cpu,ort-cpu@1.30.0",
                "--precisions", "fp32", "--output", folder.File(name), .. options]);
        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Error);
        return LatestRun(folder, name);
    }

    private static string LatestRun(TemporaryFolder folder, string name) =>
        Directory.GetDirectories(folder.File(name)).Order(StringComparer.Ordinal).Last();

    /// <summary>A U-Net of a few milliseconds, with random weights and images.</summary>
    private static string SmallUNet(TemporaryFolder folder)
    {
        const int Size = 96;
        const int Images = 8;
        var network = UNet.Describe(Size, 16);
        ModelFiles.Write(
            network, RandomWeights.For(network, 5), ModelFormat.Onnx, Precision.Fp32, "logits", folder.File("small-unet.onnx"));
        var random = new Random(7);
        NpyArray.FromSingles([.. Enumerable.Range(0, Images * Size * Size).Select(_ => random.NextSingle())], Images, 1, Size, Size)
            .Write(folder.File("images.npy"));
        NpyArray.FromBytes([.. Enumerable.Range(0, Images * Size * Size).Select(_ => (byte)random.Next(2))], Images, 1, Size, Size)
            .Write(folder.File("masks.npy"));
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
