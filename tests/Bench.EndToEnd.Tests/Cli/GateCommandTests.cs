using System.Text.Json;
using System.Text.Json.Nodes;
using Bench.Analysis.Runs;

namespace Bench.EndToEnd.Tests.Cli;

/// <summary>The committed reference run, and copies of it that were made slower.</summary>
public class GateCommandTests
{
    private static readonly string Reference = Directory.GetDirectories(Repository.File("artifacts", "reference")).Order(StringComparer.Ordinal).FirstOrDefault(string.Empty);

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [TestCase(1.00, 0, "## Gate: passed")]
    [TestCase(1.25, 1, "## Gate: regression")]
    [TestCase(1.12, 3, "## Gate: inconclusive")]
    public void Gate_Run_GivesTheExitCode(double factor, int code, string title)
    {
        // One of its cells had a launch that was 9 % slower: at 5 % it is inconclusive even beside itself.
        var result = BenchProgram.Run("gate", Reference, Copy("run", factor), "--threshold", "12%");

        Assert.That(result.Code, Is.EqualTo(code), result.Output + result.Error);
        Assert.That(result.Output, Does.StartWith(title));
    }

    [Test]
    public void Gate_Json_HasOutcomeFindingsAndComparison()
    {
        var result = BenchProgram.Run("gate", Reference, Copy("run", 1.05), "--json", "--threshold", "25%");
        using var json = JsonDocument.Parse(result.Output);

        Assert.That(result.Code, Is.Zero);
        Assert.That(json.RootElement.GetProperty("outcome").GetString(), Is.EqualTo("passed"));
        Assert.That(json.RootElement.GetProperty("comparison").GetProperty("cells").GetArrayLength(), Is.EqualTo(8));
    }

    [Test]
    public void Gate_Accept_ReplacesTheReferenceOnlyByAGoodRun()
    {
        var reference = _folder.File("reference");
        Assert.That(BenchProgram.Run("gate", reference, Copy("first", 1), "--accept", "--threshold", "12%").Code, Is.Zero);
        Assert.That(new RunFolder(reference).ReadManifest().Complete);

        var slower = BenchProgram.Run("gate", reference, Copy("slower", 1.25), "--accept", "--threshold", "12%");
        Assert.That(slower.Code, Is.EqualTo(1));
        Assert.That(slower.Error, Does.Contain("still the reference"));

        var dirty = BenchProgram.Run("gate", reference, Copy("dirty", 1, manifest => manifest["git"]!["dirty"] = true), "--accept");
        Assert.That((dirty.Code, dirty.Error), Is.EqualTo((4, $"{_folder.File("dirty")} cannot become the reference: it was measured with uncommitted changes.{Environment.NewLine}")));

        var faster = BenchProgram.Run("gate", reference, Copy("faster", 0.9, manifest => manifest["id"] = "faster"), "--accept", "--threshold", "12%");
        Assert.That(faster.Code, Is.Zero, faster.Error);
        Assert.That(faster.Output, Does.Contain($"Accepted: {reference} is now faster."));
        Assert.That(new RunFolder(reference).ReadManifest().Id, Is.EqualTo("faster"));
    }

    [Test]
    public void Gate_Calibrated_ClaimsNothingBelowTheNoise()
    {
        var noise = _folder.File("noise.json");
        Assert.That(BenchProgram.Run("gate", "--calibrate", Reference, Copy("a", 1.03), Copy("b", 0.97), Copy("c", 1.02), "--output", noise).Code, Is.Zero);

        Assert.That(BenchProgram.Run("gate", Reference, Copy("run", 1.1), "--noise", noise).Code, Is.EqualTo(3));
        Assert.That(BenchProgram.Run("gate", Reference, Copy("run2", 1.1), "--noise", noise, "--control", "*/ort-cpu/*").Error, Does.Contain("without --control"));
    }

    /// <summary>All cells are slower alike, and those that cannot have changed say that it was the machine.</summary>
    [Test]
    public void Gate_Control_TakesOutWhatTheMachineDid()
    {
        var slower = Copy("run", 1.2);
        var result = BenchProgram.Run("gate", Reference, slower, "--control", "*/ort-cpu-unoptimized/*");

        Assert.That(result.Code, Is.EqualTo(0).Or.EqualTo(3), result.Output);
        Assert.That(result.Output, Does.Contain("control"));
        Assert.That(result.Output, Does.Not.Contain("**regression**"));
    }

    [Test]
    public void Gate_MissingCell_IsFour()
    {
        var result = BenchProgram.Run("gate", Reference, Copy("run", 1, manifest => manifest["cells"]!.AsArray().RemoveAt(0)));

        Assert.That(result.Code, Is.EqualTo(4));
        Assert.That(result.Output, Does.Contain("presence: the base measured it; the current side does not have it."));
    }

