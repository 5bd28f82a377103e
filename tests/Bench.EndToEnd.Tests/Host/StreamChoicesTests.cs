using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Host;

namespace Bench.EndToEnd.Tests.Host;

public class StreamChoicesTests
{
    private static readonly MachineFacts Machine = new()
    {
        Name = "m",
        Os = "linux",
        OsVersion = "1",
        Architecture = "x64",
        Cpu = "c",
        PhysicalCores = 8,
        LogicalCores = 16,
    };

    [TestCase(16, null, 8, Description = "physical ones")]
    [TestCase(4, null, 4, Description = "taskset and container sets leave some out")]
    [TestCase(16, 2.5, 2)]
    [TestCase(16, 0.5, 1)]
    public void Cores_WhatTheProcessMayUse_IsWhatCounts(int allowed, double? quota, int expected) =>
        Assert.That(StreamChoices.Cores(Machine with { CpuQuota = quota }, allowed), Is.EqualTo(expected));

    [TestCase("ort-cpu", 12, new[] { 1, 2, 3, 4, 6, 12 })]
    [TestCase("ort-cpu@1.30.0", 1, new[] { 1 })]
    [TestCase("ort-cuda", 12, new[] { 1, 2, 4 })]
    public void Auto_OfABackend_IsWhatIsWorthATry(string backend, int cores, int[] expected) =>
        Assert.That(StreamChoices.Auto(backend, cores), Is.EqualTo(expected));

    [Test]
    public void Resolve_Auto_IsAVariantForEachNumber() => Assert.That(
        StreamChoices.Resolve(Variant.Parse("batch=4+streams=auto"), "ort-cpu", 4).Select(variant => variant.ToString()),
        Is.EqualTo(["batch=4", "batch=4+streams=2", "batch=4+streams=4"]));

    [TestCase("m/ort-cpu+streams=3/fp32/linux-x64", "ort-cpu",
        "streams=3 takes more threads than the 2 cores that may be used; say --threads 1 to measure it all the same.")]
    [TestCase("m/ort-cpu+streams=2/fp32/linux-x64", "ort-cpu", null)]
    [TestCase("m/ort-cpu+streams=3+threads=1/fp32/linux-x64", "ort-cpu", null)]
    [TestCase("m/ort-cuda+streams=3/fp32/linux-x64", "ort-cuda", null)]
    public void WhyNot_MoreStreamsThanCores_IsOnlyForWhoSaysSo(string cell, string backend, string? expected) =>
        Assert.That(StreamChoices.WhyNot(CellId.Parse(cell), backend, 2), Is.EqualTo(expected));
}
