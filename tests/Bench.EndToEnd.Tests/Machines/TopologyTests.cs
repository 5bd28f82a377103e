using System.Buffers.Binary;
using System.Text;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Machines.Topology;

namespace Bench.EndToEnd.Tests.Machines;

public class TopologyTests
{
    private const string Cpus = "sys/devices/system/cpu";

    private FakeKernel _kernel = null!;

    [SetUp]
    public void SetUp() => _kernel = new FakeKernel();

    [TearDown]
    public void TearDown() => _kernel.Dispose();

    [Test]
    public void Read_TwoKindsOfIntel_CountsCoresNotThreads()
    {
        // Two cores of two threads, then four cores of one.
        Machine(8, cpu => cpu < 4 ? (cpu & ~1, 2) : (cpu, 1));
        _kernel.With("sys/devices/cpu_core/cpus", "0-3").With("sys/devices/cpu_atom/cpus", "4-7");

        var topology = LinuxTopology.Read(_kernel.Files);

        Assert.That(topology.CoreKinds, Is.EqualTo(new[] { new CoreKind("performance", 2, "0-3"), new CoreKind("efficiency", 4, "4-7") }));
        Assert.That(topology.ThreadsPerCore, Is.EqualTo(2));
    }

    [TestCase("cpu_capacity", 446, 871, 1024)]
    [TestCase("cpufreq/cpuinfo_max_freq", 2000000, 3200000, 3300000)]
    public void Read_StrengthsOfClasses_MakeKinds(string file, int little, int big, int biggest)
    {
        Machine(8, cpu => (cpu, 1));
        for (var cpu = 0; cpu < 8; cpu++)
        {
            _kernel.With($"{Cpus}/cpu{cpu}/{file}", $"{(cpu < 4 ? little : cpu < 7 ? big : biggest)}");
        }

        Assert.That(
            LinuxTopology.Read(_kernel.Files).CoreKinds,
            Is.EqualTo(new[] { new CoreKind("performance", 4, "4-7"), new CoreKind("efficiency", 4, "0-3") }));
    }

    [Test]
    public void Read_BestCoresOfOneKind_AreNoKind()
    {
        Machine(4, cpu => (cpu, 1));
        for (var cpu = 0; cpu < 4; cpu++)
        {
            _kernel.With($"{Cpus}/cpu{cpu}/cpufreq/cpuinfo_max_freq", $"{5000000 + (cpu * 200000)}");
        }

        Assert.That(LinuxTopology.Read(_kernel.Files).CoreKinds, Is.Null);
    }

    [Test]
    public void Read_CachesOfSeveralComplexes_AddsThoseThatMayBeUsed()
    {
        Machine(8, cpu => (cpu, 1));
        for (var cpu = 0; cpu < 8; cpu++)
        {
            _kernel.With($"{Cpus}/cpu{cpu}/cache/index0/level", "1").With($"{Cpus}/cpu{cpu}/cache/index0/size", "48K")
                .With($"{Cpus}/cpu{cpu}/cache/index3/level", "3").With($"{Cpus}/cpu{cpu}/cache/index3/size", "32768K")
                .With($"{Cpus}/cpu{cpu}/cache/index3/shared_cpu_list", cpu < 2 ? "0-1" : cpu < 4 ? "2-3" : cpu < 6 ? "4-5" : "6-7");
        }

        Assert.That(LinuxTopology.Read(_kernel.Files).LastLevelCacheBytes, Is.EqualTo(4 * (32L << 20)));
        _kernel.With("proc/self/status", "Cpus_allowed_list:\t1-4");
        Assert.That(LinuxTopology.Read(_kernel.Files).LastLevelCacheBytes, Is.EqualTo(3 * (32L << 20)));
    }

    [Test]
    public void Read_NothingTold_KnowsNothing() => Assert.That(LinuxTopology.Read(_kernel.Files), Is.EqualTo(new CpuTopology()));

    [TestCase("32768K", 33554432)]
    [TestCase("16M", 16777216)]
    [TestCase("", 0)]
    [TestCase("many", 0)]
    public void ParseCacheSize_TextOfTheKernel_GivesBytes(string text, long expected) =>
        Assert.That(LinuxTopology.ParseCacheSize(text), Is.EqualTo(expected));

