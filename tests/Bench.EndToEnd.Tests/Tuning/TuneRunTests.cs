using System.Diagnostics;
using System.Reflection;
using Bench.Analysis.Runs;
using Bench.Arrays.Npy;
using Bench.EndToEnd.Tests.Cli;
using Bench.EndToEnd.Tests.Runs;
using Bench.Inference;
using Bench.Inference.NativeRuntimes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.ML.OnnxRuntime;

namespace Bench.EndToEnd.Tests.Tuning;

/// <summary>A search on the built-in U-Net with the real engine, fp32 against int8: what it confirms, what it keeps, and that its settings
/// work where they are pasted.</summary>
[Long]
public class TuneRunTests
{
    private readonly TemporaryFolder _folder = new();
    private HostProgram.Result _result = null!;
    private RunFolder _run = null!;
    private TuneRecord _tune = null!;

    [OneTimeSetUp]
    public void Search()
    {
        _result = HostProgram.Run(_folder.Path, TuneArguments.Of(_folder));
        _run = new RunFolder(Directory.GetDirectories(_folder.File("runs")).Single());
        _tune = TuneRecord.Read(_run)!;
    }

    [OneTimeTearDown]
    public void Delete() => _folder.Dispose();

    /// <summary>On any processor of these ten years int8 of this network is faster, or not: what is claimed is what fresh launches
    /// show.</summary>
    [Test]
    public void Tune_FreshLaunches_AreAllThatIsClaimed()
    {
        var isImproved = _tune.TimesAsCheap!.Lower > 1;

        Assert.That(_result.ExitCode, Is.EqualTo(isImproved ? 0 : 3), _result.Output + _result.Error);
        Assert.That(_tune.Outcome, Is.EqualTo(isImproved ? TuneOutcome.Improved : TuneOutcome.NotShown));
        var cells = _run.ReadManifest().Cells;
        Assert.That(cells.Select(cell => (cell.Precision, cell.Launches.Count)), Is.EquivalentTo([("fp32", 8), ("int8", 8)]));
        var times = cells.ToDictionary(cell => cell.Id, cell => _run.Launches.ReadAll().Where(record => record.Cell == cell.Id)
            .Average(record => _run.Launches.ReadTimings(record).RequestMs));
        Assert.That(_tune.TimesAsCheap.Ratio, Is.EqualTo(times[_tune.Default] / times[_tune.Chosen!]).Within(1e-9));
        Assert.That(_result.Output, Does.Contain("Tuned ").And.Contain("$").And.Contain("public static class TunedSession"));
    }

    [Test]
    public void Tune_Folder_KeepsEveryPointOfTheSearch()
    {
        Assert.That(_tune.Points.Select(point => point.Stage), Is.All.EqualTo(TuneStage.Confirmed));
        Assert.That(_tune.Points.Sum(point => point.Launches), Is.EqualTo(_tune.Launches));
        Assert.That(new RunFolder(Path.Combine(_run.Path, "search")).Launches.ReadAll(), Has.Count.EqualTo(_tune.Launches));
        Assert.That(_tune.IsPriced);
        Assert.That(
            JsonSchemaCheck.Faults(Repository.File("src", "Bench.Analysis", "Runs", "tune.schema.json"),
                File.ReadAllText(TuneRecord.PathOf(_run))),
            Is.Empty);
        foreach (var folder in new[] { _run.Path, Path.Combine(_run.Path, "search"), Path.Combine(_run.Path, "search", "quality") })
        {
            Assert.That(JsonSchemaCheck.Faults(Repository.File("src", "Bench.Analysis", "Runs", "run.schema.json"),
                File.ReadAllText(Path.Combine(folder, "run.json"))), Is.Empty, folder);
            Assert.That(Directory.Exists(Path.Combine(folder, ".work")), Is.False, "paths of this machine are gone");
        }
    }

    [Test]
    public void Report_OfTheFolder_SaysHowTheSettingsWereFound()
    {
        var (code, output, error) = BenchProgram.Run("report", _run.Path);

        Assert.That(code, Is.Zero, error);
        Assert.That(output, Is.EqualTo(File.ReadAllText(_run.MarkdownReportPath)));
        Assert.That(output, Does.Contain("## How the settings were found").And.Contain("by fresh launches."));
    }

    [Test]
    public void Decide_OfTheFolder_UsesWhatWasConfirmedAndRefusesTheSearch()
    {
        var (code, output, error) = BenchProgram.Run("decide", _run.Path, "--quantile", "mean");
        var search = Path.Combine(_run.Path, "search");

        Assert.That(code, Is.Zero, error);
        Assert.That(output, Does.Contain("unet/ort-cpu/"));
        foreach (var arguments in new[] { new[] { "decide", search }, ["compare", search, search], ["gate", search, search] })
        {
            var refused = BenchProgram.Run(arguments);
            Assert.That(refused.Code, Is.EqualTo(4), arguments[0]);
            Assert.That(refused.Error, Does.Contain("found the short launches of a search"), arguments[0]);
        }

        Assert.That(BenchProgram.Run("report", search).Output, Does.Contain("they choose among configurations, and are no result"));
    }

    /// <summary>The class that is printed is compiled, and loads the network that lies beside it: the same numbers come out.</summary>
    [Test]
    public void Settings_PastedCSharp_CompilesAndGivesTheSameOutputs()
    {
        BackendCatalogue.Find("ort-cpu", RuntimeCatalogue.Find())!.Open();
        var settings = Path.Combine(_run.Path, "settings");
        var tuned = Compile(File.ReadAllText(Path.Combine(settings, "TunedSession.cs"))).GetType("TunedSession")!;
        var network = Directory.GetFiles(settings, "*.onnx").Single();
        var cell = _run.ReadManifest().Cells.Single(cell => cell.Id == _tune.Chosen);
        var expected = RunOutputs.Of(_run, cell);

        using var session = (InferenceSession)tuned.GetMethod("Load")!.Invoke(null, [network])!;
        using var run = new RunOptions();
        using var images = NpyRows.Open(Repository.File("models", ".cache", "lesion-slices-1910-40.images.npy"));
        foreach (var image in expected.Keys.Take(3))
        {
            var row = new byte[images.RowLength];
            images.Read(image, row);
            var numbers = Array.ConvertAll(row, pixel => (pixel - 127.5f) / 127.5f);
            using var input = OrtValue.CreateTensorValueFromMemory(numbers, [1, 1, 160, 160]);
            using var outputs = session.Run(run, ["input"], [input], ["logits"]);
            Assert.That(outputs[0].GetTensorDataAsSpan<float>().ToArray(), Is.EqualTo(expected[image]).Within(1e-4));
        }
    }

    [Test]
    public void Settings_Python_Compiles()
    {
        using var python = Process.Start(new ProcessStartInfo(
            "python3", ["-m", "py_compile", Path.Combine(_run.Path, "settings", "tuned_session.py")])
        {
            RedirectStandardError = true,
        })!;
        var error = python.StandardError.ReadToEnd();
        python.WaitForExit();

        Assert.That(python.ExitCode, Is.Zero, error);
    }

    private static Assembly Compile(string code)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create("Pasted", [CSharpSyntaxTree.ParseText(code)], references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using var stream = new MemoryStream();
        var emitted = compilation.Emit(stream);
        Assert.That(emitted.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning), Is.Empty);
        return Assembly.Load(stream.ToArray());
    }
}
