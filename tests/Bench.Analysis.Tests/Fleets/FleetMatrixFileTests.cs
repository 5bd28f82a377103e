using System.Text;
using Bench.Analysis.Fleets;
using Bench.Analysis.Input;

namespace Bench.Analysis.Tests.Fleets;

public class FleetMatrixFileTests
{
    /// <summary>The first matrix that a newcomer sees.</summary>
    [Test]
    public void Parse_MatrixOfTheReadme_IsAPlan()
    {
        var readme = File.ReadAllText(Repository.File("src", "Bench.Cli", "README.md"));
        var json = readme[(readme.IndexOf("## Many machines", StringComparison.Ordinal) + 1)..].Split("```json")[1].Split("```")[0];

        var matrix = FleetMatrixFile.Parse(Encoding.UTF8.GetBytes(json), "matrix.json");

        Assert.That(FleetPlan.Of(matrix, new FleetProgram(FleetFixture.Digest)).Units, Has.Count.EqualTo(2 * 3));
        Assert.That(JsonSchemaCheck.Faults(Repository.File("src", "Bench.Analysis", "Fleets", "matrix.schema.json"), json), Is.Empty);
    }

    [Test]
    public void Parse_CommentsAndTrailingCommas_AreRead() => Assert.That(FleetFixture.Matrix.Machines, Has.Count.EqualTo(2));

    [TestCase("""{ "models": ["unet"], "machines": [{ "name": "a", "constrain": "x" }], "profil": "smoke" }""",
        "there is no 'profil'", "machines[0]: there is no 'constrain'")]
    [TestCase("""{ "models": [], "machines": [] }""", "models: found none", "machines: found none")]
    [TestCase("""{ "models": ["unet"], "machines": [{ "name": "A b" }, { "name": "c", "cores": 0, "gpus": -1 }] }""",
        "machines[0]: found the name 'A b'", "machines[1]: cores: found 0; expected 1 to 4096.", "machines[1]: gpus: found -1")]
    [TestCase("""{ "models": ["unet"], "machines": [{ "name": "a" }, { "name": "a" }] }""", "found the name 'a' twice")]
    [TestCase("""{ "models": ["--output", "x y"], "machines": [{ "name": "a" }] }""", "models: found '--output'", "models: found 'x y'")]
    [TestCase("""{ "models": ["unet"], "machines": [{ "name": "a", "constraint": "x\" --wrap=\"rm" }] }""", "constraint: found")]
    [TestCase("""{ "models": ["unet"], "machines": [{ "name": "a", "gpu": "H200", "gpus": 0 }] }""",
        "gpus: found 0 beside the name of one")]
    [TestCase("""{ "models": ["unet"], "machines": [{ "name": "a", "hardware": "h200", "usdPerHour": 1 }] }""",
        "found hardware and usdPerHour")]
    [TestCase("""{ "models": ["/home/me/my.onnx", "@file"], "machines": [{ "name": "a" }] }""",
        "models: found '/home/me/my.onnx'; expected a name", "models: found '@file'")]
    [TestCase("""{ "models": ["unet"], "machines": [{ "name": "a" }], "kubernetes": { "image": "bench:latest", "claim": "c" } }""",
        "expected one with its digest")]
    [TestCase("""{ "models": ["unet"], "set": { "batch": [] }, "machines": [{ "name": "a" }] }""", "set: batch: found no value.")]
    [TestCase("""{ "models": ["unet"], "replicates": 101, "machines": [{ "name": "a" }] }""", "replicates: found 101; expected 1 to 100.")]
    public void Parse_Nonsense_NamesAllOfIt(string json, params string[] faults)
    {
        foreach (var fault in faults)
        {
            Assert.That(() => FleetMatrixFile.Parse(Encoding.UTF8.GetBytes(json), "matrix.json"),
                Throws.TypeOf<RunFormatException>().With.Message.StartsWith("matrix.json: ").And.Message.Contains(fault));
        }
    }

    [TestCase("")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("{ \"models\": 3 }")]
    [TestCase("{ \"models\": [\"unet\"] ")]
    [TestCase("{ \"models\": [null], \"machines\": [{ \"name\": \"a\" }] }")]
    [TestCase("{ \"models\": [\"unet\"], \"machines\": [null] }")]
    [TestCase("{ \"models\": [\"unet\"], \"machines\": [{ \"name\": \"a\", \"nodeSelector\": { \"b\": null } }] }")]
    [TestCase("{ \"models\": [\"unet\"], \"set\": { \"batch\": null }, \"machines\": [{ \"name\": \"a\" }] }")]
    [TestCase("{ \"models\": [\"unet\"], \"machines\": [{ \"name\": \"a\" }], \"machines\": [] }")]
    public void Parse_NoMatrix_SaysSo(string json) => Assert.That(
        () => FleetMatrixFile.Parse(Encoding.UTF8.GetBytes(json), "matrix.json"),
        Throws.TypeOf<RunFormatException>().With.Message.StartsWith("matrix.json: "));
}
