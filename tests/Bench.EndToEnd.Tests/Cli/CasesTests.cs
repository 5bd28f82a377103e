using System.Text.Json.Nodes;
using Bench.Analysis.Runs;
using Bench.EndToEnd.Tests.Runs;

namespace Bench.EndToEnd.Tests.Cli;

/// <summary>Every input of <c>tests/cases</c>: what is right is in its README, and here.</summary>
public class CasesTests
{
    private static readonly string Cases = Repository.File("tests", "cases");

    // Every image has another class; four of ten pairs are swapped. Sums, means and centres do not see it.
    [TestCase(1, "20 of 20 images differ by more than the margin", "l-equivalence/softmax-ref.npy", "l-equivalence/softmax-allwrong.npy")]
    [TestCase(1, "20 of 20 images have another top class", "l-equivalence/softmax-ref.npy", "l-equivalence/softmax-allwrong.npy",
        "--statistic", "mean")]
    [TestCase(1, "20 of 20 images have another top class", "l-equivalence/softmax-ref.npy", "l-equivalence/softmax-allwrong.npy",
        "--statistic", "max")]
    [TestCase(1, "30 of 70 images differ by more than the margin", "l-equivalence/score-ref.npy", "l-equivalence/score-swapped.npy")]
    [TestCase(1, "A pixel is in the mask above 0.5.", "b1-mask-threshold/ref.npy", "b1-mask-threshold/bad_overshoot.npy",
        "--statistic", "dice", "--values", "probabilities")]
    [TestCase(1, "A pixel is in the mask above 0.5.", "b1-mask-threshold/ref.npy", "b1-mask-threshold/bad.npy", "--statistic", "dice",
        "--values", "probabilities")]
    [TestCase(2, "It is never guessed", "b1-mask-threshold/ref.npy", "b1-mask-threshold/bad_overshoot.npy", "--statistic", "dice")]
    public void Equivalence_Case_IsRight(int code, string text, string reference, string candidate, params string[] options) =>
        Check(code, text, ["equivalence", Path.Combine(Cases, reference), Path.Combine(Cases, candidate), .. options]);

    // Nothing passes with a single launch; a doubling is a regression all the same.
    [TestCase(3, "A side has a single launch", "a-single-launch/base-report-full.json", "a-single-launch/current-report-full.json")]
    [TestCase(3, "A side has a single launch", "a-single-launch/same-machine-base-report-full.json",
        "a-single-launch/same-machine-current-report-full.json")]
    [TestCase(
        3, "they were measured once or rounded", "b10-equal-launches/base-report-full.json", "b10-equal-launches/current-report-full.json")]
    [TestCase(4, "operating system family: Linux → Windows", "b4-os/linux-report-full.json", "b4-os/windows-report-full.json")]
    [TestCase(4, "processor: Intel Xeon Gold 6248 CPU 2.50GHz → AMD Ryzen 9 7950X", "b4-md/base", "b4-md/current")]
    [TestCase(3, "1 inconclusive of 1", "b-md-clock/base", "b-md-clock/current")]
    [TestCase(
        1, "10.125 ns → 188.125 ns", "b5-launch-without-result/base-report-full.json", "b5-launch-without-result/current-report-full.json")]
    [TestCase(1, "10.000 μs → 99.000 μs", "b5-second-table/base", "b5-second-table/current")]
    [TestCase(3, "inconclusive of", "d-empty-bold/base", "d-empty-bold/current")]
    [TestCase(3, "inconclusive of", "e-question/base", "e-question/current")]
    [TestCase(1, "0.000 μs → 999.776 μs", "i-zero-base-report-full.json", "i-zero-current-report-full.json")]
    [TestCase(1, "1.000 ms → 2.000 ms", "i-onezero-base-report-full.json", "i-onezero-current-report-full.json")]
    [TestCase(3, "**2 inconclusive of 2", "j-jobs-unnamed-report-full.json", "j-jobs-named-report-full.json")]
    public void Gate_Case_IsRight(int code, string text, string baseline, string current) =>
        Check(code, text, ["gate", Path.Combine(Cases, baseline), Path.Combine(Cases, current)]);

    [TestCase("backslash-rules.json", "(threshold 20 %)")]
    [TestCase("ok-rules.json", "inconclusive of 2")]
    public void Gate_RuleWithABackslash_MatchesItself(string rules, string text)
    {
        var export = Path.Combine(Cases, "backslash-report-full.json");

        Check(3, text, ["gate", export, export, "--rules", Path.Combine(Cases, rules)]);
    }

    // What can be paired is compared, what cannot is listed, and one of these never costs the rest.
    [TestCase("c-same-fullname-report-full.json", "**3 inconclusive of 3 (threshold 5 %)**")]
    [TestCase("c2-same-everything-report-full.json", "**1 inconclusive of 1, 2 not to be told apart (threshold 5 %)**")]
    [TestCase("f-categories", "inconclusive of")]
    [TestCase("g-namespaces", "| Two.Zero.A | 200.000 ns | 200.000 ns |")]
    [TestCase("h-culture/de", "| B         | 1.584 μs | 1.584 μs |")]
    [TestCase("h-culture/ch", "| A         | 1.586 μs | 1.586 μs |")]
    [TestCase("k-generic-report-full.json", @"| Set\<Int32\>.Add  |")]
    [TestCase("q-old-011-report-brief.json", "before BenchmarkDotNet 0.12 keeps means and standard errors and no measurements")]
    public void Compare_CaseWithItself_IsRight(string name, string text) =>
        Check(0, text, ["compare", Path.Combine(Cases, name), Path.Combine(Cases, name)]);

