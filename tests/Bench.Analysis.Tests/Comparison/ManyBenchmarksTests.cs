using Bench.Analysis.Comparison;
using Bench.Analysis.Cost;
using Bench.Analysis.Gate;
using Bench.Analysis.Rendering;

using static Bench.Tests.ExportText;

namespace Bench.Analysis.Tests.Comparison;

/// <summary>What a comparison of many benchmarks prints, and what is left of it with a filter.</summary>
public class ManyBenchmarksTests
{
    private static readonly ComparisonOptions Options = new() { Price = new RunPrice(PriceCatalogue.BuiltIn()) };

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [TestCase("Acme.X.A", "Acme.X.")]
    [TestCase("Acme.X.A|Acme.X.AB(N: 1.5)", "Acme.X.")]
    [TestCase("Acme.X.A(N: 1.5)|Acme.X.A(N: 1.25)", "Acme.X.")]
    [TestCase("Acme.Sort.A|Acme.Sorting.A", "Acme.")]
    [TestCase("Acme.Set<System.Int32>.A|Acme.Set<System.Int32>.B", "Acme.")]
    [TestCase("Acme.X.'a title. of two'|Acme.X.'a title. of words'", "Acme.X.")]
    [TestCase("A|B", "")]
    [TestCase("Acme.X.A|Other.X.A", "")]
    [TestCase("", "")]
    public void Of_Names_IsNamespaceAndClassThatAllShare(string names, string prefix) =>
        Assert.That(CommonPrefix.Of(names.Split('|')), Is.EqualTo(prefix));

    // The unit of the shorter time, so that no digit of it is lost; of the longer one where they are far apart.
    [TestCase(999.101, 1100, "999.101 ns", "1100.000 ns")]
    [TestCase(25e6, 27.5e6, "25.000 ms", "27.500 ms")]
    [TestCase(1.5e9, 0.9e9, "1500.000 ms", "900.000 ms")]
    [TestCase(10, 5e6, "0.000 ms", "5.000 ms")]
    [TestCase(0, 999776, "0.000 μs", "999.776 μs")]
    [TestCase(0, 0, "0.000 ns", "0.000 ns")]
    public void Durations_BothSides_HaveOneUnit(double before, double now, string one, string other) =>
        Assert.That(Figures.Durations(before / 1e6, now / 1e6), Is.EqualTo((one, other)));

    /// <summary>
    /// Thirty benchmarks: twelve slower, each more than the one before; one that allocates more; six faster; the rest unchanged.
    /// </summary>
    [Test]
    public void Write_ThirtyBenchmarks_IsTheGoldenText()
    {
        var (report, _) = Thirty();
        report = report with { Comparison = report.Comparison with { Base = "base", Current = "current" } };

        Golden.Match(MarkdownGate.Write(report), "tests", "Bench.Analysis.Tests", "Data", "golden", "gate-many.md");
        Assert.That(MarkdownGate.Write(report).Split('\n').Count(line => line.StartsWith("- **regression** `", StringComparison.Ordinal)),
            Is.EqualTo(10));
        Assert.That(MarkdownGate.Write(report, all: true).Split('\n').Count(
            line => line.StartsWith("- **regression** `", StringComparison.Ordinal)), Is.EqualTo(13));
    }

    [Test]
    public void Write_ManyMissing_PrintsTenUnlessAllAreWanted()
    {
        var (from, to) = (Side("base", Enumerable.Range(10, 15)), Side("current", Enumerable.Range(10, 1)));
        var report = Comparer.Compare(from, to, Options);

        Assert.That(MarkdownComparison.Write(report), Does.Contain("- and 4 more: --all\n").And.Not.Contain("Acme.X.B24:"));
        Assert.That(MarkdownComparison.Write(report, all: true), Does.Not.Contain("--all").And.Contain("Acme.X.B24:"));
    }

    [Test]
    public void Compare_Filter_TakesWhatMatchesAndSaysSo()
    {
        var (from, to) = (Side("base", Enumerable.Range(10, 15)), Side("current", Enumerable.Range(12, 15)));
        var report = Comparer.Compare(from, to, Options with { Filter = "*.B1?" });

        Assert.That(report.Cells.Select(cell => cell.Name), Is.EqualTo(Enumerable.Range(12, 8).Select(i => $"Acme.X.B{i}")));
        Assert.That(report.Missing.Select(missing => missing.Name), Is.EqualTo(
            new[] { "Acme.X.B10", "Acme.X.B11" }));
        Assert.That(report.New, Is.Empty);
        Assert.That(MarkdownComparison.Write(report), Does.Contain("- Only what matches `*.B1?` was looked at; 7 left out.\n"));
        Assert.That(JsonComparison.Write(report), Does.Contain("\"filter\": \"*.B1?\""));
    }

    [Test]
    public void Compare_FilterThatMatchesNothing_SaysWhatThereIs()
    {
        var side = Side("base", Enumerable.Range(10, 15));

        Assert.That(
            () => Comparer.Compare(side, side, Options with { Filter = "*Deep*" }),
            Throws.ArgumentException.With.Message.StartsWith(
                "--filter: '*Deep*' matches nothing; expected a pattern of whole names, such as '*B10*'. There are Acme.X.B10, Acme.")
                .And.Message.EndsWith(" and 5 more."));
    }

    /// <summary>A rule for what the filter leaves out is no misspelt one.</summary>
    [Test]
    public void Check_RuleForWhatTheFilterLeavesOut_IsNoFault()
    {
        var side = Side("base", Enumerable.Range(10, 5));
        var rules = GateRules.Parse("""{"schemaVersion":1,"cells":{"*.B14":{"threshold":"20%"}}}"""u8, "rules.json");

        Assert.That(() => RegressionGate.Check(side, side, Options with { Filter = "*.B10" }, rules, null), Throws.Nothing);
    }

    private (GateReport Report, string Noise) Thirty()
    {
        var names = Enumerable.Range(10, 30).Select(i => $"Acme.Text.Joining.B{i}").ToList();
        var noise = _folder.Write("noise.json", QuietNoise(names));
        double Factor(int i) => i < 12 ? 1.08 + (0.01 * i) : i is > 12 and < 19 ? 0.9 - (0.01 * (i - 12)) : 1;
        var from = _folder.Write("base.json", Of(names.Select((name, i) => new Benchmark(name, 950 + i, Bytes: 8 * i))));
        var to = _folder.Write("current.json", Of(
            names.Select((name, i) => new Benchmark(name, (950 + i) * Factor(i), Bytes: (8 * i) + (i == 12 ? 32 : 0)))));
        return (RegressionGate.Check(from, to, Options, GateRules.Standard, noise), noise);
    }

    private string Side(string name, IEnumerable<int> numbers) =>
        _folder.Write($"{name}.json", Of(numbers.Select(i => new Benchmark($"Acme.X.B{i}"))));
}
