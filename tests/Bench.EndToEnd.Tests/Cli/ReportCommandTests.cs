namespace Bench.EndToEnd.Tests.Cli;

public class ReportCommandTests
{
    private static readonly string Reference = Directory.GetDirectories(Repository.File("artifacts", "reference"))
        .Order(StringComparer.Ordinal).FirstOrDefault(string.Empty);

    [Test]
    public void Report_CommittedRun_IsTheReportBesideIt()
    {
        var (code, output, _) = BenchProgram.Run("report", Reference);

        Assert.That(code, Is.Zero);
        Assert.That(output, Is.EqualTo(File.ReadAllText(Path.Combine(Reference, "report.md"))));
    }

    [Test]
    public void Report_Json_IsTheReportBesideIt()
    {
        var (code, output, _) = BenchProgram.Run("report", Reference, "--json");

        Assert.That(code, Is.Zero);
        Assert.That(output, Is.EqualTo(File.ReadAllText(Path.Combine(Reference, "report.json"))));
    }

    [Test]
    public void Report_ReadmesTable_IsThatOfTheCommittedRun()
    {
        var readme = File.ReadAllText(Repository.File("README.md"));
        var (_, output, _) = BenchProgram.Run("report", Reference);

        var rows = output.Split('\n').Where(line => line.StartsWith("| inceptionv3/", StringComparison.Ordinal)).ToList();
        Assert.That(rows, Has.Count.EqualTo(7), "four cells, three of them compared with the first");
        foreach (var row in rows)
        {
            Assert.That(readme, Does.Contain(row));
        }
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
