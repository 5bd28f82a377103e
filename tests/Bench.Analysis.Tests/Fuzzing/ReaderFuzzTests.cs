using System.Text;
using Bench.Analysis.Comparison;
using Bench.Analysis.Cost;
using Bench.Analysis.Equivalence;
using Bench.Analysis.Exports;
using Bench.Analysis.Gate;
using Bench.Analysis.Input;
using Bench.Analysis.Runs;
using Bench.Analysis.Tests.Runs;
using Bench.Analysis.Trimming;
using Bench.Arrays.Npy;

namespace Bench.Analysis.Tests.Fuzzing;

/// <summary>Whatever a file holds, a reader gives a value or says in its own words what is wrong:
/// never any other exception, never no end.</summary>
[Parallelizable(ParallelScope.Children)]
public class ReaderFuzzTests
{
    private static readonly int Inputs = LongAttribute.IsOn ? 40_000 : 4_000;

    private static readonly string Exports = Repository.File("tests", "Bench.Analysis.Tests", "Data", "exports");

    [Test]
    public void JsonExport() => Fuzz(
        [
            Read("Acme.Sorting-report-full.json"), Read("Acme.Parsing-report-brief.json"),
            Encoding.UTF8.GetBytes("""
                {"Benchmarks":[{"Type":"X","Method":"A","Statistics":{"OriginalValues":[1]},
                "Memory":{"Gen0Collections":1,"TotalOperations":6,"BytesAllocatedPerOperation":8}}]}
                """),
            Encoding.UTF8.GetBytes("""
                {"Benchmarks":[{"Type":"X","Method":"A","Statistics":{"OriginalValues":[1]},
                "Metrics":[{"Value":8,"Descriptor":{"Id":"Allocated Memory"}}]}]}
                """),
        ],
        input => JsonExportReader.Parse(input, "fuzz"));

    [Test]
    public void MarkdownExport() => Fuzz(
        [
            Read("Acme.Sorting-report-github.md"),
            Encoding.UTF8.GetBytes("| Method | N | Mean [ns] | Error |\n|---|---|---:|---:|\n| A | 1 | 1,234.5 | 2.0 |\n"),
            Encoding.UTF8.GetBytes("| Method | Mean | Error | Gen 0 | Allocated |\n|---|---:|---:|---:|---:|\n| A | 1.5 ns | 2.0 ns | "
                + "0.0162 | 1.05 KB |\n"),
        ],
        input => MarkdownExportReader.Parse(Encoding.UTF8.GetString(input), "fuzz"));

    [Test]
    public void RunManifest() => Fuzz(
        [Encoding.UTF8.GetBytes("""
            {"schemaVersion":1,"id":"r","complete":true,"commandLine":[],"seed":1,"profile":"smoke","startedUtc":"2026-01-02T03:04:05Z",
            "git":{"commit":"c","dirty":false},
            "machine":{"name":"n","os":"linux","osVersion":"v","architecture":"x64","cpu":"c","logicalCores":2,"cpuQuota":2},
            "software":{"a":"b"},
            "models":[{"id":"m","title":"t","task":"segmentation","files":{"fp32":{"sha256":"a","bytes":1}},
            "dataSha256":"a","dataCount":1,"evaluatedCount":1,"equivalenceMargin":0.1}],
            "cells":[{"id":"m/b/fp32/p","model":"m","backend":"b","precision":"fp32","status":"measured",
            "launches":[{"round":1,"loadMs":1,"firstInferenceMs":1,"gcCollections":0,"allocatedBytesPerInference":0}],"iterations":1}]}
            """)],
        input => RunFolder.Parse(input, "fuzz"));

    [Test]
    public void KeptQuality() => Fuzz(
        [Encoding.UTF8.GetBytes($$"""
            {"schemaVersion":1,"outputs":[{"cell":"m/a/fp32/p","sha256":"{{new string('a', 64)}}"},
            {"cell":"m/b/fp32/p","sha256":"{{new string('b', 64)}}"}],
            "pairs":[{"cell":"m/b/fp32/p","reference":"m/a/fp32/p","largestDifferences":[0,1.4901161193847656E-08]}]}
            """)],
        input => RunQuality.Parse(input, "fuzz"));

