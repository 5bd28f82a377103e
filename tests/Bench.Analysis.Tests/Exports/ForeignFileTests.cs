using System.Text;
using Bench.Analysis.Exports;
using Bench.Analysis.Input;

namespace Bench.Analysis.Tests.Exports;

/// <summary>Files that people give instead of exports: they hear what the file is, and what to export.</summary>
public class ForeignFileTests
{
    [TestCase("a-report.csv", "Method,Job,AnalyzeLaunchVariance,N,Mean,Error\nA,DefaultJob,False,1,1 ns,0 ns\n",
        "BenchmarkDotNet's CSV export: it has no single measurements")]
    [TestCase("a-report.csv", "\"Method\";\"Job\";\"Mean\"\n", "BenchmarkDotNet's CSV export: it has no single measurements")]
    [TestCase("a.json", "\uFEFFMethod;Job;Mean\n", "BenchmarkDotNet's CSV export: it has no single measurements")]
    [TestCase("a-measurements.csv", "Target,Target_Namespace,Target_Type,Measurement_Value\n",
        "BenchmarkDotNet's CSV of measurements, which is not read")]
    [TestCase("other.csv", "a,b\n1,2\n", "a CSV file")]
    [TestCase("a-report.html", "<!DOCTYPE html>\n<html lang='en'>\n<head><title>Acme</title></head><body><pre><code>\nBenchmarkDotNet "
        + "v0.15.8\n", "BenchmarkDotNet's HTML export: it has no")]
    [TestCase("page.html", "<html><body>Hello</body></html>", "an HTML file")]
    [TestCase("a-report-full.xml", "<?xml version=\"1.0\"?><Summary><HostEnvironmentInfo><BenchmarkDotNetVersion>",
        "BenchmarkDotNet's XML export, which is not read")]
    [TestCase("a.xml", "<?xml version=\"1.0\"?><project/>", "an XML file, which is not read")]
    [TestCase("a.log", "// Validating benchmarks:\n// ***** BenchmarkRunner: Start   *****\n", "BenchmarkDotNet's log, and no export")]
    [TestCase("build.log", "Restored.\n", "a log, and no export")]
    [TestCase("BuildPlots.R", "BenchmarkDotNetVersion <- \"\"\n", "BenchmarkDotNet's script for plots, and no export")]
    [TestCase("table.txt", "| Method | Mean |\n|---|---|\n", "a table in markdown: give its file the ending .md")]
    public void Read_WhatIsNoExport_SaysWhatItIsAndWhatToExport(string name, string text, string what)
    {
        using var temporary = new TemporaryFolder();
        var path = temporary.Write(name, text);

        Assert.That(() => ExportFolder.Read(path), Throws.TypeOf<RunFormatException>()
            .With.Message.StartsWith($"{path}: this is {what}").And.Message.EndsWith(
                "put [JsonExporterAttribute.Full] on the class, or measure with --exporters json."));
    }

    // A JSON export that was cut short is no other kind of file.
    [TestCase("")]
    [TestCase("{\"Benchmarks\":[")]
    [TestCase("nonsense")]
    public void Describe_WhatMayBeADamagedExport_SaysNothing(string text) =>
        Assert.That(ForeignFile.Describe(Encoding.UTF8.GetBytes(text), "a-report-full.json"), Is.Null);

    [Test]
    public void Read_FolderWithOtherExportsOnly_NamesOne()
    {
        using var temporary = new TemporaryFolder();
        Directory.CreateDirectory(temporary.File("results"));
        temporary.Write(Path.Combine("results", "Acme-report.csv"), "Method,Mean\n");

        Assert.That(
            () => ExportFolder.Read(temporary.Path),
            Throws.TypeOf<RunFormatException>().With.Message.Contains(
                "only files such as Acme-report.csv: this is BenchmarkDotNet's CSV export: it has no single measurements."));
    }
}
