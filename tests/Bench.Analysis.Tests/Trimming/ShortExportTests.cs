using System.Text;
using System.Text.Json;
using Bench.Analysis.Exports;
using Bench.Analysis.Input;
using Bench.Analysis.Trimming;

namespace Bench.Analysis.Tests.Trimming;

public class ShortExportTests
{
    private const string Taken =
        """{"IterationMode":"Workload","IterationStage":"Actual","LaunchIndex":1,"IterationIndex":1,"Nanoseconds":1.50}""";

    private const string Warmup =
        """{"IterationMode":"Workload","IterationStage":"Warmup","LaunchIndex":1,"IterationIndex":1,"Nanoseconds":9}""";

    private static readonly string Result = Taken.Replace("Actual", "Result", StringComparison.Ordinal);

    [Test]
    public void Of_SpacesAndEscapes_KeepsNumbersAndTextsByteForByte()
    {
        const string spaced = "\uFEFF{ \"a\" : [ 1.500, -0, 1E+05,\n 0.1000000000000000055511151231257827 ], \"b\": "
            + "\"\\u00e9 \\/ x\", \"c\": { } }";

        Assert.That(Short(spaced), Is.EqualTo(
            "{\"a\":[1.500,-0,1E+05,0.1000000000000000055511151231257827],\"b\":\"\\u00e9 \\/ x\",\"c\":{}}\n"));
        Assert.That(Short(Short(spaced)), Is.EqualTo(Short(spaced)));
    }

    [Test]
    public void Of_ResultsThatRepeatWhatWasTaken_Go() => Assert.That(Short(Measurements(Warmup, Taken, Result)),
        Is.EqualTo(Measurements(Warmup, Taken) + "\n"));

    // Overhead was subtracted; one was dropped as an outlier; the number is the same and its text is not.
    [TestCase("1.50", "1.40")]
    [TestCase("1.50", "1.5")]
    [TestCase("\"IterationIndex\":1", "\"IterationIndex\":2")]
    public void Of_ResultsThatDiffer_StayAllOfThem(string from, string to)
    {
        var text = Measurements(Taken, Result.Replace(from, to, StringComparison.Ordinal));

        Assert.That(Short(text), Is.EqualTo(text + "\n"));
    }

    [Test]
    public void Of_FewerResultsThanTaken_StayAllOfThem()
    {
        var text = Measurements(Taken, Taken, Result);

        Assert.That(Short(text), Is.EqualTo(text + "\n"));
    }

    [Test]
    public void Of_ExportOfAnotherProject_IsReadAsBefore()
    {
        var file = Repository.File(
            "tests", "Bench.Analysis.Tests", "Data", "exports", "real-0.15.8", "base", "Acme.Text.Joining-report-full-compressed.json");
        var before = JsonExportReader.Read(file);
        var after = JsonExportReader.Parse(ShortExport.Of(File.ReadAllBytes(file), file), file);

        Assert.That(JsonSerializer.Serialize(after), Is.EqualTo(JsonSerializer.Serialize(before)));
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("{\"a\": NaN}")]
    public void Of_NoJson_SaysSo(string text) => Assert.That(
        () => Short(text), Throws.TypeOf<RunFormatException>().With.Message.StartsWith("e.json: the file is damaged or truncated"));

    private static string Short(string json) => Encoding.UTF8.GetString(ShortExport.Of(Encoding.UTF8.GetBytes(json), "e.json"));

    private static string Measurements(params string[] measurements) =>
        $$"""{"Benchmarks":[{"Measurements":[{{string.Join(',', measurements)}}]}]}""";
}