    [Test]
    public void Read_ValuesOfAnM1Max_GiveItsKindsAndCaches()
    {
        // As its owner published them: https://gist.github.com/Spo1ler/a4a67575e9d79507fdf44e2f30cdeb76.
        var values = new Dictionary<string, byte[]>
        {
            ["hw.nperflevels"] = BitConverter.GetBytes(2),
            ["hw.logicalcpu"] = BitConverter.GetBytes(10),
            ["hw.physicalcpu"] = BitConverter.GetBytes(10),
            ["hw.perflevel0.name"] = Encoding.UTF8.GetBytes("Performance\0"),
            ["hw.perflevel0.physicalcpu"] = BitConverter.GetBytes(8),
            ["hw.perflevel0.cpusperl2"] = BitConverter.GetBytes(4),
            ["hw.perflevel0.l2cachesize"] = BitConverter.GetBytes(12582912),
            ["hw.perflevel1.name"] = Encoding.UTF8.GetBytes("Efficiency\0"),
            ["hw.perflevel1.physicalcpu"] = BitConverter.GetBytes(2),
            ["hw.perflevel1.cpusperl2"] = BitConverter.GetBytes(2),
            ["hw.perflevel1.l2cachesize"] = BitConverter.GetBytes(4194304L),
        };

        var topology = MacTopology.Read(values.GetValueOrDefault);

        Assert.That(topology.CoreKinds, Is.EqualTo(new[] { new CoreKind("performance", 8), new CoreKind("efficiency", 2) }));
        Assert.That(topology.ThreadsPerCore, Is.EqualTo(1));
        Assert.That(topology.LastLevelCacheBytes, Is.EqualTo(28L << 20));
    }

    [Test]
    public void Parse_RecordsOfWindows_GivesKindsThreadsAndCaches()
    {
        // Class 1 is the stronger one. The second group of processors begins at 64.
        byte[] records =
        [
            .. Core(efficiencyClass: 1, mask: 0b0011, group: 0), .. Core(efficiencyClass: 0, mask: 0b0100, group: 0),
            .. Core(efficiencyClass: 0, mask: 0b0001, group: 1),
            .. Cache(level: 2, bytes: 1 << 20), .. Cache(level: 3, bytes: 32 << 20), .. Cache(level: 3, bytes: 96 << 20),
        ];

        var topology = WindowsTopology.Parse(records);

        Assert.That(topology.CoreKinds, Is.EqualTo(new[] { new CoreKind("performance", 1, "0-1"), new CoreKind("efficiency", 2, "2,64") }));
        Assert.That(topology.ThreadsPerCore, Is.EqualTo(2));
        Assert.That(topology.LastLevelCacheBytes, Is.EqualTo(128L << 20));
    }

    [Test]
    public void Parse_RecordsThatBreakOff_GivesWhatWasWhole()
    {
        byte[] records = [.. Core(0, 1, 0), .. Core(0, 2, 0)[..20]];

        Assert.That(WindowsTopology.Parse(records).ThreadsPerCore, Is.EqualTo(1));
    }

    private void Machine(int count, Func<int, (int First, int Threads)> core)
    {
        _kernel.With($"{Cpus}/online", $"0-{count - 1}");
        for (var cpu = 0; cpu < count; cpu++)
        {
            var (first, threads) = core(cpu);
            _kernel.With($"{Cpus}/cpu{cpu}/topology/core_cpus_list", threads == 1 ? $"{first}" : $"{first}-{first + threads - 1}");
        }
    }

    // PROCESSOR_RELATIONSHIP, with one GROUP_AFFINITY.
    private static byte[] Core(byte efficiencyClass, ulong mask, ushort group)
    {
        var record = Record(relation: 0, size: 48);
        record[9] = efficiencyClass;
        BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(30), 1);
        BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(32), mask);
        BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(40), group);
        return record;
    }

    // CACHE_RELATIONSHIP.
    private static byte[] Cache(byte level, int bytes)
    {
        var record = Record(relation: 2, size: 56);
        record[8] = level;
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(12), bytes);
        return record;
    }

    private static byte[] Record(int relation, int size)
    {
        var record = new byte[size];
        BinaryPrimitives.WriteInt32LittleEndian(record, relation);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(4), size);
        return record;
    }
}