    [Test]
    public void RecordOfASearch() => Fuzz(
        [Encoding.UTF8.GetBytes("""
            {"schemaVersion":1,"outcome":"notShown","chosen":"m/a/fp32/p","runnerUp":"m/a+batch=2/fp32/p","default":"m/a/fp32/p",
            "timesAsCheap":{"ratio":1.01,"lower":0.9,"upper":1.1,"level":0.975},"isPriced":true,"limitMs":20,"quantile":0.99,
            "launches":3,"seconds":7.5,"points":[{"cell":"m/a/fp32/p","stage":"confirmed","launches":2,"isEquallyGood":false,
            "ratio":{"ratio":1}},{"cell":"m/a/int8/p","stage":"pruned","launches":0,"isEquallyGood":false,"reason":"lost"}]}
            """)],
        input => TuneRecord.Parse(input, "fuzz"));

    [Test]
    public void ExportToShorten() => Fuzz(
        [Read("Acme.Parsing-report-brief.json"),
            Encoding.UTF8.GetBytes("""
                {"Benchmarks":[{"Measurements":[{"IterationMode":"Workload","IterationStage":"Actual","Nanoseconds":1.50},
                {"IterationMode":"Workload","IterationStage":"Result","Nanoseconds":1.50}]}]}
                """)],
        input => ShortExport.Of(input, "fuzz"));

    [Test]
    public void GateRulesFile() => Fuzz(
        [Encoding.UTF8.GetBytes("""
            {"schemaVersion":1,"all":{"threshold":"5%","metricMargin":0.01},"cells":{"unet/*":{"threshold":0.1,
            "allocationThreshold":"64 B","sizeThreshold":"2%","minimumMetric":0.9,"requireEquivalence":false}}}
            """)],
        input => GateRules.Parse(input, "fuzz"));

    [Test]
    public void NoiseFileOfRuns() => Fuzz(
        [Encoding.UTF8.GetBytes("""
            {"schemaVersion":2,"machine":{"processor":"p"},"runs":["a","b","c"],"control":"x/*",
            "cells":{"m/b/fp32/p":{"alone":{"runs":3,"total":0.01,"within":0.001},"toControl":{"runs":3,"total":0.01,"within":0}}}}
            """)],
        input => NoiseFile.Parse(input, "fuzz"));

    [Test]
    public void HistoryOfAReference() => Fuzz(
        [Encoding.UTF8.GetBytes("""
            {"acceptedUtc":"2026-01-02T03:04:05+00:00","run":"b","replaced":"a","first":"a","lost":{"m/b/fp32/p":
            {"time":{"logRatio":0.01,"variance":0.001},"meanTime":{"logRatio":0.01,"variance":0.001},"metric":-0.01,"bytes":1.01}}}
            """)],
        input => ReferenceHistory.Parse(input, "fuzz"));

    [Test]
    public void PriceFile() => Fuzz(
        [Encoding.UTF8.GetBytes("# c\nhardware,kind,name,patterns,vcpu,memory_gib,gpus,year\na,cpu,\"A, B\",*A*,8,16,0,2025\n"
            + "hardware,provider,instance,region,usd_per_hour,purchase,all_in,devices,retrieved,source\n"
            + "a,P,i,r,1.5,spot,yes,8,2026-01-01,s\nhardware,purchase_usd,years,watts,usd_per_kwh,utilisation,retrieved,source\n"
            + "a,1000,4,300,0.3,0.5,2026-01-01,s\n")],
        input => PriceCatalogue.Parse(Encoding.UTF8.GetString(input), "fuzz"));

    [Test]
    public void Npy() => Fuzz(
        [ArrayFile("<f4", false, 24), ArrayFile("<f8", false, 48), ArrayFile("|O", false, 30), ArrayFile("<f2", true, 12)],
        input => NpyArray.Parse(input, "fuzz"));

    [Test]
    public void RecordOfALaunch() => FuzzFile(
        """
        {"schemaVersion":2,"cell":"tiny/ort-cpu/fp32/linux-x64","round":1,"startedUtc":"2026-01-02T03:04:05+00:00",
        "endedUtc":"2026-01-02T03:04:06Z","facts":{"round":1,"libraryLoadMs":3,"loadMs":101,"firstInferenceMs":51,"requests":5,
        "warmup":{"requests":10,"seconds":1.5,"isStable":true},"gcCollections":0,"allocatedBytesPerInference":0},
        "session":{"version":"1.30.0","isSoftwareDevice":false,"settings":{"a":"b"},"resolved":{"threads":"2"}},
        "outputs":{"file":"outputs/0.npz","images":[0,3],"metricName":"accuracy","gradedName":"probability","metric":[1,0],
        "graded":[0.9,0.1],"inside":[0.5,0.5],"repeated":2,"maxRepeatDifference":0}}
        """,
        folder => folder.Launches.LatenciesPath(LaunchFixture.Name(LaunchFixture.Plain, 1))
            .Replace(".npy", ".json", StringComparison.Ordinal));

