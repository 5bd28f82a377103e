using System.Text.Json;
using System.Text.Json.Nodes;
using Bench.Analysis.Runs;

namespace Bench.EndToEnd.Tests.Cli;

/// <summary>The committed reference run, and copies of it that were made slower.</summary>
public class GateCommandTests
{
    private static readonly string Reference = Directory.GetDirectories(Repository.File("artifacts", "reference"))
        .Order(StringComparer.Ordinal).FirstOrDefault(string.Empty);

    private const string Control = "*/ort-cpu-unoptimized/*";

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    /// <summary>Two cells beside two that cannot have changed: what is tested is slower by a factor, the machine is the same.</summary>
    [TestCase(1.00, 0, "## Gate: passed")]
    [TestCase(1.25, 1, "## Gate: regression")]
    [TestCase(1.12, 3, "## Gate: inconclusive")]
    public void Gate_Run_GivesTheExitCode(double factor, int code, string title)
    {
        // One of its cells had a launch that was 9 % slower: at 5 % it is inconclusive even beside itself.
        var result = BenchProgram.Run("gate", Reference, Copy("run", factor, onlyTested: true), "--threshold", "12%", "--control", Control);

        Assert.That(result.Code, Is.EqualTo(code), result.Output + result.Error);
        Assert.That(result.Output, Does.StartWith(title));
    }

    /// <summary>One of the committed run's cells had a launch that was 9 % slower:
    /// nobody can say that it is within 5 % of itself.</summary>
    [Test]
    public void Gate_CellWithALaunchThatWasNinePercentSlower_IsInconclusiveBesideItself()
    {
        var result = BenchProgram.Run("gate", Reference, Copy("run", 1), "--control", "*/ort-cpu/*");

        Assert.That(result.Code, Is.EqualTo(3), result.Output);
        Assert.That(result.Output, Does.Not.Contain("**regression**"));
    }

    [TestCase(1.0, 3)]
    [TestCase(1.15, 3)]
    [TestCase(2.0, 1)]
    public void Gate_NothingKnownOfHowRunsDiffer_NeverPasses(double factor, int code)
    {
        var result = BenchProgram.Run("gate", Reference, Copy("run", factor));

        Assert.That(result.Code, Is.EqualTo(code), result.Output);
        Assert.That(result.Output, Does.Contain("To know: pin an older engine as the control (--control)"));
    }

    /// <summary>Both versions of an engine took turns in one run: paired by round, nothing of how runs differ is left to know.</summary>
    [Test]
    public void Gate_CellsOfOneRun_ArePairedByRound()
    {
        var run = Copy("run", 1);
        var compared = BenchProgram.Run(
            "compare", run, "--base-cell", "*/ort-cpu-unoptimized/fp32/*", "--current-cell", "*/ort-cpu/fp32/*");
        var gated = BenchProgram.Run("gate", run, "--base-cell", "*/ort-cpu/fp32/*", "--current-cell", "*/ort-cpu-unoptimized/fp32/*");
        var same = BenchProgram.Run("gate", run, "--base-cell", "*/ort-cpu/fp32/*", "--current-cell", "*/ort-cpu/fp32/*");

        Assert.That(compared.Output, Does.StartWith("**2 faster of 2"), compared.Error);
        Assert.That(gated.Code, Is.EqualTo(1), gated.Error);
        Assert.That((same.Code, same.Output), Is.EqualTo((2, string.Empty)));
        Assert.That(same.Error, Does.Contain("both match inceptionv3/ort-cpu/fp32/linux-x64"));
    }

    [Test]
    public void Gate_Json_HasOutcomeFindingsAndComparison()
    {
        var result = BenchProgram.Run(
            "gate", Reference, Copy("run", 1.05, onlyTested: true), "--json", "--threshold", "25%", "--control", Control);
        using var json = JsonDocument.Parse(result.Output);

        Assert.That(result.Code, Is.Zero, result.Output);
        Assert.That(json.RootElement.GetProperty("outcome").GetString(), Is.EqualTo("passed"));
        Assert.That(json.RootElement.GetProperty("comparison").GetProperty("cells").GetArrayLength(), Is.EqualTo(8));
    }

