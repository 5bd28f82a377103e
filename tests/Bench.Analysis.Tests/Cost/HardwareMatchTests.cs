using Bench.Analysis.Cost;
using Bench.Analysis.Measurements;
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
    public void Of_Gpu_IsFoundByItsName(string name, string key) =>
        Assert.That(HardwareMatch.Of(OnGpu(name), Known).Hardware?.Key, Is.EqualTo(key));

    [TestCase("Intel(R) Xeon(R) Platinum 8275CL CPU @ 3.00GHz", "xeon-8vcpu")]
    [TestCase("Intel(R) Xeon(R) CPU @ 2.80GHz", "xeon-8vcpu")]
    [TestCase("Intel(R) Xeon(R) Platinum 8375C CPU @ 2.90GHz", "xeon-ice-lake-8vcpu")]
    [TestCase("Intel(R) Xeon(R) Platinum 8488C", "xeon-sapphire-rapids-8vcpu")]
    [TestCase("INTEL(R) XEON(R) PLATINUM 8573C", "xeon-emerald-rapids-8vcpu")]
    [TestCase("Intel(R) Xeon(R) 6975P-C", "xeon-granite-rapids-8vcpu")]
    [TestCase("AMD EPYC 7763 64-Core Processor", "epyc-milan-8vcpu")]
    [TestCase("AMD EPYC 9R14", "epyc-genoa-8vcpu")]
    [TestCase("Neoverse-V2", "neoverse-v2-8vcpu")]
    public void Of_Processor_IsFoundByItsNameAndCores(string name, string key) =>
        Assert.That(HardwareMatch.Of(OnProcessor(name, 8), Known).Hardware?.Key, Is.EqualTo(key));

    // A slice of a GPU is not the GPU.
    [TestCase("NVIDIA A10-4Q")]
    [TestCase("GRID T4-8Q")]
    [TestCase("AMD Radeon E9260")]
    [TestCase("Intel(R) Arc(TM) A770 Graphics")]
    [TestCase("NVIDIA A100-SXM4-40GB MIG 1g.5gb")]
    public void Of_UnknownGpu_IsNotGuessed(string name)
    {
        var match = HardwareMatch.Of(OnGpu(name), Known);

        Assert.That(match.Hardware, Is.Null, "not the processor either: a machine with a GPU costs more");
        Assert.That(match.Explanation, Does.Contain(name).And.Matches("no hardware of the catalogue|parts have no price"));
    }

    [Test]
    public void Of_GpuBackendThatDoesNotTellItsDevice_IsNotTheProcessor() => Assert.That(
        HardwareMatch.Of(CellDevice.Of(Machine("AMD EPYC 9R14", 8), Cell("ort-directml", null)), Known),
        Has.Property("Hardware").Null.And.Property("Explanation").EqualTo("its backend does not tell on which GPU it ran"));

    [Test]
    public void RunPrice_MachineOfTheCatalogue_IsPricedAndSaysWhy() => WithRun(Machine("AMD EPYC 9R14", 8), null, (folder, manifest) =>
    {
        var price = new RunPrice(PriceCatalogue.BuiltIn()).Of(folder, manifest, Cell("ort-cpu", null)).Price;

        Assert.That(price?.Hardware, Is.EqualTo("epyc-genoa-8vcpu"));
        Assert.That(
            price?.Origin, Does.Contain("its processor calls itself 'AMD EPYC 9R14' and has 8 logical cores, so it is epyc-genoa-8vcpu"));
    });

    /// <summary>Half of the vCPU of c7a.2xlarge cost half of it; and a quota of 2 of 8 cores is 2 vCPU, not the machine.</summary>
    [TestCase(4, null, 0.5)]
    [TestCase(16, null, 2.0)]
    [TestCase(8, 2.0, 0.25)]
    public void RunPrice_OtherNumberOfCores_IsPricedByTheVCpuAndSaysSo(int cores, double? quota, double share) =>
        WithRun(Machine("AMD EPYC 9R14", cores) with { CpuQuota = quota ?? cores }, null, (folder, manifest) =>
        {
            var whole = PriceCatalogue.BuiltIn().Find("epyc-genoa-8vcpu")!.UsdPerHour;
            var price = new RunPrice(PriceCatalogue.BuiltIn()).Of(folder, manifest, Cell("ort-cpu", null)).Price!;

            Assert.That(price.UsdPerHour, Is.EqualTo(share * whole).Within(1e-12));
            Assert.That(price.Doubts, Has.One.Contains("has 8 vCPU and the cell had"));
        });

    /// <summary>A cell on the processor of a GPU machine is no eighth of it, nor the whole of it: it has the price of a processor
    /// machine, or none.</summary>
    [Test]
    public void RunPrice_ProcessorCellOfAGpuMachine_DoesNotHaveTheGpusPrice() =>
        WithRun(Machine("any", 192, "NVIDIA H100 80GB HBM3", "NVIDIA H100 80GB HBM3"), null, (folder, manifest) =>
        {
            var (gpu, processor) = (Cell("ort-cuda", "NVIDIA H100 80GB HBM3, driver for CUDA 13.0"), Cell("ort-cpu", null));
            var mixed = manifest with { Cells = [gpu, processor] };
            var prices = new RunPrice(PriceCatalogue.BuiltIn());

            Assert.That(prices.Of(folder, mixed, gpu).Price?.Hardware, Is.EqualTo("h100"));
            Assert.That(prices.Of(folder, mixed, processor).WhyNot, Does.Contain("no hardware of the catalogue"));
            var given = prices with { UsdPerHour = 20 };
            Assert.That(given.Of(folder, mixed, gpu).Price?.UsdPerHour, Is.EqualTo(10), "one of two GPUs of the host");
            Assert.That(given.Of(folder, mixed, processor).WhyNot, Does.Contain("that of a host with GPUs"));
            var settled = prices with { HardwareOfRuns = [new PriceAssignment<string>("*/*/ort-cpu/*", "xeon-sapphire-rapids-8vcpu")] };
            Assert.That(settled.Of(folder, mixed, processor).Price?.Hardware, Is.EqualTo("xeon-sapphire-rapids-8vcpu"));
            Assert.That(settled.Of(folder, mixed, gpu).Price?.Hardware, Is.EqualTo("h100"));
        });

    [Test]
    public void RunPrice_PartOfAGpu_HasNoPriceUnlessOneIsGiven() =>
        WithRun(Machine("any", 8, "NVIDIA A100-SXM4-40GB"), null, (folder, manifest) =>
        {
            var slice = Cell("ort-cuda", "NVIDIA A100-SXM4-40GB MIG 1g.5gb, driver for CUDA 13.0");
            var prices = new RunPrice(PriceCatalogue.BuiltIn());

            Assert.That(prices.Of(folder, manifest, slice).WhyNot, Does.Contain("part of a GPU"));
            Assert.That((prices with { Hardware = "a100-40gb" }).Of(folder, manifest, slice).WhyNot, Does.Contain("part of a GPU"));
            Assert.That((prices with { UsdPerHourOfRuns = [new PriceAssignment<double>("testbox/*", 0.4)] })
                .Of(folder, manifest, slice).Price?.UsdPerHour, Is.EqualTo(0.4));
        });

    [Test]
    public void RunPrice_OfSingleRuns_GoesBeforeThatOfAll() => WithRun(Machine("any", 1, "Test GPU"), 0.5, (folder, manifest) =>
    {
        var cell = Cell("ort-cuda", "Test GPU, driver 1");
        var gpu = manifest with { Cells = [cell] };
        var price = new RunPrice(PriceCatalogue.BuiltIn(), "v100") { HardwareOfRuns = [new PriceAssignment<string>("testbox", "t4")] };

        Assert.That(price.Of(folder, gpu, cell).Price?.Hardware, Is.EqualTo("t4"));
        Assert.That((price with { HardwareOfRuns = [] }).Of(folder, gpu, cell).Price?.Hardware, Is.EqualTo("v100"));
        Assert.That(
            (price with { UsdPerHourOfRuns = [new PriceAssignment<double>(manifest.Id, 7)] }).Of(folder, gpu, cell).Price,
            Has.Property("UsdPerHour").EqualTo(7.0).And.Property("Hardware").EqualTo("t4"));
        Assert.That((price with { UsdPerHour = 5 }).Of(folder, gpu, cell).Price?.UsdPerHour,
            Is.EqualTo(0.526), "what is said of one run goes before what is said of all");
    });

    [Test]
    public void RunPrice_Reprice_TakesTheCatalogues() => WithRun(Machine("any", 1, "Tesla T4"), 0.5, (folder, manifest) =>
    {
        var cell = Cell("ort-cuda", "Tesla T4, driver 1");
        var (known, unknown) = (manifest with { Hardware = "t4", Cells = [cell] },
            manifest with { Cells = [cell with { Device = "Abacus, driver 1" }] });
        var (prices, again) = (new RunPrice(PriceCatalogue.BuiltIn()), new RunPrice(PriceCatalogue.BuiltIn()) { Reprice = true });

        Assert.That(prices.Of(folder, known, cell).Price?.UsdPerHour, Is.EqualTo(0.5));
        Assert.That(again.Of(folder, known, cell).Price?.UsdPerHour, Is.EqualTo(0.526));
        Assert.That(
            again.Of(folder, unknown, unknown.Cells[0]).Price?.UsdPerHour, Is.EqualTo(0.5), "a device that the catalogue does not know");
        Assert.That(again.Of(folder, unknown, unknown.Cells[0]).Price?.Origin,
            Does.Contain("the catalogue has none, for its device calls itself 'Abacus'"));
    });

    [Test]
    public void RunPrice_RepriceOfHardwareWithoutAPrice_KeepsTheRecordedOneAndSaysSo() =>
        WithRun(Machine("any", 1), 0.5, (folder, manifest) =>
            Assert.That(
                new RunPrice(PriceCatalogue.BuiltIn()) { Reprice = true }
                    .Of(folder, manifest with { Hardware = "abacus" }, Cell("ort-cpu", null)).Price,
                Has.Property("UsdPerHour").EqualTo(0.5).And.Property("Origin").Contains("no price for the hardware 'abacus'")));

    [Test]
    public void RunPrice_HardwareWithAPriceOfItsOwn_MayHaveAnyName() => WithRun(Machine("any", 1), null, (folder, manifest) =>
        Assert.That(
            new RunPrice(PriceCatalogue.BuiltIn())
            {
                HardwareOfRuns = [new PriceAssignment<string>("testbox", "my-box")],
                UsdPerHourOfRuns = [new PriceAssignment<double>("testbox", 0.3)],
            }
                .Of(folder, manifest, Cell("ort-cpu", null)).Price,
            Has.Property("Hardware").EqualTo("my-box").And.Property("UsdPerHour").EqualTo(0.3)));

    [Test]
    public void RunPrice_WindowsAtLinuxPrices_IsDoubtful() =>
        WithRun(Machine("AMD EPYC 9R14", 8) with { Os = "windows" }, null, (folder, manifest) =>
            Assert.That(new RunPrice(PriceCatalogue.BuiltIn()).Of(folder, manifest, Cell("ort-cpu", null)).Price?.Doubts,
                Has.One.Contains("that of Linux")));

    [Test]
    public void RunPrice_OutlierAmongTheOffers_IsDoubtful() =>
        Assert.That(PriceCatalogue.BuiltIn().Find("v100")?.Doubts, Has.One.Contains("Lambda's gpu_8x_v100 asks 0.26 times the median"));

    /// <summary>Two machines called "vm" made an H200 cost $0.30 an hour, in silence.</summary>
    [Test]
    public void Check_NameOfTwoMachines_IsRefused()
    {
        var other = RunFixture.Manifest() with
        {
            Id = "20260102-040405-testbox-1",
            Machine = RunFixture.Manifest().Machine with { Gpus = [new GpuFacts("NVIDIA H200", "1")] },
        };
        void Check(string target) =>
            (new RunPrice(PriceCatalogue.BuiltIn()) { UsdPerHourOfRuns = [new PriceAssignment<double>(target, 0.3)] })
                .Check([RunFixture.Manifest(), other]);

        Assert.That(() => Check("testbox"), Throws.ArgumentException.With.Message.Contains("'testbox' is the name of 2 machines")
            .And.Message.Contains("NVIDIA H200 (20260102-040405-testbox-1)"));
        Assert.That(() => Check(RunFixture.Id), Throws.Nothing);
        Assert.That(() => Check("*"), Throws.Nothing, "a star means all of them");
    }

    [TestCase("xeon-8vcpu", "testbox", "that is a processor, and tiny/ort-cuda/fp32/linux-x64 ran on NVIDIA H200")]
    [TestCase("h200", "testbox/*/ort-cpu/*", "that is a GPU, and tiny/ort-cpu/fp32/linux-x64 ran on the processor")]
    [TestCase("h200", "testbox/*/openvino/*", "matches no cell")]
    public void Check_HardwareOfAnotherKind_IsRefused(string key, string target, string message)
    {
        var run = RunFixture.Manifest() with { Cells = [Cell("ort-cuda", "NVIDIA H200, driver 1"), Cell("ort-cpu", null)] };

        Assert.That(
            () => (new RunPrice(PriceCatalogue.BuiltIn()) { HardwareOfRuns = [new PriceAssignment<string>(target, key)] }).Check([run]),
            Throws.ArgumentException.With.Message.Contains(message));
    }

    [Test]
    public void Check_UnknownProvider_SaysWhichThereAre() =>
        Assert.That(() => (new RunPrice(PriceCatalogue.BuiltIn()) { Provider = "nobody" }).Check(),
            Throws.ArgumentException.With.Message.Contains("AWS, Azure, GCP, Lambda"));

    [Test]
    public void Find_Provider_IsTheOnlyOneThatCounts()
    {
        var prices = PriceCatalogue.BuiltIn();

        Assert.That(prices.Find("v100", provider: "aws")!.UsdPerHour, Is.EqualTo(3.06));
        Assert.That(prices.Find("v100")!.UsdPerHour, Is.EqualTo(0.79), "the cheapest offer that is sold");
    }

    [TestCase("NVIDIA H200", "NVIDIA H200", "NVIDIA H200")]
    [TestCase("NVIDIA L4|NVIDIA L4", "any", "2 × NVIDIA L4")]
    [TestCase("", "Intel(R) Xeon(R) CPU @ 2.80GHz", "Intel Xeon @ 2.80GHz, 2 cores")]
    public void LabelOf_Machine_IsWhatItIs(string gpus, string cpu, string label) => Assert.That(
        CellDevice.LabelOf(Machine(cpu, 8, [.. gpus.Split('|', StringSplitOptions.RemoveEmptyEntries)])),
        Is.EqualTo(label), "a host name says nothing; the quota of the fixture is 2");

    [Test]
    public void Check_PriceForARunThatIsNotThere_SaysWhichThereAre() => Assert.That(
        () => new RunPrice(PriceCatalogue.BuiltIn()) { UsdPerHourOfRuns = [new PriceAssignment<double>("elsewhere", 1)] }
            .Check([RunFixture.Manifest()]),
        Throws.ArgumentException.With.Message.Contains("elsewhere").And.Message.Contains("testbox"));

    private static CellDevice OnGpu(string name) =>
        CellDevice.Of(Machine("AMD EPYC 9R14", 8, name), Cell("ort-cuda", name + ", driver for CUDA 13.0"));

    private static CellDevice OnProcessor(string name, int cores) => CellDevice.Of(Machine(name, cores), Cell("ort-cpu", null));

    private static CellFacts Cell(string backend, string? device) => new()
    {
        Id = CellId.Parse($"tiny/{backend}/fp32/linux-x64"),
        Status = CellStatus.Measured,
        Device = device,
    };

    private static void WithRun(MachineFacts machine, double? usdPerHour, Action<RunFolder, RunManifest> check) =>
        check(new RunFolder("nowhere"), RunFixture.Manifest() with { Machine = machine, UsdPerHour = usdPerHour });

    private static MachineFacts Machine(string cpu, int cores, params string[] gpus) =>
        RunFixture.Manifest().Machine with { Cpu = cpu, LogicalCores = cores, Gpus = [.. gpus.Select(gpu => new GpuFacts(gpu, "1"))] };
}
