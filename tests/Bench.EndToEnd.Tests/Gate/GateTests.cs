using Bench.EndToEnd.Tests.Cli;
using Bench.EndToEnd.Tests.Runs;

namespace Bench.EndToEnd.Tests.Gate;

/// <summary>
/// The whole way: a real run, and one that takes twenty times as long, through the real engine and the gate. How often a gate
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
        var card = UserModels.WriteSmallUNet(folder);
        var baseline = Run(folder, card, "base");

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
}
