using System.Text;
using System.Text.Json.Nodes;
using Bench.Analysis.Exports;
using Bench.Analysis.Input;

namespace Bench.Analysis.Tests.Exports;

/// <summary>What MemoryDiagnoser left behind, in every form that BenchmarkDotNet writes it.</summary>
public class MemoryReaderTests
{
    private static readonly string Real = Repository.File("tests", "Bench.Analysis.Tests", "Data", "exports", "real-0.15.8");
    private static readonly string Full = Path.Combine(Real, "base", "Acme.Text.Joining-report-full-compressed.json");

    /// <summary>BenchmarkDotNet's own table of the same run is the oracle: it prints whole bytes, and four digits of collections.</summary>
    [Test]
    public void Read_JsonOfARealRun_SaysWhatItsTableSays()
    {
        var json = JsonExportReader.Read(Full).Benchmarks;
        var table = MarkdownExportReader.Read(Path.Combine(Real, "base", "Acme.Text.Joining-report-github.md")).Benchmarks;

        Assert.That(json.Select(benchmark => benchmark.Memory!.Allocated), Is.EqualTo(
            table.Select(benchmark => benchmark.Memory!.Allocated)));
        Assert.That(json.Select(benchmark => benchmark.Memory!.Allocated), Is.EqualTo(
            new[] { new AllocatedBytes(16648), new AllocatedBytes(0) }));
        Assert.That(json[0].Memory!.Gen0, Is.EqualTo(table[0].Memory!.Gen0).Within(0.00005));
        Assert.That(json.Select(benchmark => benchmark.Memory!.Gen1), Is.EqualTo(table.Select(benchmark => benchmark.Memory!.Gen1)));
    }

    [Test]
    public void Read_MetricsOfARealRun_SayWhatItsMemorySays()
    {
        var json = JsonNode.Parse(File.ReadAllText(Full))!;
        foreach (var benchmark in json["Benchmarks"]!.AsArray())
        {
            benchmark!.AsObject().Remove("Memory");
        }

        var read = JsonExportReader.Parse(Encoding.UTF8.GetBytes(json.ToJsonString()), "x.json").Benchmarks;
        Assert.That(read.Select(benchmark => benchmark.Memory), Is.EqualTo(
            JsonExportReader.Read(Full).Benchmarks.Select(benchmark => benchmark.Memory)));
    }

    /// <summary>As builds of early 2022 wrote it (dotnet/BenchmarkDotNet, pull request 1919).</summary>
    [Test]
    public void Parse_MemoryWithoutBytesBesideMetrics_TakesThoseOfTheMetrics()
    {
        var memory = Parse("""
            "Memory":{"Gen0Collections":1,"TotalOperations":500},"Metrics":[{"Value":24,"Descriptor":{"Id":"Allocated Memory"}}]
            """).Memory!;

        Assert.That((memory.Allocated, memory.Gen0), Is.EqualTo((new AllocatedBytes(24), 2.0)));
    }

    [Test]
    public void Read_BriefExportOfARealRun_HasTheMemory() => Assert.That(
        ExportFolder.Read(Path.Combine(Real, "current")).Benchmarks.Select(benchmark => benchmark.Memory!.Allocated!.Bytes), Is.EqualTo(
            new[] { 24456.0, 0 }));

    // As 0.12 writes it; where the runtime does not tell; without a single operation; and without MemoryDiagnoser.
    [TestCase("""{"Gen0Collections":3,"Gen1Collections":1,"Gen2Collections":0,"TotalOperations":1500,"BytesAllocatedPerOperation":40}""",
        40.0, 2.0)]
    [TestCase("""{"Gen0Collections":0,"Gen1Collections":0,"Gen2Collections":0,"TotalOperations":6,"BytesAllocatedPerOperation":null}""",
        null, 0.0)]
    [TestCase("""{"Gen0Collections":0,"Gen1Collections":0,"Gen2Collections":0,"TotalOperations":0,"BytesAllocatedPerOperation":8}""", 8.0,
        null)]
    [TestCase("""{"Gen0Collections":0,"TotalOperations":6,"BytesAllocatedPerOperation":NaN}""", null, 0.0)]
    [TestCase("null", null, null)]
    [TestCase("[]", null, null)]
    public void Parse_Memory_IsWhatItSays(string memory, double? bytes, double? gen0)
    {
        var read = Parse($"\"Memory\":{memory}").Memory;

        Assert.That((read?.Allocated?.Bytes, read?.Gen0), Is.EqualTo((bytes, gen0)));
    }

    [TestCase("\"Memory\":{\"BytesAllocatedPerOperation\":-1}")]
    [TestCase("\"Metrics\":[{\"Value\":-1,\"Descriptor\":{\"Id\":\"Allocated Memory\"}}]")]
    public void Parse_NegativeBytes_AreRefused(string member) =>
        Assert.That(() => Parse(member), Throws.TypeOf<RunFormatException>().With.Message.EqualTo(
            "x.json: found -1 in the memory of X.A; expected a number, not below 0."));

