using Bench.Analysis.Cost;
using Bench.Analysis.Runs;
using Bench.Analysis.Tests.Runs;

namespace Bench.Analysis.Tests.Cost;

public class HardwareMatchTests
{
    private static readonly IReadOnlyList<Hardware> Known = PriceCatalogue.BuiltIn().Hardware;

    // As nvidia-smi and lscpu print them: SpareCores/sc-inspector-data at 804d3c7, by instance.
    [TestCase("Tesla K80", "k80")]
    [TestCase("Tesla V100-SXM2-16GB", "v100")]
    [TestCase("Tesla T4", "t4")]
    [TestCase("NVIDIA A10G", "a10g")]
    [TestCase("NVIDIA A10", "a10")]
    [TestCase("NVIDIA L4", "l4")]
    [TestCase("NVIDIA L40S", "l40s")]
    [TestCase("NVIDIA A100-SXM4-40GB", "a100-40gb")]
    [TestCase("NVIDIA A100 80GB PCIe", "a100-80gb")]
    [TestCase("NVIDIA H100 80GB HBM3", "h100")]
    [TestCase("NVIDIA H100 NVL", "h100-nvl")]
    [TestCase("NVIDIA H200", "h200")]
    public void Of_Gpu_IsFoundByItsName(string name, string key) => Assert.That(HardwareMatch.Of(Machine("any", 64, name), Known).Hardware?.Key, Is.EqualTo(key));

    [TestCase("Intel(R) Xeon(R) Platinum 8275CL CPU @ 3.00GHz", "xeon-8vcpu")]
    [TestCase("Intel(R) Xeon(R) CPU @ 2.80GHz", "xeon-8vcpu")]
    [TestCase("Intel(R) Xeon(R) Platinum 8375C CPU @ 2.90GHz", "xeon-ice-lake-8vcpu")]
    [TestCase("Intel(R) Xeon(R) Platinum 8488C", "xeon-sapphire-rapids-8vcpu")]
    [TestCase("INTEL(R) XEON(R) PLATINUM 8573C", "xeon-emerald-rapids-8vcpu")]
    [TestCase("Intel(R) Xeon(R) 6975P-C", "xeon-granite-rapids-8vcpu")]
    [TestCase("AMD EPYC 7763 64-Core Processor", "epyc-milan-8vcpu")]
    [TestCase("AMD EPYC 9R14", "epyc-genoa-8vcpu")]
    [TestCase("Neoverse-V2", "neoverse-v2-8vcpu")]
    public void Of_Processor_IsFoundByItsNameAndCores(string name, string key) => Assert.That(HardwareMatch.Of(Machine(name, 8), Known).Hardware?.Key, Is.EqualTo(key));

    // A slice of a GPU is not the GPU.
    [TestCase("NVIDIA A10-4Q")]
    [TestCase("GRID T4-8Q")]
    [TestCase("AMD Radeon E9260")]
    public void Of_UnknownGpu_IsNotGuessed(string name)
    {
        var match = HardwareMatch.Of(Machine("AMD EPYC 9R14", 8, name), Known);

        Assert.That(match.Hardware, Is.Null, "not the processor either: a machine with a GPU costs more");
        Assert.That(match.Explanation, Does.Contain(name).And.Contain("no hardware of the catalogue"));
    }

    [Test]
    public void Of_OtherNumberOfCores_SaysWhichThereAre()
    {
        var match = HardwareMatch.Of(Machine("AMD EPYC 9R14", 2), Known);

        Assert.That(match.Hardware, Is.Null);
        Assert.That(match.Explanation, Does.Contain("has 2 logical cores").And.Contain("epyc-genoa-8vcpu (8)"));
    }

    [Test]
    public void Of_TwoKindsOfGpu_IsAmbiguous()
    {
        var match = HardwareMatch.Of(Machine("any", 8, "Tesla T4", "NVIDIA L4"), Known);

        Assert.That(match.Hardware, Is.Null);
        Assert.That(match.Explanation, Does.Contain("ambiguous: t4 or l4"));
    }

    [Test]
    public void Of_TwoGpusOfOneKind_IsThatKind() => Assert.That(HardwareMatch.Of(Machine("any", 8, "Tesla T4", "Tesla T4"), Known).Hardware?.Key, Is.EqualTo("t4"));

    [Test]
    public void RunPrice_MachineOfTheCatalogue_IsPricedAndSaysWhy() => WithRun(Machine("AMD EPYC 9R14", 8), null, (folder, manifest) =>
    {
        var price = new RunPrice(PriceCatalogue.BuiltIn()).Of(folder, manifest).Price;

        Assert.That(price?.Hardware, Is.EqualTo("epyc-genoa-8vcpu"));
        Assert.That(price?.Origin, Does.Contain("its processor calls itself 'AMD EPYC 9R14' and has 8 logical cores, so it is epyc-genoa-8vcpu"));
    });

