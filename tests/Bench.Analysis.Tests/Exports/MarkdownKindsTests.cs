using Bench.Analysis.Exports;
using Bench.Analysis.Input;

namespace Bench.Analysis.Tests.Exports;

/// <summary>Kinds of tables that real projects have committed, each reduced to a few lines.</summary>
public class MarkdownKindsTests
{
    // Plain, without outer bars, Atlassian's, with links and code, with an escaped bar, with the unit in the header.
    [TestCase("| Method | Mean | Error |\n|---|---:|---:|\n| Add | 12.5 ns | 0.1 ns |", "Add", 12.5)]
    [TestCase(" Method | Mean | Error |\n------- |---:|---:|\n Add | 12.5 ns | 0.1 ns |", "Add", 12.5)]
    [TestCase("||Method ||Mean ||Error ||\n|Add |12.5 ns |0.1 ns |", "Add", 12.5)]
    [TestCase("| Method | Mean | Error |\n|---|---:|---:|\n| [Add](https://example.org/a) | 12.5 ns | 0.1 ns |", "Add", 12.5)]
    [TestCase("| Method | Mean | Error |\n|---|---:|---:|\n| `Add` | 12.5 ns | 0.1 ns |", "Add", 12.5)]
    [TestCase("| Method | Mean | Error |\n|---|---:|---:|\n| A\\|B | 12.5 ns | 0.1 ns |", "A|B", 12.5)]
    [TestCase("| Method | Mean | Error |\n|---|---:|---:|\n| A|B | 12.5 ns | 0.1 ns |", "A|B", 12.5)]
    [TestCase("| Method | Mean [us] | Error [us] |\n|---|---:|---:|\n| Add | 12.5 | 0.1 |", "Add", 12500)]
    [TestCase("| **Method** | Mean | Error |\n|---|---:|---:|\n| **Add** | **12.5 ns** | **0.1 ns** |", "Add", 12.5)]
    public void Parse_Dialects_AreRead(string table, string method, double ns)
    {
        var benchmark = MarkdownExportReader.Parse(table.Replace("**Method**", "Method", StringComparison.Ordinal), "X-report-github.md")
            .Benchmarks.Single();

        Assert.That((benchmark.Name.Method, benchmark.Summary!.MeanMs), Is.EqualTo((method, ns / 1e6)));
    }

    [Test]
    public void Parse_SeveralTables_AreAllReadAndToldApartByTheirHeadings()
    {
        const string Table = "| Method | Mean | Error |\n|---|---:|---:|\n| Add | {0} ns | 0.1 ns |\n\n";
        var export = MarkdownExportReader.Parse(
            "## Ints\n\n" + string.Format(null, Table, 1) + "## Doubles\n\n" + string.Format(null, Table, 2), "X-report-github.md");

        Assert.That(export.Benchmarks.Select(benchmark => benchmark.Summary!.MeanMs), Is.EqualTo(new[] { 1e-6, 2e-6 }));
        Assert.That(export.Benchmarks.Select(benchmark => benchmark.Name.ToString()).Distinct().Count(), Is.EqualTo(2));
    }

    [Test]
    public void Parse_TablesOfSeveralMachines_AreRefused()
    {
        const string Table = "```\nBenchmarkDotNet v0.14.0, {0}\nAMD EPYC 7763, 1 CPU, 4 logical and 2 physical cores\n```\n"
            + "| Method | Mean | Error |\n|---|---:|---:|\n| Add | 1.0 ns | 0.1 ns |\n\n";

        Assert.That(
            () => MarkdownExportReader.Parse(string.Format(null, Table, "Windows 11") + string.Format(null, Table, "ubuntu 24.04"), "x.md"),
            Throws.TypeOf<RunFormatException>().With.Message.Contains("tables of several machines")
                .And.Message.Contains("Keep each machine in a file of its own"));
    }

    /// <summary>A comma is decimal, or separates thousands: the table as a whole tells, and what does not tell is refused.</summary>
    [TestCase("1,234 us", "12,5 us", 1234)]
    [TestCase("1,234 us", "12.5 us", 1234000)]
    [TestCase("1\u2019234.5 us", "12.5 us", 1234500)]
    [TestCase("1\u00A0234,5 us", "12,5 us", 1234500)]
    [TestCase("0,123 us", "1,234 us", 123)]
    public void Parse_NumbersOfSeveralCultures_AreReadByTheWholeTable(string mean, string other, double ns) =>
        Assert.That(
            MarkdownExportReader.Parse($"| Method | Mean | Error |\n|---|---:|---:|\n| A | {mean} | 0 us |\n| B | {other} | 0 us |", "x.md")
                .Benchmarks[0].Summary!.MeanMs,
            Is.EqualTo(ns / 1e6).Within(1e-9).Percent);

    [Test]
    public void Parse_NumbersThatTellNothing_AreRefused() => Assert.That(
        () => MarkdownExportReader.Parse("| Method | Mean | Error |\n|---|---:|---:|\n| A | 2,643 us | 1 us |", "x.md"),
        Throws.TypeOf<RunFormatException>().With.Message.Contains("a comma may be decimal or separate thousands"));

    /// <summary>A vertical bar that could be in two places is not guessed: the row is named as unreadable,
    /// and the others are read.</summary>
    [Test]
    public void Parse_RowThatCannotBePutTogether_IsNamedAndTheOthersAreRead()
    {
        var export = MarkdownExportReader.Parse(
            "| Method | Text | Mean | Error |\n|---|---|---:|---:|\n| A | x|y|z | q | 1.0 ns | 0.1 ns |\n| B | t | 2.0 ns | 0.1 ns |",
            "x.md");

        Assert.That(export.Benchmarks[0].Failure, Does.Contain("has more cells than columns"));
        Assert.That(export.Benchmarks[1].Summary!.MeanMs, Is.EqualTo(2e-6));
    }
}
