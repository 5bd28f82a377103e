using Bench.Benchmarks.Host;
using Bench.Inference;
using Bench.Inference.NativeRuntimes;

namespace Bench.EndToEnd.Tests.Host;

public class OptionsReaderTests
{
    private static readonly RuntimeCatalogue Runtimes = RuntimeCatalogue.Find();

    [Test]
    public void Read_Defaults_IsTheWholeMatrix()
    {
        var options = Read([], out var faults)!;

        Assert.That(faults, Is.Empty);
        Assert.That(options.Models.Select(model => model.Id), Is.EqualTo(["inceptionv3", "unet"]));
        var all = BackendCatalogue.All(Runtimes).Select(backend => backend.Id).ToList();
        Assert.That(options.Backends, Is.EqualTo(all.Except(["openvino"])), "whose device must be named");
        Assert.That(options.ListedBackends, Is.EqualTo(all));
        Assert.That(options.Precisions.Select(precision => precision.Id), Is.EqualTo(["fp32", "tf32", "fp16"]));
        Assert.That(options.IsDefaultMatrix);
    }

    [TestCase("--backends", "ort-cpu")]
    [TestCase("--precisions", "fp32")]
    [TestCase("--batch", "1,2")]
    [TestCase("--set", "threads=1")]
    public void Read_PartOfTheMatrixIsNamed_IsNotTheDefaultOne(params string[] words) =>
        Assert.That(Read(words, out _)!.IsDefaultMatrix, Is.False);

    [Test]
    public void Read_UnknownValues_ReportsAllOfThemTogether()
    {
        var options = Read(
            ["--profile", "quick", "--models", "resnet", "--backends", "ort-abacus", "--precisions", "fp8", "--hardware", "abacus",
                "--usd-per-hour", "0,90"], out var faults);

        Assert.That(options, Is.Null);
        Assert.That(faults, Has.Count.EqualTo(6));
        Assert.That(faults, Has.Some.Contains("--usd-per-hour: found '0,90'"));
        Assert.That(faults, Has.Some.EqualTo("--profile: found 'quick'; expected one of smoke, gate, default, paper."));
        Assert.That(faults, Has.Some.Contains("--models: found 'resnet'; expected all, inceptionv3, unet, or the path"));
        Assert.That(faults, Has.Some.Contains("--backends: found 'ort-abacus'; expected all or some of ort-cpu, ort-cuda,"));
        Assert.That(faults, Has.Some.Contains("--precisions: found 'fp8'; expected all or some of fp32, tf32, bf16, fp16, int8."));
    }

    [TestCase("openvino", "openvino", "openvino")]
    [TestCase("all,openvino", "ort-cpu openvino", "ort-cpu openvino")]
    [TestCase("ort-cpu", "ort-cpu", "ort-cpu")]
    public void Read_BackendThatIsMeasuredWhereItIsNamed_IsMeasuredThere(string text, string measured, string listed)
    {
        var options = Read(["--backends", text], out _)!;

        Assert.That(measured.Split(' ').Except(options.Backends), Is.Empty);
        Assert.That(listed.Split(' ').Except(options.ListedBackends), Is.Empty);
        Assert.That(options.Backends.Contains("openvino"), Is.EqualTo(measured.EndsWith("openvino", StringComparison.Ordinal)));
        Assert.That(options.ListedBackends.Contains("openvino"), Is.EqualTo(listed.EndsWith("openvino", StringComparison.Ordinal)));
    }

    [Test]
    public void Narrow_FilterOfOneBackend_ListsNoOther() => Assert.That(
        CellFilter.Narrow(Read(["--filter", "*/ort-cpu/*"], out _)!).ListedBackends, Is.EqualTo(["ort-cpu"]));

    [Test]
    public void Read_ListInAnyOrder_KeepsThatOfTheMatrix() =>
        Assert.That(Read(["--backends", "ort-cpu-unoptimized, ort-cpu"], out _)!.Backends,
            Is.EqualTo(["ort-cpu", "ort-cpu-unoptimized"]));

    [Test]
    public void Read_Versions_StandWhereTheirBackendStands() => Assert.That(
        Read(["--backends", "ort-cpu-unoptimized,ort-cpu@1.30.0,ort-cpu@1.29.0"], out _)!.Backends,
        Is.EqualTo(["ort-cpu@1.30.0", "ort-cpu@1.29.0", "ort-cpu-unoptimized"]));

