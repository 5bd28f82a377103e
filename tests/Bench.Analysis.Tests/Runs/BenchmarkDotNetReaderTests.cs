using System.Text;
using Bench.Analysis.Exports;
using Bench.Analysis.Input;
using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Tests.Runs;

public class BenchmarkDotNetReaderTests
{
    [Test]
    public void Read_SeveralJobsAndLaunches_KeepsThemApartAndInOrder()
    {
        using var temporary = new TemporaryFolder();
        var timings = BenchmarkDotNetReader.Read(RunFixture.Create(temporary.Path));

        Assert.That(timings.Keys, Is.EquivalentTo(RunFixture.CellIds.Take(3).Select(id => MeasurementId.Parse(id))));
        var cell = timings[new MeasurementId(RunFixture.IdOf(0), Load.Closed)];
        Assert.That(cell.Launches.Select(launch => launch.LatenciesMs.Count), Is.EqualTo([100, 100]));
        Assert.That(cell.Launches[0].LatenciesMs[0], Is.EqualTo(10.01).Within(1e-9), "the first round comes first");
        Assert.That(cell.Launches[1].LatenciesMs[99], Is.EqualTo(11.5).Within(1e-9));
    }

    [Test]
    public void Read_NoExport_SaysSo()
    {
        using var temporary = new TemporaryFolder();

        Assert.That(() => BenchmarkDotNetReader.Read(new RunFolder(temporary.Path)),
            Throws.TypeOf<RunFormatException>().With.Message.Contains("*-report-full.json"));
    }

    [TestCase("{", "damaged or truncated")]
    [TestCase("{}", "found no Benchmarks")]
    [TestCase("""{"Benchmarks":[null]}""", "found no Benchmarks")]
    [TestCase("""{"Benchmarks":[{"DisplayInfo":"A.B: ort-cpu_fp32_linux-x64_r1(X=1) [Model=m]","Measurements":["""
        + """{"IterationMode":"Workload","IterationStage":"Actual","Operations":16,"Nanoseconds":5}]}]}""", "found 16 operations")]
    [TestCase("""{"Benchmarks":[{"DisplayInfo":"A.B: ort-cpu_fp32_linux-x64_r1(X=1) [Model=m]","Measurements":["""
        + """{"IterationMode":"Workload","IterationStage":"Actual","Operations":1,"Nanoseconds":"NaN"}]}]}""", "NaN ns")]
    [TestCase("""{"Benchmarks":[{"DisplayInfo":"A.B: ort-cpu_fp32_linux-x64_r1(X=1) [Model=m]","Measurements":["""
        + """{"IterationMode":"Workload","IterationStage":"Actual","Operations":1,"Nanoseconds":0}]}]}""", "0 ns")]
    public void Parse_DamagedExport_SaysWhat(string json, string expected) => Assert.That(
        () => BenchmarkDotNetReader.Parse(Encoding.UTF8.GetBytes(json), "x.json"),
        Throws.TypeOf<RunFormatException>().With.Message.Contains(expected));

    [TestCase(
        "InferenceBenchmark.Infer: ort-cpu_fp32_linux-x64_r12(EnvironmentVariables=BENCH_PLAN=/a(b)/c, LaunchCount=1) [Model=inceptionv3]",
        "inceptionv3/ort-cpu/fp32/linux-x64", 12)]
    [TestCase("InferenceBenchmark.Infer: ort-cpu@1.29.0_fp16_windows-x64_r1 [Model=unet]", "unet/ort-cpu@1.29.0/fp16/windows-x64", 1)]
    public void TryParse_DisplayInfoOfOurs_FindsCellAndRound(string displayInfo, string cell, int round)
    {
        Assert.That(JobName.TryParse(displayInfo, out var job, out var model));
        Assert.That((job.CellId(model).ToString(), job.Round), Is.EqualTo((cell, round)));
    }

    [TestCase("NpyBenchmarks.Read: DefaultJob")]
    [TestCase("InferenceBenchmark.Infer: Job-ABCDEF(LaunchCount=1) [Model=unet]")]
    [TestCase("")]
    public void TryParse_OtherDisplayInfo_SaysNo(string displayInfo) => Assert.That(JobName.TryParse(displayInfo, out _, out _), Is.False);
}
