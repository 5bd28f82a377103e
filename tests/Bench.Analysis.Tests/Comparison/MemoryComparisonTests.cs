using Bench.Analysis.Comparison;
using Bench.Analysis.Exports;

namespace Bench.Analysis.Tests.Comparison;

public class MemoryComparisonTests
{
    [TestCase(100, 100, "0", AllocationVerdict.Same)]
    [TestCase(100, 101, "0", AllocationVerdict.More)]
    [TestCase(100, 99, "0", AllocationVerdict.Fewer)]
    [TestCase(0, 0, "0", AllocationVerdict.Same)]
    [TestCase(0, 1, "0", AllocationVerdict.More)]
    [TestCase(0, 1, "50%", AllocationVerdict.More)]
    [TestCase(0, 64, "64 B", AllocationVerdict.Allowed)]
    [TestCase(0, 65, "64 B", AllocationVerdict.More)]
    [TestCase(100, 105, "5%", AllocationVerdict.Allowed)]
    [TestCase(100, 106, "5%", AllocationVerdict.More)]
    [TestCase(3e12, 3e12 + 1, "0", AllocationVerdict.More)]
    [TestCase(0, 1e12, "any", AllocationVerdict.Allowed)]
    public void Of_ExactBytes_AreJudgedToTheByte(double before, double now, string threshold, AllocationVerdict verdict) =>
        Assert.That(Judge(new AllocatedBytes(before), new AllocatedBytes(now), threshold), Is.EqualTo(verdict));

    // 1.05 KB is anything from 1.045 to 1.055 KB, so that equal texts do not show equal bytes, and different ones show a difference.
    [TestCase(1.05, 1.05, "0", AllocationVerdict.Inconclusive)]
    [TestCase(1.05, 1.06, "0", AllocationVerdict.More)]
    [TestCase(1.05, 1.04, "0", AllocationVerdict.Fewer)]
    [TestCase(1.05, 1.05, "1%", AllocationVerdict.Allowed)]
    [TestCase(1.05, 1.05, "10.24 B", AllocationVerdict.Allowed)]
    [TestCase(1.05, 1.05, "10 B", AllocationVerdict.Inconclusive)]
    [TestCase(1.05, 1.07, "1%", AllocationVerdict.Inconclusive)]
    [TestCase(1.05, 1.20, "1%", AllocationVerdict.More)]
    public void Of_KilobytesOfATable_ClaimOnlyWhatRoundingAllows(double before, double now, string threshold, AllocationVerdict verdict) =>
        Assert.That(Judge(Kilobytes(before), Kilobytes(now), threshold), Is.EqualTo(verdict));

    [Test]
    public void Of_ATableBesideAnExactNumber_ClaimsOnlyWhatRoundingAllows()
    {
        Assert.That(Judge(Kilobytes(1.05), new AllocatedBytes(1075), "0"), Is.EqualTo(AllocationVerdict.Inconclusive));
        Assert.That(Judge(Kilobytes(1.05), new AllocatedBytes(1090), "0"), Is.EqualTo(AllocationVerdict.More));
        Assert.That(Judge(new AllocatedBytes(1090), Kilobytes(1.05), "0"), Is.EqualTo(AllocationVerdict.Fewer));
    }

    /// <summary>Rounded numbers are drawn at random: no verdict may contradict the bytes that they were rounded from.</summary>
    [Test]
    public void Of_RoundedNumbers_NeverContradictTheBytesBehindThem()
    {
        var random = new Random(20261126);
        for (var i = 0; i < 20_000; i++)
        {
            var (before, now) = (random.Next(1000, 20_000), random.Next(1000, 20_000));
            now = i % 2 == 0 ? before + random.Next(-20, 20) : now;
            var (from, to) = (Kilobytes(Math.Round(before / 1024m, 2, MidpointRounding.AwayFromZero)),
                Kilobytes(Math.Round(now / 1024m, 2, MidpointRounding.AwayFromZero)));
            var verdict = Judge(from, to, "0");

            Assert.That(verdict switch { AllocationVerdict.More => now > before, AllocationVerdict.Fewer => now < before, _ => true },
                $"{before} → {now}: {verdict}");
            Assert.That(verdict, Is.Not.EqualTo(AllocationVerdict.Same).And.Not.EqualTo(AllocationVerdict.Allowed),
                "nothing that is rounded is shown to be equal");
        }
    }

    [Test]
    public void Of_OneSide_IsNotCompared()
    {
        Assert.That(Judge(null, new AllocatedBytes(1), "0"), Is.EqualTo(AllocationVerdict.NotCompared));
        Assert.That(Judge(new AllocatedBytes(1), null, "0"), Is.EqualTo(AllocationVerdict.NotCompared));
        Assert.That(MemoryComparison.Of(null, null, default), Is.Null);
    }

    [TestCase("5%", "5%")]
    [TestCase("5 %", "5%")]
    [TestCase("0.05", "5%")]
    [TestCase("64 B", "64 B")]
    [TestCase("64b", "64 B")]
    [TestCase("1 KB", "1024 B")]
    [TestCase("1.5 MB", "1572864 B")]
    [TestCase("0 B", "0")]
    [TestCase("0", "0")]
    [TestCase("0%", "0")]
    [TestCase("any", "any")]
    public void TryParse_WhatPeopleWrite_IsRead(string text, string expected)
    {
        Assert.That(AllocationThreshold.TryParse(text, out var threshold));
        Assert.That(threshold.ToString(), Is.EqualTo(expected));
    }

    [TestCase("")]
    [TestCase("64")]
    [TestCase("-1 B")]
    [TestCase("-5%")]
    [TestCase("B")]
    [TestCase("1e400 B")]
    [TestCase("1,5 KB")]
    [TestCase("64 bits")]
    [TestCase("20000%")]
    public void TryParse_WhatMayMeanTwoThingsOrNone_IsRefused(string text) =>
        Assert.That(AllocationThreshold.TryParse(text, out _), Is.False);

    private static AllocatedBytes Kilobytes(double kilobytes) => Kilobytes((decimal)kilobytes);

    private static AllocatedBytes Kilobytes(decimal kilobytes) => new((double)kilobytes * 1024, 0.005 * 1024);

    private static AllocationVerdict Judge(AllocatedBytes? before, AllocatedBytes? now, string threshold)
    {
        Assert.That(AllocationThreshold.TryParse(threshold, out var read));
        return MemoryComparison.Of(new ExportedMemory(before, 0, 0, 0), new ExportedMemory(now, 0, 0, 0), read)!.Verdict;
    }
}