    [TestCase("\"Metrics\":[null,1,{},{\"Descriptor\":1},{\"Value\":\"\",\"Descriptor\":{\"Id\":\"Allocated Memory\"}}]")]
    [TestCase("\"Metrics\":{}")]
    public void Parse_MetricsOfOtherForms_TellNothing(string member) => Assert.That(Parse(member).Memory, Is.Null);

    // Whole bytes are exact; a larger unit is rounded to its last printed digit.
    [TestCase("Allocated", "344 B", 344.0, 0.0)]
    [TestCase("Allocated", "1,234 B", 1234.0, 0.0)]
    [TestCase("Allocated", "1.234.567 B", 1234567.0, 0.0)]
    [TestCase("Allocated", "1.05 KB", 1075.2, 5.12)]
    [TestCase("Allocated", "10 kB", 10240.0, 512.0)]
    [TestCase("Allocated", "579,569 KB", 593478656.0, 512.0)]
    [TestCase("Allocated [KB]", "1.05", 1075.2, 5.12)]
    [TestCase("Allocated Memory/Op", "2 MB", 2097152.0, 524288.0)]
    [TestCase("Allocated", "-", 0.0, 0.0)]
    [TestCase("Allocated", "?", null, null)]
    [TestCase("Allocated", "NA", null, null)]
    public void Parse_TableOfSizes_SaysHowFarTheyAreRounded(string column, string cell, double? bytes, double? rounding)
    {
        var memory = Table($"| Method | Mean | Error | {column} | Alloc Ratio |\n|---|---:|---:|---:|---:|\n| A | 12.5 ns | 0.1 ns | "
            + $"{cell} | 1.00 |");

        Assert.That(memory!.Allocated?.Bytes, bytes is null ? Is.Null : Is.EqualTo(bytes).Within(1e-9).Percent);
        Assert.That(memory.Allocated?.Rounding, rounding is null ? Is.Null : Is.EqualTo(rounding).Within(1e-9).Percent);
    }

    // Newer, older, and oldest headers; a generation without a column was never collected.
    [TestCase("Gen0", "0.0162", 0.0162)]
    [TestCase("Gen 0", "1,155.2734", 1155.2734)]
    [TestCase("Gen 0/1k Op", "-", 0)]
    public void Parse_TableOfCollections_IsReadInEverySpelling(string column, string cell, double gen0)
    {
        var memory = Table($"| Method | Mean | Error | {column} | Allocated |\n|---|---:|---:|---:|---:|\n| A | 12.5 ns | 0.1 ns | {cell} "
            + "| 8 B |");

        Assert.That((memory!.Gen0, memory.Gen1), Is.EqualTo((gen0, 0.0)));
    }

    [Test]
    public void Parse_ParameterThatIsCalledLikeMemory_IsAParameter()
    {
        var read = MarkdownExportReader.Parse(
            "| Method | Gen0 | Allocated | Mean | Error | Allocated |\n|---|---|---|---:|---:|---:|\n| A | x | y | 1.5 ns | 0.1 ns | 8 B |",
            "X-report-github.md").Benchmarks.Single();

        Assert.That((read.Name.Parameters, read.Memory!.Allocated), Is.EqualTo(("Gen0=x&Allocated=y", new AllocatedBytes(8))));
    }

    [Test]
    public void Parse_TableWithoutMemory_HasNone() =>
        Assert.That(Table("| Method | Mean | Error |\n|---|---:|---:|\n| A | 12.5 ns | 0.1 ns |"), Is.Null);

    [TestCase("12 parsecs", "'12 parsecs' under Allocated in line 3; expected a size in B, KB or MB")]
    [TestCase("B", "'B' under Allocated in line 3; expected a size in B, KB or MB")]
    public void Parse_TableWithWhatIsNoSize_SaysSo(string cell, string message) => Assert.That(
        () => Table($"| Method | Mean | Error | Allocated |\n|---|---:|---:|---:|\n| A | 12.5 ns | 0.1 ns | {cell} |"),
        Throws.TypeOf<RunFormatException>().With.Message.Contains(message));

    private static ExportedMemory? Table(string text) => MarkdownExportReader.Parse(text, "X-report-github.md").Benchmarks.Single().Memory;

    private static ExportedBenchmark Parse(string member) => JsonExportReader.Parse(
        Encoding.UTF8.GetBytes(
            $"{{\"Benchmarks\":[{{\"Type\":\"X\",\"Method\":\"A\",\"Statistics\":{{\"OriginalValues\":[1]}},{member}}}]}}"),
            "x.json").Benchmarks.Single();
}