    [Test]
    public void Compare_CasesInFolders_AreComparedOneByOne()
    {
        Check(0, "**2 inconclusive of 2 (threshold 5 %)**",
            ["compare", Path.Combine(Cases, "n-hoisted", "json"), Path.Combine(Cases, "n-hoisted", "md")]);
        Check(4, "the name of its file is taken for it: base.md as base, current.md as current",
            ["compare", Path.Combine(Cases, "r-renamed", "base.md"), Path.Combine(Cases, "r-renamed", "current.md")]);
        var old = Path.Combine(Cases, "q-old-099-report-full.json");
        Check(4, "BenchmarkDotNet 0.9.9.0 did not export it: that is older than 0.12", ["compare", old, old]);
    }

    /// <summary>A network's own file is a small part of it, and images may lie as the network takes them.</summary>
    [Long]
    [Test]
    public void Run_ModelsOfOthers_AreWhollyWeighedAndFed()
    {
        using var folder = new TemporaryFolder();
        var cards = string.Join(',', new[] { "m-external-data", "p-nhwc" }.Select(name => Path.Combine(Cases, name, "card.json")));
        var run = HostProgram.Run(folder.Path, "--profile", "smoke", "--models", cards, "--backends", "ort-cpu", "--precisions", "fp32",
            "--usd-per-hour", "1", "--output", folder.File("runs"));

        Assert.That(run.ExitCode, Is.Zero, run.Output + run.Error);
        var written = Directory.GetDirectories(folder.File("runs")).Single();
        Assert.That(
            new RunFolder(written).ReadManifest().Models.Single(model => model.Id == "ext").Files["fp32"].Bytes, Is.EqualTo(202_510));
        Check(1, "its model has 0.2 MB, more than 0.1 MB (--max-model-size)", ["decide", written, "--max-model-size", "100kB"]);
    }

    // Each tenth inference 1.6 times as long: the cost grew by 6 %, and the median not at all. Two launches of twenty three times as long:
    // it grew by a fifth.
    [TestCase(false, GateCode.Regression, "P90: ")]
    [TestCase(true, GateCode.Inconclusive, "Mean time: ")]
    public void Gate_CopyWhoseCostGrew_DoesNotPass(bool byLaunch, GateCode code, string text)
    {
        using var folder = new TemporaryFolder();
        var runs = Directory.GetDirectories(Repository.File("artifacts", "reference"), "2026*").Order(StringComparer.Ordinal).ToList();
        var result = BenchProgram.Run("gate", runs[1], Copy(folder, runs[1], byLaunch), "--control", "*/ort-cpu@*");

        Assert.That(result.Code, Is.EqualTo((int)code), result.Output);
        Assert.That(result.Output, Does.Contain(text).IgnoreCase);
    }

    /// <summary>A cell that crashed is gone, whatever the control cells do.</summary>
    [Test]
    public void Gate_TestedCellThatCrashedBesideItsControl_IsInvalidWithItsReason()
    {
        using var folder = new TemporaryFolder();
        var runs = Directory.GetDirectories(Repository.File("artifacts", "reference"), "2026*").Order(StringComparer.Ordinal).ToList();
        var copy = Copy(folder, runs[1], byLaunch: null);
        var manifest = new RunFolder(copy).ManifestPath;
        var json = JsonNode.Parse(File.ReadAllText(manifest))!;
        var cell = json["cells"]!.AsArray()
            .Single(found => found!["id"]!.GetValue<string>().Contains("/ort-cpu/", StringComparison.Ordinal))!;
        (cell["status"], cell["reason"]) = ("failed", "the benchmark process ended with exit code 139");
        File.WriteAllText(manifest, json.ToJsonString());

        var result = BenchProgram.Run("gate", runs[1], copy, "--control", "*/ort-cpu@*");
        Assert.That(result.Code, Is.EqualTo(4), result.Output + result.Error);
        Assert.That(result.Output, Does.Contain("the benchmark process ended with exit code 139"));
    }

    public enum GateCode
    {
        Regression = 1,
        Inconclusive = 3,
    }

    private static void Check(int code, string text, string[] arguments)
    {
        var result = BenchProgram.Run(arguments);

        Assert.That(result.Output + result.Error, Does.Contain(text));
        Assert.That(result.Code, Is.EqualTo(code));
    }

    /// <summary>A copy of a run in which the tested cell has slow launches (two of them), slow inferences (every tenth),
    /// or no change.</summary>
    private static string Copy(TemporaryFolder folder, string run, bool? byLaunch)
    {
        var target = folder.File("copy");
        foreach (var file in Directory.GetFiles(run, "*", SearchOption.AllDirectories))
        {
            var path = Path.Combine(target, Path.GetRelativePath(run, file));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Copy(file, path);
        }

        var export = Directory.GetFiles(Path.Combine(target, "bdn"), "*-report-full.json").Single();
        var json = JsonNode.Parse(File.ReadAllText(export))!;
        var tested = json["Benchmarks"]!.AsArray()
            .Where(benchmark => benchmark!["DisplayInfo"]!.GetValue<string>().Contains(" ort-cpu_", StringComparison.Ordinal)).ToList();
        foreach (var (launch, benchmark) in tested.Index())
        {
            foreach (var (i, measurement) in benchmark!["Measurements"]!.AsArray().Index())
            {
                var factor = byLaunch switch { true => launch is 3 or 11 ? 3 : 1, false => i % 10 == 9 ? 1.6 : 1, _ => 1 };
                measurement!["Nanoseconds"] = measurement["Nanoseconds"]!.GetValue<double>() * factor;
            }
        }

        File.WriteAllText(export, json.ToJsonString());
        return target;
    }
}
