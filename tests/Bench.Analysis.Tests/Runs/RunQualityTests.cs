using System.Text;
using Bench.Analysis.Input;
using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Tests.Runs;

public class RunQualityTests
{
    private const string A = "m/a/fp32/linux-x64";
    private const string B = "m/b/fp32/linux-x64";
    private static readonly string Hash = new('a', 64);

    [Test]
    public void ToUtf8_ThenParse_GivesTheSameNumbersAsShortAsTheyCanBe()
    {
        double[] differences = [0, 1.0 / 3, 1e-8f, double.Epsilon, 5];
        var written = new RunQuality
        {
            Outputs = [new KeptOutputs(CellId.Parse(A), Hash), new KeptOutputs(CellId.Parse(B), Hash)],
            Pairs = [new KeptDifferences(CellId.Parse(B), CellId.Parse(A), differences)],
        }.ToUtf8();
        var read = RunQuality.Parse(written, "q");

        Assert.That(Encoding.UTF8.GetString(written), Does.Contain("[0,0.3333333333333333,9.99999993922529E-09,5E-324,5]"));
        Assert.That(read.Pairs.Single().LargestDifferences, Is.EqualTo(differences));
        Assert.That(
            (read.ContentOf(CellId.Parse(A)), read.ContentOf(CellId.Parse("m/c/fp32/linux-x64"))), Is.EqualTo((Hash, (string?)null)));
        Assert.That(JsonSchemaCheck.Faults(
            Repository.File("src", "Bench.Analysis", "Runs", "quality.schema.json"), Encoding.UTF8.GetString(written)), Is.Empty);
    }

    [TestCase("null", "found null; expected what was kept")]
    [TestCase("{", "damaged or truncated")]
    [TestCase("{}", "damaged or truncated")]
    [TestCase("""{"schemaVersion":2,"outputs":[],"pairs":[]}""", "found schemaVersion 2; this version of Bench reads 1")]
    [TestCase("""{"schemaVersion":1,"outputs":[null],"pairs":[]}""", "found null where outputs of a cell")]
    [TestCase("""{"schemaVersion":1,"outputs":[{"cell":"m","sha256":"x"}],"pairs":[]}""", "Found the cell 'm'; expected model/")]
    [TestCase("""{"schemaVersion":1,"outputs":[{"cell":"m/a/fp32/linux-x64","sha256":"x"}],"pairs":[]}""", "found 'x' for the outputs of")]
    [TestCase("""{"schemaVersion":1,"outputs":[A,A],"pairs":[]}""", "found the outputs of m/a/fp32/linux-x64 2 times")]
    [TestCase(
        """{"schemaVersion":1,"outputs":[A],"pairs":[{"cell":"m/b/fp32/p",R:[0]}]}""", "found a pair with m/b/fp32/p; expected cells of")]
    [TestCase("""{"schemaVersion":1,"outputs":[A],"pairs":[{"cell":"m/a/fp32/linux-x64",R:[0,-1]}]}""", "found the difference -1 between")]
    [TestCase("""{"schemaVersion":1,"outputs":[A],"pairs":[{"cell":"m/a/fp32/linux-x64",R:[1e999]}]}""", "expected finite numbers")]
    [TestCase("""{"schemaVersion":1,"outputs":[A],"pairs":[{"cell":"m/a/fp32/linux-x64",R:[]}]}""", "found no differences between")]
    public void Parse_DamagedFile_SaysWhat(string text, string expected)
    {
        var json = text.Replace("A", $$"""{"cell":"{{A}}","sha256":"{{Hash}}"}""", StringComparison.Ordinal)
            .Replace("R", $"\"reference\":\"{A}\",\"largestDifferences\"", StringComparison.Ordinal);

        Assert.That(() => RunQuality.Parse(Encoding.UTF8.GetBytes(json), "q"),
            Throws.TypeOf<RunFormatException>().With.Message.StartsWith("q: ").And.Message.Contains(expected));
    }
}