    [TestCase("ort-cpu@")]
    [TestCase("ort-cpu@latest")]
    [TestCase("ort-cpu@1.30")]
    [TestCase("ort-cpu@01.30.0")]
    [TestCase("ort-cpu@1.30.0; rm -rf /")]
    [TestCase("tensorflow-cpu@2.15.0")]
    public void Read_WhatIsNoVersion_IsAFault(string backend)
    {
        Assert.That(Read(["--backends", backend], out var faults), Is.Null);
        Assert.That(faults, Has.One.Matches($"^--backends: found '{backend}'( \\(did you mean 'ort-cpu'\\?\\))?; expected"));
    }

    [Test]
    public void Read_OwnLibrary_AddsItBesideWhatIsMeasured()
    {
        var library = Runtimes.Flavours[0].LibraryPath;

        Assert.That(
            Read(["--backends", "ort-cpu", "--ort-library", library], out _)!.Backends, Is.EqualTo(["ort-cpu", "ort-cpu@local"]));
        Assert.That(
            Read(["--backends", "ort-webgpu@local", "--ort-library", library], out _)!.Backends, Is.EqualTo(["ort-webgpu@local"]));
        Assert.That(Read(["--ort-library", "/nowhere/lib.so"], out var faults), Is.Null);
        Assert.That(faults, Has.One.Contains("--ort-library: found no file /nowhere/lib.so"));
    }

    [Test]
    public void Read_ProviderOfOnesOwn_IsABackendThatIsMeasured()
    {
        var options = Read(["--backends", "ort-cpu", "--ep-library", "mine=libmine.so", "--set", "device=intel-npu"], out var faults)!;

        Assert.That(faults, Is.Empty);
        Assert.That(options.Backends, Is.EqualTo(["ort-cpu", "ort-mine"]));
        Assert.That(options.NamedBackends, Does.Contain("ort-mine"));
        Assert.That(options.Libraries.Plugins.Single().Path, Is.EqualTo(Path.GetFullPath("libmine.so")));
    }

    [Test]
    public void Read_DeviceThatNoBackendOfTheRunCanTake_IsAFault()
    {
        Assert.That(Read(["--backends", "ort-cuda", "--set", "device=intel-npu"], out var faults), Is.Null);
        Assert.That(faults, Has.One.EqualTo(
            "--set: device: no backend of the run has intel-npu: ort-cuda has no device=intel-npu: its devices have indices."));
    }

    [Test]
    public void Read_SlowDown_IsForAllOrForOneBackend()
    {
        Assert.That(Read(["--slow-down", "10%"], out _)!.SlowDown!.For("ort-cpu"), Is.EqualTo(0.1).Within(1e-15));
        var one = Read(["--slow-down", "ort-cpu=0.05"], out _)!.SlowDown!;
        Assert.That((one.For("ort-cpu"), one.For("ort-cuda")), Is.EqualTo((0.05, (double?)null)));
    }

    [Test]
    public void Read_Launches_TakeThePlaceOfTheProfiles()
    {
        Assert.That(Read(["--launches", "8"], out _)!.Profile.Measuring.Rounds, Is.EqualTo(8));
        Assert.That(Read(["--launches", "0"], out var faults), Is.Null);
        Assert.That(faults, Has.One.Contains("--launches: found 0"));
    }

    [TestCase("10")]
    [TestCase("-10%")]
    [TestCase("ort-abacus=10%")]
    [TestCase("=10%")]
    public void Read_WhatIsNoSlowDown_IsAFault(string slowDown)
    {
        Assert.That(Read(["--slow-down", slowDown], out var faults), Is.Null);
        Assert.That(faults, Has.One.Contains($"--slow-down: found '{slowDown}'"));
    }

    [Test]
    public void Read_EmptyList_IsAFault()
    {
        Assert.That(Read(["--precisions", ","], out var faults), Is.Null);
        Assert.That(faults, Has.One.Contains("--precisions: found nothing"));
    }

    private static BenchOptions? Read(IReadOnlyList<string> arguments, out IReadOnlyList<string> faults) =>
        OptionsReader.Read(GivenOptions.Parse(arguments), new BenchPaths(Repository.Root), Runtimes, out faults);
}
