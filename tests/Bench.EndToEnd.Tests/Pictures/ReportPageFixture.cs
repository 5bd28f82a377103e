using Bench.Analysis.Tests.Runs;
using Bench.EndToEnd.Tests.Cli;

namespace Bench.EndToEnd.Tests.Pictures;

/// <summary>Pages for the tests of them, written into a folder of each test.</summary>
public abstract class ReportPageFixture
{
    protected static readonly string[] Study =
        [.. Directory.GetDirectories(Repository.File("artifacts", "reference", "study-2019", "table1")).Order(StringComparer.Ordinal)];
    protected static readonly string[] Anything = ["--max-accuracy-drop", "any", "--min-equivalence", "any", "--quantile", "mean"];
    protected static readonly string[] TwoMachines =
    [
        Repository.File("artifacts", "reference", "20261127-065316-vm-a276ba6"),
        Repository.File("artifacts", "reference", "20261127-063249-vm-a276ba6"), "--allow-incomplete", "--models", "unet",
    ];

    private protected TemporaryFolder Folder { get; private set; } = null!;

    [SetUp]
    public void MakeFolder() => Folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => Folder.Dispose();

    protected string Batches()
    {
        var path = Folder.File("batches");
        return Directory.Exists(path) ? path : BatchFixture.Create(path, openMs: 20).Path;
    }

    protected static string RealRun() =>
        Directory.GetDirectories(Repository.File("artifacts", "reference")).Order(StringComparer.Ordinal).First();

    protected string Write(string verb, params string[] runs)
    {
        var file = Folder.File("report.html");
        var (code, _, error) = BenchProgram.Run([verb, .. runs, "--html", file]);
        // A report of a run that was stopped says so.
        Assert.That(code, Is.Zero.Or.EqualTo(verb == "report" ? 4 : 0), error);
        return file;
    }
}
