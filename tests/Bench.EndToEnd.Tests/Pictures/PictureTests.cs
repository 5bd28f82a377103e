using System.Text.Json;
using System.Text.RegularExpressions;
using Bench.Analysis.Tests.Runs;
using Bench.EndToEnd.Tests.Cli;

namespace Bench.EndToEnd.Tests.Pictures;

public class PictureTests
{
    private static readonly string[] Anything = ["--max-accuracy-drop", "any", "--min-equivalence", "any", "--quantile", "mean"];
    private static readonly string Reference = Repository.File("artifacts", "reference");
    private static readonly string[] Study = [.. Directory.GetDirectories(Path.Combine(Reference, "study-2019", "table1"))
        .Order(StringComparer.Ordinal)];

    /// <summary>What the README shows is what is drawn today.</summary>
    [TestCase("study-2019")]
    [TestCase("20261127-063249-vm-a276ba6", "20261127-065316-vm-a276ba6", "--allow-incomplete")]
    public void Write_CommittedPictures_AreTheGoldenOnes(string name, params string[] others)
    {
        using var folder = new TemporaryFolder();
        string[] runs = [.. others.Prepend(name).Select(run => run.StartsWith("--", StringComparison.Ordinal) ? run
            : Path.Combine(Reference, run))];
        BenchProgram.Run(["decide", .. name == "study-2019" ? Study : runs, "--quantile", "mean",
            "--pictures", folder.Path]);

        var committed = Directory.GetFiles(Path.Combine(Reference, name, "pictures"));
        Assert.That(committed, Is.Not.Empty);
        foreach (var file in committed.Select(Path.GetFileName))
        {
            Golden.Match(File.ReadAllText(folder.File(file!)), "artifacts", "reference", name, "pictures", file!);
        }
    }

    /// <summary>Batches of one backend and precision are a line; names stand at its ends and at what is chosen.</summary>
    [TestCase("decision")]
    [TestCase("pareto")]
    public void Write_Batches_AreTheGoldenCurves(string kind)
    {
        using var folder = new TemporaryFolder();
        var run = BatchFixture.Create(folder.File("run"));
        var (code, _, error) = BenchProgram.Run(["decide", run.Path, .. Anything, "--pictures", folder.File("pictures")]);

        Assert.That(code, Is.Zero, error);
        Golden.Match(File.ReadAllText(folder.File($"pictures/tiny-{kind}.svg")), "tests", "Bench.EndToEnd.Tests", "Data", "golden",
            $"batches-{kind}.svg");
    }

    [Test]
    public void Write_Batches_DrawALineForEachThatDiffersInTheBatchAlone()
    {
        using var folder = new TemporaryFolder();
        var run = BatchFixture.Create(folder.File("run"), openMs: 20);
        BenchProgram.Run(["decide", run.Path, .. Anything, "--pictures", folder.File("pictures")]);
        var svg = File.ReadAllText(folder.File("pictures/tiny-pareto.svg"));

        // Two of ort-cpu, with one stream and with two; the open load and the baseline are points of their own.
        Assert.That(Regex.Count(svg, @"class=""mark-line role-mark layer_1_"), Is.EqualTo(2));
        Assert.That(Regex.Count(svg, @"<path aria-label=""latency:"), Is.GreaterThanOrEqualTo(6));
        Assert.That(svg, Does.Contain("batch 4, 2 streams").And.Contain("ort-cpu fp32").And.Contain("mean latency of a request in ms"));
    }

    [Test]
    public void Write_RealRun_DrawsFivePicturesOfEachModel()
    {
        using var folder = new TemporaryFolder();
        var run = Directory.GetDirectories(Reference).Order(StringComparer.Ordinal).First();
        var (code, _, error) = BenchProgram.Run("report", run, "--pictures", folder.File("new"));

        var files = Directory.GetFiles(folder.File("new")).ToDictionary(file => Path.GetFileName(file), File.ReadAllText);
        Assert.That(code, Is.Zero, error);
        Assert.That(files.Keys, Is.EquivalentTo(
            from model in new[] { "inceptionv3", "unet" }
            from kind in new[] { "decision", "pareto", "cost", "time", "latency" }
            select $"{model}-{kind}.svg"));
        foreach (var (name, svg) in files)
        {
            Assert.That(svg, Does.StartWith("<svg").And.Contain("prefers-color-scheme:dark"), name);
            Assert.That(svg, Does.Not.Contain("NaN").And.Not.Contain("undefined").And.Not.Contain("null"), name);
            Assert.That(svg, Does.Match(" in ms").Or.Contain("time limit in ms"), "units are on the axes");
            Assert.That(Regex.Matches(svg, @" (?:d|transform|x|y|width|height)=""[^""]*\d\.\d{3,}"),
                Is.Empty, $"{name}: last digits differ between systems");
        }

        Assert.That(error, Does.Contain("Wrote "));
    }

