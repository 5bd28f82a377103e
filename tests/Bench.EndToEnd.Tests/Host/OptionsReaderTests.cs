using Bench.Benchmarks.Host;
using Bench.Inference;
using Bench.Inference.NativeRuntimes;

namespace Bench.EndToEnd.Tests.Host;

public class OptionsReaderTests
{
    private static readonly RawOptions Defaults = new("default", "all", "all", "all", null, null, null, 1910, false, []);

    [Test]
    public void Read_Defaults_IsTheWholeMatrix()
    {
        var options = Read(Defaults, out var faults)!;

        Assert.That(faults, Is.Empty);
        Assert.That(options.CardPaths.Select(Path.GetFileNameWithoutExtension), Is.EqualTo(["inceptionv3", "unet"]));
        Assert.That(options.Backends, Is.EqualTo(["ort-cpu", "ort-cpu-unoptimized"]));
        Assert.That(options.Precisions, Has.Count.EqualTo(2));
    }

    [Test]
    public void Read_UnknownValues_ReportsAllOfThemTogether()
    {
        var options = Read(
            Defaults with { Profile = "quick", Models = "resnet", Backends = "ort-abacus", Precisions = "fp8", Hardware = "abacus", UsdPerHour = "0,90" }, out var faults);

        Assert.That(options, Is.Null);
        Assert.That(faults, Has.Count.EqualTo(6));
        Assert.That(faults, Has.Some.Contains("--usd-per-hour: found '0,90'"));
        Assert.That(faults, Has.Some.EqualTo("--profile: found 'quick'; expected one of smoke, default, paper."));
        Assert.That(faults, Has.Some.Contains("--models: found 'resnet'; expected all, inceptionv3, unet, or the path"));
        Assert.That(faults, Has.Some.Contains("--backends: found 'ort-abacus'; expected all or some of ort-cpu, ort-cpu-unoptimized."));
        Assert.That(faults, Has.Some.Contains("--precisions: found 'fp8'; expected all or some of fp32, fp16."));
    }

    [Test]
    public void Read_ListInAnyOrder_KeepsThatOfTheMatrix() =>
        Assert.That(Read(Defaults with { Backends = "ort-cpu-unoptimized, ort-cpu" }, out _)!.Backends, Is.EqualTo(["ort-cpu", "ort-cpu-unoptimized"]));

    [Test]
    public void Read_EmptyList_IsAFault()
    {
        Assert.That(Read(Defaults with { Precisions = "," }, out var faults), Is.Null);
        Assert.That(faults, Has.One.Contains("--precisions: found nothing"));
    }

    private static BenchOptions? Read(RawOptions raw, out IReadOnlyList<string> faults) =>
        OptionsReader.Read(raw, new BenchPaths(Repository.Root), BackendCatalogue.All(RuntimeCatalogue.Find()), out faults);
}
