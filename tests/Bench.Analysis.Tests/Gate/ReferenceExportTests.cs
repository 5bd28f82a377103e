using Bench.Analysis.Comparison;
using Bench.Analysis.Cost;
using Bench.Analysis.Gate;
using Bench.Analysis.Input;

using static Bench.Tests.ExportText;

namespace Bench.Analysis.Tests.Gate;

/// <summary>Exports as a reference: a file, or a folder of them.</summary>
public class ReferenceExportTests
{
    private static readonly ComparisonOptions Options = new() { Price = new RunPrice(PriceCatalogue.BuiltIn()) };

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void IdOf_Exports_IsOfTheirContentsAlone()
    {
        var (one, other) = (Write("a.json", Ns(1000)), Write("b.json", Ns(1001)));

        Assert.That(ReferenceExport.IdOf(one), Does.Match("^exports-[0-9a-f]{12}$").And.Not.EqualTo(ReferenceExport.IdOf(other)));
        Assert.That(ReferenceExport.IdOf(_folder.Write("c.json", File.ReadAllText(one).Replace("\n", "\r\n", StringComparison.Ordinal))),
            Is.EqualTo(ReferenceExport.IdOf(one)));
    }

    [TestCase("failed", "Acme.X.B [DefaultJob] failed.")]
    [TestCase("nothing", "nothing was measured.")]
    [TestCase("no machine", "it does not say its processor, logical cores")]
    [TestCase("debug", "it was measured in a Debug build.")]
    public void Objections_ExportsThatMustNotBeAReference_AreNamed(string what, string objection)
    {
        var text = Of(new("Acme.X.A", Launches: what == "nothing" ? 0 : 2),
            new Benchmark("Acme.X.B", Launches: what is "failed" or "nothing" ? 0 : 2));
        text = what switch
        {
            "no machine" => text.Replace("\"ProcessorName\":\"CPU 1\",\"LogicalCoreCount\":2,", string.Empty, StringComparison.Ordinal),
            "debug" => text.Replace("RELEASE", "DEBUG", StringComparison.Ordinal),
            _ => text,
        };

        Assert.That(ReferenceExport.Objections(_folder.Write("a.json", text)), Has.Some.Contains(objection));
        Assert.That(ReferenceExport.Objections(Write("good.json", Ns(1000))), Is.Empty);
    }

    [Test]
    public void Remark_SingleLaunch_SaysWhatToDoAndWhatItCosts()
    {
        Assert.That(ReferenceExport.Remark(_folder.Write("a.json", Of(new("Acme.X.A", Launches: 1), new Benchmark("Acme.X.B")))),
            Is.EqualTo("1 of 2 benchmarks have a single launch, and nothing can pass beside them. "
                + "Measure with --launchCount 5: it takes five times as long."));
        Assert.That(ReferenceExport.Remark(Write("b.json", Ns(1000))), Is.Null);
    }

    [TestCase("reference.json")]
    [TestCase("reference")]
    public void Replace_Reference_IsACopyWithItsRecordAndNothingElseIsLeft(string name)
    {
        var reference = Path.Combine(_folder.Path, "in", name);
        var first = Write("first.json", Ns(1000));
        ReferenceExport.Replace(reference, Exports(first), null, TimeProvider.System);
        var firstId = ReferenceExport.IdOf(first);
        Assert.That(ReferenceExport.History(reference)!.First, Is.EqualTo(firstId));

        var second = Exports(Write("second.json", Ns(1010)));
        ReferenceExport.Replace(reference, second, Comparer.Compare(reference, second, Options), TimeProvider.System);
        var history = ReferenceExport.History(reference)!;

        Assert.That((history.Run, history.Replaced, history.First), Is.EqualTo((ReferenceExport.IdOf(second), firstId, firstId)));
        Assert.That(Directory.GetFileSystemEntries(_folder.File("in")), Has.Length.EqualTo(
            name.EndsWith(".json", StringComparison.Ordinal) ? 2 : 1));
    }

    /// <summary>An acceptance that was interrupted, or a copy by hand: the record is of other exports.</summary>
    [Test]
    public void History_OfOtherExports_IsRefused()
    {
        var reference = _folder.File("reference.json");
        ReferenceExport.Replace(reference, Write("first.json", Ns(1000)), null, TimeProvider.System);
        File.Copy(Write("second.json", Ns(1010)), reference, overwrite: true);

        Assert.That(() => ReferenceExport.History(reference),
            Throws.TypeOf<RunFormatException>().With.Message.Contains("reference.json.accepted.json: it is the record of exports-"));
        File.Delete(reference + ".accepted.json");
        Assert.That(ReferenceExport.History(reference), Is.Null);
    }