    [Test]
    public void Gate_Accept_ReplacesTheReferenceOnlyByAGoodRun()
    {
        var reference = Directory.CreateDirectory(_folder.File("reference")).FullName;
        var first = BenchProgram.Run("gate", reference, Copy("first", 1), "--accept", "--threshold", "12%", "--control", Control);
        Assert.That((first.Code, first.Output), Is.EqualTo((0, string.Empty)), "an empty folder is like none");
        Assert.That(first.Error, Does.StartWith($"No reference yet, so that nothing was compared: made one: {reference} is now "));
        Assert.That(new RunFolder(reference).ReadManifest().Complete);

        var slower = BenchProgram.Run(
            "gate", reference, Copy("slower", 1.25, onlyTested: true), "--accept", "--threshold", "12%", "--control", Control);
        Assert.That(slower.Code, Is.EqualTo(1));
        Assert.That(slower.Error, Does.Contain("still the reference"));

        var dirty = BenchProgram.Run("gate", reference, Copy("dirty", 1, manifest => manifest["git"]!["dirty"] = true), "--accept");
        Assert.That((dirty.Code, dirty.Error), Is.EqualTo(
            (4, $"{_folder.File("dirty")} cannot become the reference: it was measured with uncommitted changes.{Environment.NewLine}")));

        var faster = BenchProgram.Run("gate", reference, Copy("faster", 0.9, manifest => manifest["id"] = "faster", onlyTested: true),
            "--accept", "--json", "--threshold", "12%", "--control", Control);
        Assert.That(faster.Code, Is.Zero, faster.Error);
        Assert.That(faster.Error, Does.Contain($"Accepted: {reference} is now faster."));
        Assert.That(() => JsonDocument.Parse(faster.Output), Throws.Nothing, "standard output is the JSON and nothing else");
        Assert.That(new RunFolder(reference).ReadManifest().Id, Is.EqualTo("faster"));
    }

    [Test]
    public void Gate_NoiseOfRuns_IsNeverClaimedToBeARegression()
    {
        var noise = _folder.File("noise.json");
        var measured = BenchProgram.Run(
            "noise", Reference, Copy("a", 1.03, Named("a")), Copy("b", 0.97, Named("b")), Copy("c", 1.02, Named("c")), "--output", noise);
        Assert.That(measured.Code, Is.Zero, measured.Error);

        Assert.That(BenchProgram.Run("gate", Reference, Copy("run", 1.1), "--noise", noise).Code, Is.EqualTo(3));
        Assert.That(BenchProgram.Run("gate", Reference, Copy("run2", 1.1), "--noise", noise, "--control", "*/ort-cpu/*").Error,
            Does.Contain("without --control"));
    }

    /// <summary>All cells are slower alike, and those that cannot have changed say that it was the machine.</summary>
    [Test]
    public void Gate_Control_TakesOutWhatTheMachineDid()
    {
        var slower = Copy("run", 1.2);
        var result = BenchProgram.Run("gate", Reference, slower, "--control", "*/ort-cpu-unoptimized/*");

        Assert.That(result.Code, Is.EqualTo(3), "a drift of 20 % is more than the threshold: it is said, and passes nothing");
        Assert.That(result.Output, Does.Contain("drift").And.Not.Contain("**regression**"));
    }

    [Test]
    public void Gate_MissingCell_IsFour()
    {
        var result = BenchProgram.Run("gate", Reference, Copy("run", 1, manifest => manifest["cells"]!.AsArray().RemoveAt(0)));

        Assert.That(result.Code, Is.EqualTo(4));
        Assert.That(result.Output, Does.Contain("presence: the base measured it; the current side does not have it."));
    }

    [TestCase(2, "Expected BASE and CURRENT, or one RUN with --base-cell and --current-cell", "gate", "{ref}")]
    [TestCase(2, "noise: found 1 run", "noise", "{ref}")]
    [TestCase(2, "'5'; expected a share", "gate", "{ref}", "{ref}", "--threshold", "5")]
    [TestCase(2, "matches no cell", "gate", "{ref}", "{ref}", "--control", "nothing/*")]
    [TestCase(2, "matches every cell", "gate", "{ref}", "{ref}", "--control", "*")]
    [TestCase(2, "the same file or folder", "gate", "{ref}", "{ref}", "--accept")]
    [TestCase(2, "all of CURRENT would take BASE's place", "gate", "{ref}", "{ref}", "--accept", "--filter", "*")]
    [TestCase(2, "--filter: '*Deep*' matches nothing; expected a pattern of whole names, such as '*Add*'. There are Acme.Set<Int32>.Add, ",
        "gate", "{export}", "{export}", "--filter", "*Deep*")]
    [TestCase(4, "there is no such file or folder", "gate", "{ref}", "/nowhere")]
    [TestCase(4, "/nowhere.json", "gate", "{ref}", "{ref}", "--rules", "/nowhere.json")]
    [TestCase(4, "/nowhere.json", "gate", "{ref}", "{ref}", "--noise", "/nowhere.json")]
    [TestCase(4, "there is no such file or folder", "compare", "/nowhere", "{ref}")]
    [TestCase(2, "html", "compare", "{ref}", "{ref}", "--format", "html")]
    [TestCase(2, "Prices are for cells", "compare", "{export}", "{export}", "--usd-per-hour", "3")]
    [TestCase(2, "did not take turns with others, so that there is nothing to pair", "gate", "{export}", "--base-cell", "*Set<Int32>*",
        "--current-cell", "*Set<String>*")]
    [TestCase(2, "whose launches did not take turns", "gate", "{five}", "{five}", "--control", "*.Old")]
    public void Run_WrongArguments_SaysSoWithItsCode(int code, string message, params string[] arguments)
    {
        var export = Repository.File("tests", "cases", "k-generic-report-full.json");
        var five = _folder.Write("Acme.B-report-full.json", FiveLaunches("Old", "New"));
        var result = BenchProgram.Run(Array.ConvertAll(
            arguments, argument => argument.Replace("{ref}", Reference, StringComparison.Ordinal)
                .Replace("{export}", export, StringComparison.Ordinal).Replace("{five}", five, StringComparison.Ordinal)));

        Assert.That(result.Code, Is.EqualTo(code), result.Output);
        Assert.That(result.Error, Does.Contain(message));
    }