    [Test]
    public void RunPrice_OfSingleRuns_GoesBeforeThatOfAll() => WithRun(Machine("any", 1), 0.5, (folder, manifest) =>
    {
        var price = new RunPrice(PriceCatalogue.BuiltIn(), "v100") { HardwareOfRuns = new Dictionary<string, string> { ["testbox"] = "t4" } };

        Assert.That(price.Of(folder, manifest).Price?.Hardware, Is.EqualTo("t4"));
        Assert.That((price with { HardwareOfRuns = new Dictionary<string, string>() }).Of(folder, manifest).Price?.Hardware, Is.EqualTo("v100"));
        Assert.That((price with { UsdPerHourOfRuns = new Dictionary<string, double> { [manifest.Id] = 7 } }).Of(folder, manifest).Price, Has.Property("UsdPerHour").EqualTo(7.0).And.Property("Hardware").EqualTo("t4"));
        Assert.That((price with { UsdPerHour = 5 }).Of(folder, manifest).Price?.UsdPerHour, Is.EqualTo(0.526), "what is said of one run goes before what is said of all");
    });

    [Test]
    public void RunPrice_Reprice_TakesTheCatalogues() => WithRun(Machine("any", 1), 0.5, (folder, manifest) =>
    {
        var known = manifest with { Hardware = "t4" };

        Assert.That(new RunPrice(PriceCatalogue.BuiltIn()).Of(folder, known).Price?.UsdPerHour, Is.EqualTo(0.5));
        Assert.That(new RunPrice(PriceCatalogue.BuiltIn()) { Reprice = true }.Of(folder, known).Price?.UsdPerHour, Is.EqualTo(0.526));
        Assert.That(new RunPrice(PriceCatalogue.BuiltIn()) { Reprice = true }.Of(folder, manifest).Price?.UsdPerHour, Is.EqualTo(0.5), "a machine that the catalogue does not know");
        Assert.That(new RunPrice(PriceCatalogue.BuiltIn()) { Reprice = true }.Of(folder, manifest).Price?.Origin, Does.Contain("the catalogue has none, for its processor calls itself 'any'"));
    });

    [Test]
    public void RunPrice_RepriceOfHardwareWithoutAPrice_KeepsTheRecordedOneAndSaysSo() => WithRun(Machine("any", 1), 0.5, (folder, manifest) =>
        Assert.That(
            new RunPrice(PriceCatalogue.BuiltIn()) { Reprice = true }.Of(folder, manifest with { Hardware = "abacus" }).Price,
            Has.Property("UsdPerHour").EqualTo(0.5).And.Property("Origin").Contains("no price for the hardware 'abacus'")));

    [Test]
    public void RunPrice_HardwareWithAPriceOfItsOwn_MayHaveAnyName() => WithRun(Machine("any", 1), null, (folder, manifest) =>
        Assert.That(
            new RunPrice(PriceCatalogue.BuiltIn()) { HardwareOfRuns = Only("my-box"), UsdPerHourOfRuns = Only(0.3) }.Of(folder, manifest).Price,
            Has.Property("Hardware").EqualTo("my-box").And.Property("UsdPerHour").EqualTo(0.3)));

    [Test]
    public void RunPrice_WindowsAtLinuxPrices_IsDoubtful() => WithRun(Machine("any", 1) with { Os = "windows" }, null, (folder, manifest) =>
        Assert.That(new RunPrice(PriceCatalogue.BuiltIn(), "t4").Of(folder, manifest).Price?.Doubts, Has.One.Contains("that of Linux")));

    [Test]
    public void RunPrice_MeanWithAnOutlierInIt_IsDoubtful() => WithRun(Machine("any", 1), null, (folder, manifest) =>
        Assert.That(new RunPrice(PriceCatalogue.BuiltIn(), "v100").Of(folder, manifest).Price?.Doubts, Has.One.Contains("Lambda's gpu_8x_v100 asks 0.26 times the median")));

    [Test]
    public void Check_PriceForARunThatIsNotThere_SaysWhichThereAre() => Assert.That(
        () => new RunPrice(PriceCatalogue.BuiltIn()) { UsdPerHourOfRuns = new Dictionary<string, double> { ["elsewhere"] = 1 } }.Check([RunFixture.Manifest()]),
        Throws.ArgumentException.With.Message.Contains("elsewhere").And.Message.Contains("testbox"));

    private static Dictionary<string, T> Only<T>(T value) => new() { ["testbox"] = value };

    private static void WithRun(MachineFacts machine, double? usdPerHour, Action<RunFolder, RunManifest> check) =>
        check(new RunFolder("nowhere"), RunFixture.Manifest() with { Machine = machine, UsdPerHour = usdPerHour });

    private static MachineFacts Machine(string cpu, int cores, params string[] gpus) =>
        RunFixture.Manifest().Machine with { Cpu = cpu, LogicalCores = cores, Gpus = [.. gpus.Select(gpu => new GpuFacts(gpu, "1"))] };
}