    [Test]
    public void CheckPlaces_WhatCouldLoseSomething_IsRefused()
    {
        var file = Write("a.json", Ns(1000));
        var several = Directory.CreateDirectory(_folder.File("several")).FullName;
        _folder.Write(Path.Combine("several", "A-report-full.json"), Of(new Benchmark("Acme.A.A")));
        _folder.Write(Path.Combine("several", "B-report-full.json"), Of(new Benchmark("Acme.B.A")));
        var mine = Directory.CreateDirectory(_folder.File("mine")).FullName;
        _folder.Write(Path.Combine("mine", "thesis.doc"), "x");

        Assert.That(() => ReferenceExport.CheckPlaces(file, file),
            Throws.ArgumentException.With.Message.Contains("the same file or folder"));
        Assert.That(() => ReferenceExport.CheckPlaces(_folder.Path, file),
            Throws.ArgumentException.With.Message.Contains("one lies in the other"));
        Assert.That(() => ReferenceExport.CheckPlaces(_folder.File("r.json"), several),
            Throws.ArgumentException.With.Message.Contains("holds 2 exports; expected a folder for BASE"));
        Assert.That(() => ReferenceExport.CheckPlaces(_folder.File("r.md"), file),
            Throws.ArgumentException.With.Message.Contains("of different kinds"));
        Assert.That(() => ReferenceExport.CheckPlaces(mine, file),
            Throws.ArgumentException.With.Message.Contains("thesis.doc, which is no export"));
        var table = _folder.Write("Acme.X-report-github.md", "| Method | Mean | Error |\n|---|---:|---:|\n| A | 12.5 ns | 0.1 ns |\n");
        Assert.That(() => ReferenceExport.CheckPlaces(_folder.File("r.md"), table),
            Throws.ArgumentException.With.Message.Contains("the name of a table's file says its class"));
        Assert.That(() => ReferenceExport.CheckPlaces(_folder.File("r"), table), Throws.Nothing);
        Directory.CreateDirectory(_folder.File("r.old"));
        Assert.That(() => ReferenceExport.CheckPlaces(_folder.File("r"), file),
            Throws.TypeOf<RunFormatException>().With.Message.Contains("an earlier --accept was interrupted"));
    }

    [Test]
    public void IsFree_EmptyFolder_IsLikeNone()
    {
        Assert.That(ReferencePlace.IsFree(_folder.File("none")));
        Assert.That(ReferencePlace.IsFree(_folder.Path));
        _folder.Write(".gitkeep", string.Empty);
        Assert.That(ReferencePlace.IsFree(_folder.Path));
        _folder.Write("a.json", "{}");
        Assert.That(ReferencePlace.IsFree(_folder.Path), Is.False);
    }

    /// <summary>Changes of 3 % and of 48 bytes each pass, and their sum does not.</summary>
    [Test]
    public void Check_ManySmallLosses_AreARegressionTogether()
    {
        var reference = _folder.File("reference.json");
        var noise = _folder.Write("noise.json", QuietNoise("Acme.X.A"));
        var rules = GateRules.Parse("""{"schemaVersion":1,"all":{"allocationThreshold":"64 B"}}"""u8, "rules.json");
        ReferenceExport.Replace(reference, Write("0.json", Ns(1000) with { Bytes = 100 }), null, TimeProvider.System);
        var reports = new List<GateReport>();
        foreach (var (ns, bytes) in new[] { (1030, 148), (1061, 196) })
        {
            var next = Write($"{ns}.json", Ns(ns) with { Bytes = bytes });
            reports.Add(RegressionGate.Check(reference, next, Options, rules, noise));
            ReferenceExport.Replace(reference, next, reports[^1].Comparison, TimeProvider.System);
        }

        Assert.That(reports[0].Outcome, Is.EqualTo(GateOutcome.Passed), MarkdownGate.Write(reports[0]));
        var sums = reports[1].Findings.Where(finding => finding.Outcome == GateOutcome.Regression).ToList();
        Assert.That(sums.Select(finding => finding.Subject), Is.EqualTo(
            new[] { GateSubject.SinceFirst, GateSubject.SinceFirst, GateSubject.SinceFirst }));
        Assert.That(sums[0].Text, Does.Contain("small losses of time since the first accepted reference, exports-").And.Contain(
            "add up to 1.061"));
        Assert.That(sums[2].Text, Does.StartWith(
            "an operation allocates 96 B more than at the first accepted reference, exports-").And.Contain("(allowed 64 B)"));
    }

    private static Benchmark Ns(double ns) => new("Acme.X.A", ns);

    private string Write(string name, Benchmark benchmark) => _folder.Write(name, Of(benchmark));

    /// <summary>The same file as BenchmarkDotNet would call it, in a folder of its own.</summary>
    private string Exports(string file)
    {
        var results = Directory.CreateDirectory(Path.Combine(_folder.Path, Path.GetFileNameWithoutExtension(file), "results")).FullName;
        File.Copy(file, Path.Combine(results, "Acme.X-report-full.json"));
        return Path.GetDirectoryName(results)!;
    }
}