    [Test]
    public void Compare_Formats_AreMarkdownAndJson()
    {
        var markdown = BenchProgram.Run("compare", Reference, Reference);
        var json = BenchProgram.Run("compare", Reference, Reference, "--format", "json");

        Assert.That((markdown.Code, json.Code), Is.EqualTo((0, 0)));
        Assert.That(markdown.Output, Does.StartWith("**8 inconclusive of 8 (threshold 5 %)**"));
        using var document = JsonDocument.Parse(json.Output);
        Assert.That(document.RootElement.GetProperty("cells")[0].GetProperty("verdict").GetString(), Is.EqualTo("inconclusive"));
        Assert.That(BenchProgram.Run("compare", Reference, Reference, "--json").Output, Is.EqualTo(json.Output));
    }

    /// <summary>The README shows what the committed runs give: the same code twice, and once slowed down by 10 %.</summary>
    [Test]
    public void Compare_ReadmesTables_AreThoseOfTheCommittedRuns()
    {
        var runs = Directory.GetDirectories(Repository.File("artifacts", "reference"))
            .Where(path => File.Exists(new RunFolder(path).ManifestPath) && new RunFolder(path).ReadManifest().Profile == "gate")
            .Order(StringComparer.Ordinal).ToList();
        Assert.That(runs, Has.Count.EqualTo(3));
        var readme = File.ReadAllText(Repository.File("src", "Bench.Cli", "README.md"));
        var same = BenchProgram.Run("compare", runs[0], runs[1], "--control", "*/ort-cpu@*");
        var slower = BenchProgram.Run("gate", runs[0], runs[2], "--control", "*/ort-cpu@*");

        Assert.That((same.Code, slower.Code), Is.EqualTo((0, 1)), slower.Output);
        foreach (var line in same.Output.Split('\n').Concat(slower.Output.Split('\n')).Where(
            line => line.StartsWith("| ", StringComparison.Ordinal) || line.StartsWith("- **regression**", StringComparison.Ordinal)))
        {
            Assert.That(readme, Does.Contain(line));
        }
    }

    /// <summary>As BenchmarkDotNet measures: all launches of one benchmark, then all of the next.</summary>
    private static string FiveLaunches(params string[] methods) => "{\"Benchmarks\":[" + string.Join(',', methods.Select(method => $$"""
        {"DisplayInfo":"B.{{method}}: DefaultJob","Namespace":"Acme","Type":"B","Method":"{{method}}","Parameters":"",
        "FullName":"Acme.B.{{method}}","Statistics":{"Mean":100},
        "Measurements":[{{string.Join(',', Enumerable.Range(0, 25).Select(Iteration))}}]}
        """)) + "]}";

    private static string Iteration(int number) => FormattableString.Invariant($$"""
        {"IterationMode":"Workload","IterationStage":"Result","LaunchIndex":{{1 + (number / 5)}},"IterationIndex":{{1 + (number % 5)}},
        "Operations":1,"Nanoseconds":{{1000 + (number * 7 % 11)}}}
        """);

    private static Action<JsonNode> Named(string id) => manifest => manifest["id"] = id;

    /// <summary>A copy of the reference run with times multiplied by a factor: all of them, or those of cells that
    /// are no control.</summary>
    private string Copy(string name, double factor, Action<JsonNode>? change = null, bool onlyTested = false)
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
        foreach (var measurement in json["Benchmarks"]!.AsArray()
            .Where(benchmark => !onlyTested
                || !benchmark!["DisplayInfo"]!.GetValue<string>().Contains("ort-cpu-unoptimized_", StringComparison.Ordinal))
            .SelectMany(benchmark => benchmark!["Measurements"]!.AsArray()))
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