    [TestCase(2, "found 1 runs", "gate", "{ref}")]
    [TestCase(2, "--calibrate: found 1 run", "gate", "--calibrate", "{ref}")]
    [TestCase(2, "'5'; expected a share", "gate", "{ref}", "{ref}", "--threshold", "5")]
    [TestCase(2, "matches no cell", "gate", "{ref}", "{ref}", "--control", "nothing/*")]
    [TestCase(2, "matches every cell", "gate", "{ref}", "{ref}", "--control", "*")]
    [TestCase(2, "the same folder", "gate", "{ref}", "{ref}", "--accept")]
    [TestCase(4, "there is no such file or folder", "gate", "{ref}", "/nowhere")]
    [TestCase(4, "/nowhere.json", "gate", "{ref}", "{ref}", "--rules", "/nowhere.json")]
    [TestCase(4, "/nowhere.json", "gate", "{ref}", "{ref}", "--noise", "/nowhere.json")]
    [TestCase(4, "there is no such file or folder", "compare", "/nowhere", "{ref}")]
    [TestCase(2, "html", "compare", "{ref}", "{ref}", "--format", "html")]
    public void Run_WrongArguments_SaysSoWithItsCode(int code, string message, params string[] arguments)
    {
        var result = BenchProgram.Run(Array.ConvertAll(arguments, argument => argument.Replace("{ref}", Reference, StringComparison.Ordinal)));

        Assert.That(result.Code, Is.EqualTo(code), result.Output);
        Assert.That(result.Error, Does.Contain(message));
    }

    [Test]
    public void Compare_Formats_AreMarkdownAndJson()
    {
        var markdown = BenchProgram.Run("compare", Reference, Reference);
        var json = BenchProgram.Run("compare", Reference, Reference, "--format", "json");

        Assert.That((markdown.Code, json.Code), Is.EqualTo((0, 0)));
        Assert.That(markdown.Output, Does.StartWith("**1 inconclusive, 7 same of 8 (threshold 5 %)**"));
        using var document = JsonDocument.Parse(json.Output);
        Assert.That(document.RootElement.GetProperty("cells")[0].GetProperty("verdict").GetString(), Is.EqualTo("same"));
        Assert.That(BenchProgram.Run("compare", Reference, Reference, "--json").Output, Is.EqualTo(json.Output));
    }

    /// <summary>The README shows what the committed runs give: the same code twice, and once slowed down by 10 %.</summary>
    [Test]
    public void Compare_ReadmesTables_AreThoseOfTheCommittedRuns()
    {
        var runs = Directory.GetDirectories(Repository.File("artifacts", "reference"))
            .Where(path => File.Exists(new RunFolder(path).ManifestPath) && new RunFolder(path).ReadManifest().Profile == "gate").Order(StringComparer.Ordinal).ToList();
        Assert.That(runs, Has.Count.EqualTo(3));
        var readme = File.ReadAllText(Repository.File("README.md"));
        var same = BenchProgram.Run("compare", runs[0], runs[1], "--control", "*/ort-cpu@*");
        var slower = BenchProgram.Run("gate", runs[0], runs[2], "--control", "*/ort-cpu@*");

        Assert.That((same.Code, slower.Code), Is.EqualTo((0, 1)), slower.Output);
        foreach (var line in same.Output.Split('\n').Concat(slower.Output.Split('\n')).Where(line => line.StartsWith("| ", StringComparison.Ordinal) || line.StartsWith("- **regression**", StringComparison.Ordinal)))
        {
            Assert.That(readme, Does.Contain(line));
        }
    }

    /// <summary>A copy of the reference run with all times multiplied by a factor.</summary>
    private string Copy(string name, double factor, Action<JsonNode>? change = null)
    {
        var target = _folder.File(name);
        foreach (var file in Directory.GetFiles(Reference, "*", SearchOption.AllDirectories))
        {
            var path = Path.Combine(target, Path.GetRelativePath(Reference, file));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Copy(file, path);
        }

        var export = Directory.GetFiles(Path.Combine(target, "bdn"), "*-report-full.json").Single();
        var json = JsonNode.Parse(File.ReadAllText(export))!;
        foreach (var measurement in json["Benchmarks"]!.AsArray().SelectMany(benchmark => benchmark!["Measurements"]!.AsArray()))
        {
            measurement!["Nanoseconds"] = measurement["Nanoseconds"]!.GetValue<double>() * factor;
        }

        File.WriteAllText(export, json.ToJsonString());
        var run = new RunFolder(target);
        var manifest = JsonNode.Parse(File.ReadAllText(run.ManifestPath))!;
        change?.Invoke(manifest);
        File.WriteAllText(run.ManifestPath, manifest.ToJsonString());
        return target;
    }
}