    [Test]
    public void Write_RunWithoutAPrice_DrawsTimesAlone()
    {
        using var folder = new TemporaryFolder();
        var (code, _, _) = BenchProgram.Run("report", Path.Combine(Reference, "study-2019", "table2", "i5-4590s"),
            "--pictures", folder.Path, "--html", folder.File("page.html"));

        Assert.That(code, Is.Zero);
        Assert.That(
            Directory.GetFiles(folder.Path, "*.svg").Select(Path.GetFileName), Is.EquivalentTo(["inceptionv3-time.svg", "unet-time.svg"]));
        Assert.That(File.ReadAllText(folder.File("page.html")), Does.Contain("Nothing is decided: ").And.Contain("has no price"));
    }

    /// <summary>A cell without a price keeps its row beside its time, so that no cost stands beside another cell's name.</summary>
    [Test]
    public void Write_SomeCellsWithoutAPrice_KeepTheirRows()
    {
        using var folder = new TemporaryFolder();
        var run = Directory.GetDirectories(Reference).Order(StringComparer.Ordinal).First();
        CopyTo(run, folder.File("run"));
        var manifest = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(Path.Combine(run, "run.json")))!.AsObject();
        manifest.Remove("usdPerHour");
        File.WriteAllText(folder.File("run/run.json"), manifest.ToJsonString());
        var (code, _, error) = BenchProgram.Run("report", folder.File("run"),
            "--usd-per-hour", "20261122-123908-vm-7d05dc4/*unoptimized*=1", "--pictures", folder.File("pictures"));

        Assert.That(code, Is.Zero, error);
        var points = Regex.Matches(File.ReadAllText(folder.File("pictures/unet-cost.svg")),
            @"aria-label=""(mean|usd): [^;]*; label: ([^;]+);[^>]*translate\([^,]+,([0-9.]+)\)")
            .ToLookup(match => match.Groups[1].Value, match => (Label: match.Groups[2].Value, Row: match.Groups[3].Value));
        Assert.That((points["mean"].Count(), points["usd"].Count()), Is.EqualTo((4, 2)));
        Assert.That(points["usd"], Is.SubsetOf(points["mean"]));
    }

    private static void CopyTo(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    [Test]
    public void Write_ModelWithPathInItsName_IsRefused()
    {
        using var folder = new TemporaryFolder();

        var result = BenchProgram.Run("report", RunOfModel(folder, "../../broken"), "--pictures", folder.File("a/b"));

        Assert.That((result.Code, Directory.GetFiles(folder.Path, "*.svg", SearchOption.AllDirectories).Length), Is.EqualTo((4, 0)));
        Assert.That(result.Error, Does.Contain("Found the cell '../../broken/"));
    }

    private static string RunOfModel(TemporaryFolder folder, string model)
    {
        var run = folder.File("run");
        Directory.CreateDirectory(run);
        File.WriteAllText(Path.Combine(run, "run.json"), File.ReadAllText(Path.Combine(Study[0], "run.json")).Replace(
            "inceptionv3", JsonEncodedText.Encode(model).ToString(), StringComparison.Ordinal));
        return run;
    }

    [Test]
    public void Write_ModelWithWindowsPathInItsName_StaysInTheFolder()
    {
        using var folder = new TemporaryFolder();

        BenchProgram.Run("report", RunOfModel(folder, @"..\..\broken"), "--pictures", folder.File("a/b"));

        Assert.That(Directory.GetFiles(folder.Path, "*.svg", SearchOption.AllDirectories).Select(Path.GetDirectoryName).Distinct(),
            Is.EqualTo([folder.File("a/b")]));
        Assert.That(File.Exists(folder.File("a/b/______broken-time.svg")), Is.True);
    }

    [Test]
    public void Write_ModelsWhoseNamesBecomeOne_HaveFilesOfTheirOwn()
    {
        using var folder = new TemporaryFolder();
        var run = folder.File("run");
        Directory.CreateDirectory(run);
        File.WriteAllText(Path.Combine(run, "run.json"), File.ReadAllText(Path.Combine(Study[0], "run.json"))
            .Replace("inceptionv3", "net.a", StringComparison.Ordinal).Replace("unet", "net_a", StringComparison.Ordinal));

        var (code, _, error) = BenchProgram.Run("decide", run, "--pictures", folder.File("pictures"), "--html", folder.File("page.html"));

        Assert.That(code, Is.Zero, error);
        Assert.That(Directory.GetFiles(folder.File("pictures"), "*-time.svg").Select(Path.GetFileName),
            Is.EquivalentTo(["net_a-time.svg", "net_a-2-time.svg"]));
    }

    [Test]
    public void Write_FolderThatIsAFile_SaysSo()
    {
        using var folder = new TemporaryFolder();
        var (code, _, error) = BenchProgram.Run(["decide", .. Study, "--pictures", folder.Write("file", "x")]);

        Assert.That(code, Is.EqualTo(2));
        Assert.That(error, Does.StartWith("--pictures: found '").And.Contain("expected a folder"));
    }
}
