using System.Diagnostics;
using System.Runtime.Versioning;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Machines;

namespace Bench.EndToEnd.Tests.Machines;

public class ProcessProbeTests
{
    [Test]
    public void Read_FilesOfTheKernel_TellHowTheProcessIsScheduled()
    {
        using var kernel = new FakeKernel()
            .With("proc/self/stat", "42 (a) b (c) R 1 42 42 0 -1 4194304 9 0 0 0 3 1 0 0 25 5 1 0 99 1000 100 18446744073709551615 "
                + "1 1 0 0 0 0 0 0 0 0 0 0 17 3 0 3 0 0 0 0 0 0 0 0 0 0 0")
            .With("proc/self/status", "Cpus_allowed_list:\t8-11,24-27")
            .With("sys/devices/system/node/node0/cpulist", "0-7,16-23")
            .With("sys/devices/system/node/node1/cpulist", "8-15,24-31");

        Assert.That(ProcessProbe.Read(kernel.Files), Is.EqualTo(new ProcessFacts
        {
            Nice = 5,
            Scheduler = "SCHED_BATCH",
            AllowedCpus = "8-11,24-27",
            NumaNode = 1,
        }));
    }

    [Test]
    public void Read_ProcessorsOfTwoNodes_NamesNoNode()
    {
        using var kernel = new FakeKernel().With("proc/self/status", "Cpus_allowed_list:\t0-15")
            .With("sys/devices/system/node/node0/cpulist", "0-7").With("sys/devices/system/node/node1/cpulist", "8-15");

        Assert.That(ProcessProbe.Read(kernel.Files), Is.EqualTo(new ProcessFacts { AllowedCpus = "0-15" }));
    }

    [Test]
    [Platform("Linux")]
    [SupportedOSPlatform("linux")]
    public void Read_ThisProcess_IsWhatTheSystemSays()
    {
        var facts = ProcessProbe.Read(KernelFiles.Here);
        using var process = Process.GetCurrentProcess();
        var mask = process.ProcessorAffinity;

        Assert.That(
            CpuList.Parse(facts.AllowedCpus)!.Where(cpu => cpu < 64),
            Is.EqualTo(Enumerable.Range(0, 64).Where(cpu => ((mask >> cpu) & 1) != 0)));
        Assert.That(new[] { $"{facts.Nice}", facts.Scheduler == "SCHED_OTHER" ? "TS" : facts.Scheduler![6..] }, Is.EqualTo(AskPs()));
    }

    [Test]
    public void Read_NoFilesOfTheKernel_AsksTheSystem()
    {
        using var process = Process.GetCurrentProcess();

        Assert.That(ProcessProbe.Read(new KernelFiles(null)).PriorityClass, Is.EqualTo(process.PriorityClass.ToString()));
    }

    /// <summary>Columns of ps: nice value, and the scheduling class by its letters.</summary>
    private static string[] AskPs()
    {
        try
        {
            using var ps = Process.Start(new ProcessStartInfo("ps", ["-o", "ni=,cls=", "-p", $"{Environment.ProcessId}"])
            {
                RedirectStandardOutput = true,
            })!;
            return ps.StandardOutput.ReadToEnd().Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Ignore("needs ps (Debian: apt install procps)");
            throw;
        }
    }
}
