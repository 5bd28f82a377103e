using System.Text.Json;

namespace Bench.EndToEnd.Tests.Cli;

public class PricesCommandTests
{
    [Test]
    public void Prices_Check_PassesTheBuiltInCatalogue()
    {
        var (code, output, error) = BenchProgram.Run("prices", "--check");

        Assert.That(code, Is.Zero, error);
        Assert.That(output, Does.Match(@"^\d+ offers for \d+ kinds of hardware: no fault; \d+ offers to take care with\.\s+$"));
    }

    [Test]
    public void Prices_OneHardware_FlagsWhatIsDoubtful()
    {
        var (code, output, _) = BenchProgram.Run("prices", "k80", "--date", "2026-11-22", "--offers");

        Assert.That(code, Is.Zero);
        Assert.That(output, Does.Contain("older than a year").And.Contain("accelerator only, without a host"));
        Assert.That(output, Does.Not.Contain("v100"));
    }

    [Test]
    public void Prices_Json_IsOne()
    {
        var (_, output, _) = BenchProgram.Run("prices", "v100", "--json", "--date", "2026-11-22");

        using var json = JsonDocument.Parse(output);
        Assert.That(json.RootElement.GetProperty("hardware")[0].GetProperty("hardware").GetProperty("key").GetString(), Is.EqualTo("v100"));
        Assert.That(json.RootElement.GetProperty("offers").EnumerateArray().SelectMany(offer => offer.GetProperty("flags").EnumerateArray())
            .Select(flag => flag.GetString()), Has.Some.StartsWith("outlier"));
    }

    [TestCase("hardware,provider,instance,region,usd_per_hour,purchase,all_in,devices,retrieved,source\n"
        + "k80,P,i,r,-1,on-demand,yes,1,2026-01-01,s\n", "line 2: found usd_per_hour '-1'")]
    [TestCase("hardware,provider,instance,region,usd_per_hour,purchase,all_in,devices,retrieved,source\n"
        + "abacus,P,i,r,1,on-demand,yes,1,2026-01-01,s\n", "unknown hardware")]
    [TestCase("not,prices\n", "expected 'hardware,kind,name")]
    public void Prices_BadFile_FailsTheCheck(string text, string expected)
    {
        using var folder = new TemporaryFolder();

        var (code, _, error) = BenchProgram.Run("prices", "--check", "--prices", folder.Write("bad.csv", text));

        Assert.That(error, Does.Contain(expected).And.Contain("bad.csv"));
        Assert.That(code, Is.EqualTo(4));
    }

    [Test]
    public void Prices_ReadmesExample_PassesTheCheck()
    {
        using var folder = new TemporaryFolder();
        var readme = File.ReadAllText(Repository.File("src", "Bench.Cli", "README.md")).ReplaceLineEndings("\n");
        var start = readme.IndexOf("hardware,kind,", StringComparison.Ordinal);
        var file = folder.Write("mine.csv", readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)]);

        Assert.That(BenchProgram.Run("prices", "--check", "--prices", file, "--date", "2026-11-22").Code, Is.Zero);
        Assert.That(BenchProgram.Run("prices", "lab", "--prices", file, "--offers").Output,
            Does.Contain("0.2901"), "4,200 / (4 × 8,760 × 0.5) + 0.18 × 0.28");
    }

    [TestCase(2, "found 'abacus', which stands in no name; expected a part of one of a10, ", "abacus")]
    [TestCase(2, "prices --check: found more beside it", "h100", "--check")]
    [TestCase(2, "--date: found 'today'", "--date", "today")]
    [TestCase(4, "nowhere.csv", "--prices", "/nowhere.csv")]
    [TestCase(4, "found a folder; expected a file", "--prices", "/tmp")]
    public void Prices_WrongArguments_SaysSoWithItsCode(int expected, string message, params string[] arguments)
    {
        var (code, _, error) = BenchProgram.Run(["prices", .. arguments]);

        Assert.That(error, Does.Contain(message));
        Assert.That(code, Is.EqualTo(expected));
    }
}
