using Bench.Analysis.Exports;

namespace Bench.Analysis.Tests.Exports;

public class MeasurementParametersTests
{
    [TestCase("Model=unet&Backend=ort-cpu&Precision=fp32", "unet/ort-cpu/fp32/linux-x64")]
    [TestCase("Model=unet&Backend=ort-cpu@1.29.0&Precision=fp32", "unet/ort-cpu@1.29.0/fp32/linux-x64")]
    [TestCase("Model=unet&Backend=ort-cuda&Precision=fp16&graph=on&layout=nhwc", "unet/ort-cuda+graph=on+layout=nhwc/fp16/linux-x64")]
    [TestCase("Model=unet&Backend=ort-cpu&Precision=fp32&ep.a=x%26y%3Dz", "unet/ort-cpu+ep.a=x%26y%3Dz/fp32/linux-x64")]
    [TestCase("Model=unet&Backend=ort-cpu&Precision=fp32&threads=2&Load=120rps", "unet/ort-cpu+threads=2/fp32/linux-x64~120rps")]
    [TestCase("Model=unet&Backend=ort-cpu&Precision=fp32&Knobs=-", "unet/ort-cpu/fp32/linux-x64", TestName = "a table, without knobs")]
    [TestCase("Model=unet&Backend=ort-cuda&Precision=fp32&Knobs=graph=on+layout=nhwc", "unet/ort-cuda+graph=on+layout=nhwc/fp32/linux-x64",
        TestName = "a table, with knobs")]
    public void TryParse_NameOfOurs_IsItsMeasurement(string parameters, string expected)
    {
        Assert.That(MeasurementParameters.TryParse(Name("Bench.Benchmarks.Launches.InferenceBenchmark", "Infer", parameters), out var id));
        Assert.That(id!.ToString(), Is.EqualTo(expected));
    }

    [TestCase("InferenceBenchmark", "Infer", "Model=unet")]
    [TestCase("InferenceBenchmark", "Infer", "")]
    [TestCase("InferenceBenchmark", "Infer", "Backend=ort-cpu&Model=unet&Precision=fp32")]
    [TestCase("InferenceBenchmark", "Infer", "Model=unet&Backend=ort-cpu&Precision=fp32&threads")]
    [TestCase("InferenceBenchmark", "Infer", "Model=&Backend=ort-cpu&Precision=fp32")]
    [TestCase("InferenceBenchmark", "Infer", "Model=a/b&Backend=ort-cpu&Precision=fp32")]
    [TestCase("InferenceBenchmark", "Train", "Model=unet&Backend=ort-cpu&Precision=fp32")]
    [TestCase("Acme.MyInferenceBenchmark", "Infer", "Model=unet&Backend=ort-cpu&Precision=fp32")]
    public void TryParse_OtherName_SaysNo(string type, string method, string parameters) =>
        Assert.That(MeasurementParameters.TryParse(Name(type, method, parameters), out _), Is.False);

    [Test]
    public void TryParse_NameOfVersion1_IsLeftToItsOwnReader()
    {
        var name = new BenchmarkName(
            "Bench.Benchmarks.Inference.InferenceBenchmark", "Infer", "Model=unet", null, JobTraits.Parse("ort-cpu_fp32_linux-x64_r2"));

        Assert.That(MeasurementParameters.TryParse(name, out _), Is.False);
        Assert.That(JobName.TryParse(name, out var job, out var model));
        Assert.That((job.CellId(model).ToString(), job.Round), Is.EqualTo(("unet/ort-cpu/fp32/linux-x64", 2)));
    }

    private static BenchmarkName Name(string type, string method, string parameters) => new(
        type, method, parameters, null, JobTraits.Parse("linux-x64(Runtime=.NET 10.0, RunStrategy=Monitoring)"));
}
