namespace Bench.EndToEnd.Tests.Cli;

public class ReportCommandTests
{
    private static readonly string Reference = Repository.File("artifacts", "reference", "20261127-065316-vm-a276ba6");

    private static IEnumerable<string?> Committed => Directory.GetDirectories(Repository.File("artifacts", "reference"))
        .Where(run => File.Exists(Path.Combine(run, "report.md"))).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Committed))]
    public void Report_CommittedRun_IsTheReportBesideIt(string run)
    {
        var folder = Repository.File("artifacts", "reference", run);
        var (code, output, _) = BenchProgram.Run("report", folder);
        var (codeOfJson, json, _) = BenchProgram.Run("report", folder, "--json");

        Assert.That(code, Is.AnyOf(0, 4), "4: the run did not come to its end");
        Assert.That(codeOfJson, Is.EqualTo(code));
        Golden.Match(output, "artifacts", "reference", run, "report.md");
        Golden.Match(json, "artifacts", "reference", run, "report.json");
    }

    [TestCase(4, "there is no such folder", "report", "/nowhere")]
    [TestCase(2, "Required argument 'RUN' missing", "report")]
    [TestCase(2, "frobnicate", "frobnicate")]
    [TestCase(2, "0,90", "report", "/nowhere", "--usd-per-hour", "0,90")]
    public void Run_WrongArguments_SaysSoWithItsCode(int expected, string message, params string[] arguments)
    {
        var (code, _, error) = BenchProgram.Run(arguments);

        Assert.That(code, Is.EqualTo(expected));
        Assert.That(error, Does.Contain(message));
    }

    [Test]
    public void Report_UnknownHardware_IsWrongUsage()
    {
        var (code, _, error) = BenchProgram.Run("report", Reference, "--hardware", "abacus");

        Assert.That(code, Is.EqualTo(2));
        Assert.That(error, Does.Contain("v100"));
    }
}