    [Test]
    public void RecordOfALaunchThatFailed() => FuzzFile(
        """
        {"schemaVersion":2,"cell":"tiny/ort-cpu/fp32/linux-x64","round":1,"startedUtc":"2026-01-02T03:04:05+00:00",
        "endedUtc":"2026-01-02T03:04:06Z","failure":{"reason":"no","type":"process"}}
        """,
        folder => folder.Launches.LatenciesPath(LaunchFixture.Name(LaunchFixture.Plain, 1))
            .Replace(".npy", ".json", StringComparison.Ordinal));

    [Test]
    public void RecordOfAnInspection() => FuzzFile(
        """
        {"schemaVersion":2,"cell":"tiny/ort-cpu/fp32/linux-x64","failure":{"reason":"no","type":"process"},"effectivePrecision":"fp32",
        "nodesElsewhere":[{"operator":"Shape","provider":"CPUExecutionProvider","count":3}]}
        """,
        folder => Path.Combine(folder.Launches.Path, "tiny_ort-cpu_fp32_linux-x64_inspection.json"));

    [Test]
    public void WhatWasSaid() => FuzzFile(
        """{"complaints":[{"text":"node 1 is slow","count":2},{"text":"no space","count":1}]}""",
        folder => Path.Combine(folder.Launches.Path, $"{LaunchFixture.Name(LaunchFixture.Plain, 1)}.said.json"));

    /// <summary>Damages a file of a run, and reads the whole run and all that a report takes from it.</summary>
    private static void FuzzFile(string seed, Func<RunFolder, string> file)
    {
        using var temporary = new TemporaryFolder();
        var folder = LaunchFixture.Create(temporary.File("run"), LaunchFixture.Plain);
        LaunchFixture.WriteLaunches(folder, LaunchFixture.Plain, 2);
        var path = file(folder);
        Fuzz(
            [Encoding.UTF8.GetBytes(seed)],
            input =>
            {
                File.WriteAllBytes(path, input);
                var run = MeasuredRun.Read(folder);
                _ = run.LatencyOf(run.Manifest.Cells[0]);
                using var outputs = CellOutputs.Of(folder, run.Manifest.Cells[0]);
            });
    }

    private static void Fuzz(byte[][] seeds, Action<byte[]> read)
    {
        var random = new Random(20261122);
        var accepted = 0;
        for (var i = 0; i < Inputs; i++)
        {
            var input = Mutate(seeds[random.Next(seeds.Length)], random);
            try
            {
                read(input);
                accepted++;
            }
            catch (Exception e) when (e is RunFormatException or NpyFormatException)
            {
                // As it should be.
            }
            catch (Exception e)
            {
                Assert.Fail($"Input {i}, '{Encoding.Latin1.GetString(input)}': {e}");
            }
        }

        Assert.That(accepted, Is.InRange(1, Inputs - 1), "inputs that are all accepted or all refused test little");
    }

    private static byte[] Mutate(byte[] seed, Random random)
    {
        var bytes = seed.ToList();
        for (var changes = random.Next(4); changes >= 0 && bytes.Count > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, 12), bytes.Count - at);
            switch (random.Next(7))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 3:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 4:
                    bytes[at] = (byte)"0123456789-+.eE\"{}[]:,|nNI\\"[random.Next(27)];
                    break;
                case 5:
                    bytes.InsertRange(at, Tokens[random.Next(Tokens.Length)]);
                    break;
                default:
                    var from = random.Next(seed.Length);
                    bytes.InsertRange(at, seed[from..Math.Min(seed.Length, from + random.Next(1, 40))]);
                    break;
            }
        }

        return [.. bytes];
    }

    private static readonly byte[][] Tokens =
    [
        .. new[]
        {
            "null", "true", "1e999", "-0", "NaN", "-Infinity", "9223372036854775808", "\"\"", "{}", "[]", "[[[[[[[[[[", "\u0000", "|", "**",
            "NA", "μs", "\\u0000", "\uFEFF", "\n", "0x1"
        }.Select(Encoding.UTF8.GetBytes),
    ];

    private static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Exports, name));

    private static byte[] ArrayFile(string descr, bool isFortran, int dataLength)
    {
        var header = Encoding.ASCII.GetBytes(
            $"{{'descr': '{descr}', 'fortran_order': {(isFortran ? "True" : "False")}, 'shape': (2, 3), }}\n");
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, (byte)(header.Length >> 8), .. header, .. new byte[dataLength]];
    }
}
